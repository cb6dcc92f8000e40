// Whether there is anything on a picture to be read: OCR looks for letters wherever there is an edge, for many seconds
// on a picture that is all edges, and a blank page needs no look at all.

import type { Gray } from './gray.ts'

/** A step of grey from pixel to pixel that print makes and the noise of a camera does not. */
const STEP = 60
/** Of all pixels; a page of small print has some 3 %. */
const MOST_PRINT = 0.12
/** Fainter: what a blurred page still has. */
const FAINT_STEP = 12
const LEAST_PRINT = 150

export function contentsOf({ width, height, data }: Gray): 'blank' | 'noise' | 'page' {
  let [strong, faint] = [0, 0]
  for (let y = 0; y < height; y += 1) {
    const line = y * width
    for (let x = 1; x < width; x += 1) {
      const step = Math.abs((data[line + x] ?? 0) - (data[line + x - 1] ?? 0))
      if (step > FAINT_STEP) faint += 1
      if (step > STEP) strong += 1
    }
  }
  if (faint < LEAST_PRINT) return 'blank'
  return strong > width * height * MOST_PRINT ? 'noise' : 'page'
}
