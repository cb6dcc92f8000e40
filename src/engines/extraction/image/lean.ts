// By how much the lines of a page lean: the angle at which what is dark falls into the fewest rows. Tesseract finds small
// angles by itself and loses its way on large ones; this looks at a small copy and finds up to 30°.

import type { Gray } from './gray.ts'
import { shrink } from './gray.ts'

const SMALL_SIDE = 700
const REACH = 12
/** Darker than what is around it by this: ink, not shadow. */
const INK = 22
const MAX_DEGREES = 30
const MIN_INK = 200

/** Radians by which the picture must be turned for its lines to be level; counter-clockwise is positive. */
export function leanOf(image: Gray): number {
  const points = inkOf(shrink(image, SMALL_SIDE))
  if (points.length < MIN_INK * 2) return 0
  const coarse = bestAngle(points, -MAX_DEGREES, MAX_DEGREES, 1)
  const fine = bestAngle(points, coarse - 1, coarse + 1, 0.2)
  return (-fine * Math.PI) / 180
}

/** x and y of each dark place, by turns. */
function inkOf({ width, height, data }: Gray): Int16Array {
  const sums = integral(width, height, data)
  const points = new Int16Array(width * height * 2)
  let count = 0
  for (let y = REACH; y < height - REACH; y += 1) {
    for (let x = REACH; x < width - REACH; x += 1) {
      const sum = boxSum(sums, width + 1, x - REACH, y - REACH, x + REACH, y + REACH)
      const around = sum / (2 * REACH) ** 2
      if (around - (data[y * width + x] ?? 0) < INK) continue
      points[count] = x
      points[count + 1] = y
      count += 2
    }
  }
  return points.subarray(0, count)
}

function integral(width: number, height: number, data: Uint8Array): Uint32Array {
  const stride = width + 1
  const sums = new Uint32Array(stride * (height + 1))
  for (let y = 0; y < height; y += 1) {
    let row = 0
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x] ?? 0
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] ?? 0) + row
    }
  }
  return sums
}

const boxSum = (sums: Uint32Array, stride: number, left: number, top: number, right: number, bottom: number): number =>
  (sums[bottom * stride + right] ?? 0) -
  (sums[top * stride + right] ?? 0) -
  (sums[bottom * stride + left] ?? 0) +
  (sums[top * stride + left] ?? 0)

/** The sharper the steps from row to row, the more level the lines. */
function bestAngle(points: Int16Array, from: number, to: number, step: number): number {
  let [best, bestScore] = [0, -1]
  const rows = new Uint32Array(4 * SMALL_SIDE)
  for (let degrees = from; degrees <= to + 1e-9; degrees += step) {
    rows.fill(0)
    const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
    for (let at = 0; at < points.length; at += 2) {
      const row = Math.round((points[at + 1] ?? 0) * cos - (points[at] ?? 0) * sin) + SMALL_SIDE
      rows[row] = (rows[row] ?? 0) + 1
    }
    let score = 0
    for (let row = 1; row < rows.length; row += 1) score += ((rows[row] ?? 0) - (rows[row - 1] ?? 0)) ** 2
    // Level is the rule: another angle has to be clearly better.
    if (Math.abs(degrees) < step) score *= 1.1
    if (score > bestScore) [best, bestScore] = [degrees, score]
  }
  return best
}
