// What a decoder gives and everything that looks at pixels takes: eight bits a channel, RGBA, rows from the top. Here it is
// brought to another size: by area average where it shrinks, bilinear where it grows.

export type Image = { width: number; height: number; data: Uint8ClampedArray }

const CHANNELS = 3

/** Alpha is laid over white. */
export function resize(image: Image, width: number, height: number): Image {
  const rows = spansOf(image.height, height)
  const columns = spansOf(image.width, width)
  const narrow = new Float32Array(width * image.height * CHANNELS)
  for (let y = 0; y < image.height; y += 1) narrowRow(image, y, columns, narrow, y * width * CHANNELS)
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (const [y, { from, weights }] of rows.entries()) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < CHANNELS; channel += 1) {
        let sum = 0
        for (let tap = 0; tap < weights.length; tap += 1) {
          sum += (weights[tap] ?? 0) * (narrow[((from + tap) * width + x) * CHANNELS + channel] ?? 0)
        }
        data[(y * width + x) * 4 + channel] = sum
      }
    }
  }
  return { width, height, data }
}

/** Shrunk so that no side is longer than `side`; never grown. */
export function shrinkTo(image: Image, side: number): Image {
  const factor = side / Math.max(image.width, image.height)
  if (factor >= 1) return image
  return resize(image, Math.max(1, Math.round(image.width * factor)), Math.max(1, Math.round(image.height * factor)))
}

type Span = { from: number; weights: Float32Array }

/** For each target pixel the source pixels that it covers, with weights that sum to 1. */
function spansOf(source: number, target: number): Span[] {
  const step = source / target
  const reach = Math.max(step, 1) / 2
  return Array.from({ length: target }, (_, index) => {
    const centre = (index + 0.5) * step
    const from = Math.max(0, Math.floor(centre - reach))
    const to = Math.min(source, Math.ceil(centre + reach))
    const covered = Array.from({ length: to - from }, (_, offset) => {
      const left = Math.max(from + offset, centre - reach)
      const right = Math.min(from + offset + 1, centre + reach)
      return Math.max(0, right - left)
    })
    const sum = covered.reduce((total, part) => total + part, 0)
    return { from, weights: Float32Array.from(covered, (part) => part / sum) }
  })
}

function narrowRow(image: Image, y: number, columns: readonly Span[], target: Float32Array, offset: number): void {
  const line = y * image.width
  let at = offset
  for (const { from, weights } of columns) {
    let red = 0
    let green = 0
    let blue = 0
    for (let tap = 0; tap < weights.length; tap += 1) {
      const pixel = (line + from + tap) * 4
      const weight = weights[tap] ?? 0
      const opaque = (weight * (image.data[pixel + 3] ?? 255)) / 255
      const white = 255 * (weight - opaque)
      red += opaque * (image.data[pixel] ?? 0) + white
      green += opaque * (image.data[pixel + 1] ?? 0) + white
      blue += opaque * (image.data[pixel + 2] ?? 0) + white
    }
    target[at] = red
    target[at + 1] = green
    target[at + 2] = blue
    at += CHANNELS
  }
}
