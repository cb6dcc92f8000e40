// Grey pictures, which is all that OCR looks at: made from colour, made smaller, turned. Pure; nothing is kept.

export type Gray = { width: number; height: number; data: Uint8Array }
export type Rgba = { width: number; height: number; data: Uint8Array | Uint8ClampedArray }

/** Letters of a whole page are readable at this size; more costs time and memory only. */
export const MAX_SIDE = 2_000

/** Grey, its longest side at most `maxSide`; what is transparent is white. Pixels are averaged, none is left out. */
export function toGray({ width, height, data }: Rgba, maxSide = MAX_SIDE): Gray {
  const gray = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < gray.length; at += 1, from += 4) {
    const luma = ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 150 + (data[from + 2] ?? 0) * 29) >> 8
    const alpha = data[from + 3] ?? 255
    gray[at] = alpha === 255 ? luma : 255 - (((255 - luma) * alpha) >> 8)
  }
  return shrink({ width, height, data: gray }, maxSide)
}

export function shrink(image: Gray, maxSide: number): Gray {
  const factor = Math.max(image.width, image.height) / maxSide
  return factor <= 1 ? image : resize(image, Math.round(image.width / factor), Math.round(image.height / factor))
}

/** Area average when smaller, bilinear when larger. */
export function resize(image: Gray, width: number, height: number): Gray {
  const [columns, rows] = [weights(image.width, width), weights(image.height, height)]
  const wide = new Float32Array(width * image.height)
  for (let y = 0; y < image.height; y += 1) {
    const line = y * image.width
    for (let x = 0; x < width; x += 1) {
      const { start, shares } = columns[x] ?? NOTHING
      let sum = 0
      for (let index = 0; index < shares.length; index += 1)
        sum += (image.data[line + start + index] ?? 0) * (shares[index] ?? 0)
      wide[y * width + x] = sum
    }
  }
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const { start, shares } = rows[y] ?? NOTHING
    for (let x = 0; x < width; x += 1) {
      let sum = 0
      for (let index = 0; index < shares.length; index += 1)
        sum += (wide[(start + index) * width + x] ?? 0) * (shares[index] ?? 0)
      data[y * width + x] = sum + 0.5
    }
  }
  return { width, height, data }
}

type Weights = { start: number; shares: Float32Array }
const NOTHING: Weights = { start: 0, shares: new Float32Array(0) }

/** For each place in the new line, which places of the old one count how much; the shares add up to 1. */
function weights(from: number, to: number): Weights[] {
  const step = from / to
  return Array.from({ length: to }, (_, index) => {
    if (step < 1) {
      const center = Math.min(Math.max((index + 0.5) * step - 0.5, 0), from - 1)
      const start = Math.min(Math.floor(center), Math.max(from - 2, 0))
      return { start, shares: Float32Array.of(1 - (center - start), center - start) }
    }
    const [begin, end] = [index * step, Math.min((index + 1) * step, from)]
    const start = Math.floor(begin)
    const shares = new Float32Array(Math.max(Math.ceil(end) - start, 1))
    for (let at = 0; at < shares.length; at += 1) {
      const share = Math.min(end, start + at + 1) - Math.max(begin, start + at)
      shares[at] = share / (end - begin)
    }
    return { start, shares }
  })
}

export type QuarterTurns = 0 | 1 | 2 | 3

/** Clockwise. */
export function turn(image: Gray, turns: QuarterTurns): Gray {
  if (turns === 0) return image
  const { width, height, data } = image
  const turned = new Uint8Array(data.length)
  const isSideways = turns !== 2
  const newWidth = isSideways ? height : width
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [left, top] =
        turns === 1 ? [height - 1 - y, x] : turns === 2 ? [width - 1 - x, height - 1 - y] : [y, width - 1 - x]
      turned[top * newWidth + left] = data[y * width + x] ?? 0
    }
  }
  return { width: newWidth, height: isSideways ? width : height, data: turned }
}
