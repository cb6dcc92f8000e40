// A square chip cut out of a picture along a similarity, as three floats a pixel. Where the picture is larger than the chip,
// several samples go into one pixel: taking every fourth pixel of a sharp photo would make another face of it.

import type { Image } from '../images/image.ts'
import { inverse } from './geometry.ts'
import type { Similarity } from './geometry.ts'

/** RGB from 0 to 255, `size` × `size`; black outside of the picture. */
export type Chip = { size: number; values: Float32Array }

const MAX_SAMPLES_PER_SIDE = 4

export function cutChip(image: Image, toChip: Similarity, size: number): Chip {
  const toImage = inverse(toChip)
  const reduction = Math.hypot(toImage.a, toImage.b)
  const samples = Math.min(MAX_SAMPLES_PER_SIDE, Math.max(1, Math.round(reduction)))
  const values = new Float32Array(size * size * 3)
  const share = 1 / (samples * samples)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const at = (y * size + x) * 3
      for (let sub = 0; sub < samples * samples; sub += 1) {
        const u = x + ((sub % samples) + 0.5) / samples
        const v = y + (Math.floor(sub / samples) + 0.5) / samples
        const sourceX = toImage.a * u - toImage.b * v + toImage.tx - 0.5
        const sourceY = toImage.b * u + toImage.a * v + toImage.ty - 0.5
        addSample(image, sourceX, sourceY, share, values, at)
      }
    }
  }
  return { size, values }
}

function addSample(image: Image, x: number, y: number, share: number, target: Float32Array, at: number): void {
  const left = Math.floor(x)
  const top = Math.floor(y)
  for (let corner = 0; corner < 4; corner += 1) {
    const column = left + (corner & 1)
    const row = top + (corner >> 1)
    if (column < 0 || row < 0 || column >= image.width || row >= image.height) continue
    const weight = share * (1 - Math.abs(x - column)) * (1 - Math.abs(y - row))
    const pixel = (row * image.width + column) * 4
    target[at] = (target[at] ?? 0) + weight * (image.data[pixel] ?? 0)
    target[at + 1] = (target[at + 1] ?? 0) + weight * (image.data[pixel + 1] ?? 0)
    target[at + 2] = (target[at + 2] ?? 0) + weight * (image.data[pixel + 2] ?? 0)
  }
}

export function mirrored({ size, values }: Chip): Chip {
  const flipped = new Float32Array(values.length)
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    const source = pixel - (pixel % size) + (size - 1 - (pixel % size))
    for (let channel = 0; channel < 3; channel += 1) flipped[pixel * 3 + channel] = values[source * 3 + channel] ?? 0
  }
  return { size, values: flipped }
}

/** As a picture again, for the detector. */
export function imageOf({ size, values }: Chip): Image {
  const data = new Uint8ClampedArray(size * size * 4).fill(255)
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) data[pixel * 4 + channel] = values[pixel * 3 + channel] ?? 0
  }
  return { width: size, height: size, data }
}

/** Chips as one batch of (value − mean) / divisor. */
export function normalized(
  chips: readonly Chip[],
  means: readonly [number, number, number],
  divisor: number,
): Float32Array {
  const length = chips[0]?.values.length ?? 0
  const batch = new Float32Array(chips.length * length)
  for (const [index, { values }] of chips.entries()) {
    for (let at = 0; at < length; at += 1)
      batch[index * length + at] = ((values[at] ?? 0) - (means[at % 3] ?? 0)) / divisor
  }
  return batch
}
