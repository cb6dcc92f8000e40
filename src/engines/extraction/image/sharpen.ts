// Takes a blur back as far as it can be taken: what differs from its surroundings is made to differ more (an unsharp
// mask). Small print comes back to OCR that way; a sharp picture is only made noisier.

import type { Gray } from './gray.ts'

const REACH = 2
const AMOUNT = 2

export function sharpen({ width, height, data }: Gray): Gray {
  const around = averaged(averaged(data, width, height, 1, width), height, width, width, 1)
  const sharp = new Uint8ClampedArray(data.length)
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at] ?? 0
    sharp[at] = value + AMOUNT * (value - (around[at] ?? 0))
  }
  return { width, height, data: new Uint8Array(sharp.buffer) }
}

/** Running mean along lines of `length` places that lie `step` apart. */
function averaged(
  data: Uint8Array | Float32Array,
  length: number,
  lines: number,
  step: number,
  stride: number,
): Float32Array {
  const means = new Float32Array(data.length)
  const size = 2 * REACH + 1
  for (let line = 0; line < lines; line += 1) {
    const start = line * stride
    const at = (index: number): number => data[start + Math.min(Math.max(index, 0), length - 1) * step] ?? 0
    let sum = 0
    for (let index = -REACH; index <= REACH; index += 1) sum += at(index)
    for (let index = 0; index < length; index += 1) {
      means[start + index * step] = sum / size
      sum += at(index + REACH + 1) - at(index - REACH)
    }
  }
  return means
}
