// How good a picture is for reading: three measures from the pixels alone. They explain to a person why nothing was read;
// they decide nothing, since a picture that was read well is good enough whatever they say.

import type { Gray } from './gray.ts'

export type Quality = {
  /** 0 sharp, 1 without any edge: how little another blur changes (Crete and others, "The blur effect", 2007). */
  blur: number
  /** Share of the picture that is washed out, 0–1. White paper does not count. */
  glare: number
  /** Longest side of the picture as it was sent, pixels. */
  size: number
  /** Degrees by which the lines of text lean; 0 where none were found. */
  skew: number
}

const BLUR_REACH = 4
const BLOCK = 16
const WASHED_OUT = 250
const PAPER = 225

export function blurOf({ width, height, data }: Gray): number {
  let [sharp, lost] = [0, 0]
  const reach = BLUR_REACH
  for (let y = 0; y < height; y += 2) {
    const line = y * width
    let sum = 0
    for (let x = 0; x < Math.min(2 * reach + 1, width); x += 1) sum += data[line + x] ?? 0
    let before = sum / (2 * reach + 1)
    for (let x = reach + 1; x < width - reach; x += 1) {
      sum += (data[line + x + reach] ?? 0) - (data[line + x - reach - 1] ?? 0)
      const blurred = sum / (2 * reach + 1)
      const edge = Math.abs((data[line + x] ?? 0) - (data[line + x - 1] ?? 0))
      sharp += edge
      lost += Math.max(0, edge - Math.abs(blurred - before))
      before = blurred
    }
  }
  // A blank page has nothing on it that could be blurred.
  return sharp === 0 ? 0 : rounded(1 - lost / sharp)
}

export function glareOf({ width, height, data }: Gray): number {
  let [blocks, washed, bright] = [0, 0, 0]
  for (let top = 0; top + BLOCK <= height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      let [low, sum] = [255, 0]
      for (let y = top; y < top + BLOCK; y += 2) {
        for (let x = left; x < left + BLOCK; x += 2) {
          const value = data[y * width + x] ?? 0
          if (value < low) low = value
          sum += value
        }
      }
      blocks += 1
      if (low >= WASHED_OUT) washed += 1
      if (sum / (BLOCK / 2) ** 2 >= PAPER) bright += 1
    }
  }
  const isPaper = bright * 2 > blocks
  return blocks === 0 || isPaper ? 0 : rounded(washed / blocks)
}

const rounded = (share: number): number => Math.round(share * 1_000) / 1_000
