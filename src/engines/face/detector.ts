// Boxes of faces in a picture: a small single-shot network of separable convolutions (the tiny face detector of face-api.js),
// five anchors a cell. It says where a face may be and how sure it is; false boxes come up to 0.48, so it never has the last
// word (quality.ts).

import type { Image } from '../images/image.ts'
import { resize } from '../images/image.ts'
import { withoutOverlaps } from './boxes.ts'
import type { Box } from './boxes.ts'
import { constant, constant4, convolution, depthwise, LEAKY, pass } from './layers.ts'
import type { Layer } from './layers.ts'
import type { QuantizedWeights } from './quantized-weights.ts'
import { concat, maxPool, tensor, tidy } from './tensors.ts'
import type { Tensor4D } from './tensors.ts'

export type Detector = (image: Image, side: number) => Box[]

const MEANS = [117.001, 114.697, 97.404] as const
const ANCHORS = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const
const VALUES_PER_ANCHOR = 5
const MIN_SCORE = 0.35

const poolBy =
  (stride: number): Layer =>
  (x) =>
    maxPool(x, 2, stride, 'same')

export function createDetector(weights: QuantizedWeights): Detector {
  const filter = (name: string) => constant4(weights.values(name), weights.shape(name))
  const bias = (name: string) => constant(weights.values(name), weights.shape(name))
  const separable = (name: string): Layer[] => [
    depthwise({ filter: filter(`${name}/depthwise_filter`) }),
    convolution({ filter: filter(`${name}/pointwise_filter`), bias: bias(`${name}/bias`), activation: LEAKY }),
  ]
  const first = [
    convolution({ filter: filter('conv0/filters'), bias: bias('conv0/bias'), pad: 'valid', activation: LEAKY }),
    poolBy(2),
  ]
  const others = [
    ...[1, 2, 3, 4].flatMap((number) => [...separable(`conv${number}`), poolBy(2)]),
    ...separable('conv5'),
    poolBy(1),
    convolution({ filter: filter('conv8/filters'), bias: bias('conv8/bias'), pad: 'valid' }),
  ]
  return (image, side) => {
    const scale = side / Math.max(image.width, image.height)
    const sized = (pixels: number): number => Math.max(1, Math.round(pixels * scale))
    const small = resize(image, sized(image.width), sized(image.height))
    const values = tidy(() => {
      const strips = stripsOf(small).map((strip) => pass(strip, ...first))
      return pass(joined(strips), ...others).dataSync<'float32'>()
    })
    return withoutOverlaps(boxesOf(values, cellsOf(small.width), CELL / scale))
  }
}

/** Pixels that the last layer sees as one. */
const CELL = 32
const cellsOf = (pixels: number): number => Math.ceil(pixels / CELL)

/** The first layer at full size would need more memory than all others: it works on a strip at a time. */
const STRIP_ROWS = 104
/** A strip begins where the one before ended, and the filter of three sees two rows more. */
const SEEN_BELOW = 2

/** Top left in whole cells, the rest black. */
function stripsOf(image: Image): Tensor4D[] {
  const height = cellsOf(image.height) * CELL
  const count = Math.ceil((height - SEEN_BELOW) / STRIP_ROWS)
  return Array.from({ length: count }, (_, index) => {
    const top = index * STRIP_ROWS
    return stripOf(image, top, Math.min(height, top + STRIP_ROWS + SEEN_BELOW))
  })
}

function stripOf({ width, height, data }: Image, top: number, bottom: number): Tensor4D {
  const columns = cellsOf(width) * CELL
  const values = new Float32Array((bottom - top) * columns * 3)
  let at = 0
  for (let y = top; y < bottom; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const isInside = x < width && y < height
      const pixel = (y * width + x) * 4
      values[at] = ((isInside ? (data[pixel] ?? 0) : 0) - MEANS[0]) / 255
      values[at + 1] = ((isInside ? (data[pixel + 1] ?? 0) : 0) - MEANS[1]) / 255
      values[at + 2] = ((isInside ? (data[pixel + 2] ?? 0) : 0) - MEANS[2]) / 255
      at += 3
    }
  }
  return tensor(values, [1, bottom - top, columns, 3], 'float32')
}

function joined(strips: readonly Tensor4D[]): Tensor4D {
  const whole = concat([...strips], 1)
  for (const strip of strips) strip.dispose()
  return whole
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))

/** `cell`: how many pixels of the picture one is. */
function boxesOf(values: Float32Array, columns: number, cell: number): Box[] {
  const boxes: Box[] = []
  for (let at = 0; at < values.length; at += VALUES_PER_ANCHOR) {
    const [dx = 0, dy = 0, dw = 0, dh = 0, certainty = 0] = values.subarray(at, at + VALUES_PER_ANCHOR)
    const score = sigmoid(certainty)
    if (score < MIN_SCORE) continue
    const index = at / VALUES_PER_ANCHOR
    const place = Math.floor(index / ANCHORS.length)
    const [anchorWidth = 0, anchorHeight = 0] = ANCHORS[index % ANCHORS.length] ?? []
    const width = Math.exp(dw) * anchorWidth * cell
    const height = Math.exp(dh) * anchorHeight * cell
    const x = ((place % columns) + sigmoid(dx)) * cell - width / 2
    const y = (Math.floor(place / columns) + sigmoid(dy)) * cell - height / 2
    boxes.push({ x, y, width, height, score })
  }
  return boxes
}
