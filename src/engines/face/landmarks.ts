// Sixty-eight points of a face (the iBUG 300-W order: jaw 0–16, brows 17–26, nose 27–35, eyes 36–47, mouth 48–67) from a
// square around it: a network of four dense blocks, the landmark model of face-api.js.

import { constant, constant4, convolution, depthwise, pass, RELU } from './layers.ts'
import type { Layer } from './layers.ts'
import type { Point } from './geometry.ts'
import type { QuantizedWeights } from './quantized-weights.ts'
import { twinOf } from './landmark-twins.ts'
import { add, avgPool, fused, relu, reshape, tensor, tidy } from './tensors.ts'
import type { Tensor2D, Tensor4D } from './tensors.ts'
import { mirrored, normalized } from './warp.ts'
import type { Chip } from './warp.ts'

export const LANDMARK_SIDE = 112
export const LANDMARK_COUNT = 68
/**
 * Of a chip of `LANDMARK_SIDE`; the points are in its pixels. They are the mean of what the network says of the chip and of its
 * mirror image: alone it leans to one side, which would look like a turned head.
 */
export type LandmarkFinder = (chip: Chip) => Point[]

const MEANS = [122.782, 117.001, 104.298] as const
const FEATURES = 256

export function createLandmarkFinder(weights: QuantizedWeights): LandmarkFinder {
  const filter = (name: string) => constant4(weights.values(name), weights.shape(name))
  const bias = (name: string) => constant(weights.values(name), weights.shape(name))
  const separable = (name: string, stride = 1): Layer => {
    const spread = depthwise({ filter: filter(`${name}/depthwise_filter`), stride })
    const mix = convolution({ filter: filter(`${name}/pointwise_filter`), bias: bias(`${name}/bias`) })
    return (x) => {
      const between = spread(x)
      const out = mix(between)
      between.dispose()
      return out
    }
  }
  const first = convolution({
    filter: filter('dense0/conv0/filters'),
    bias: bias('dense0/conv0/bias'),
    stride: 2,
    activation: RELU,
  })
  const activated = (name: string): Layer => {
    const layer = separable(name, 2)
    return (x) => consume(layer(x), relu)
  }
  const block = (name: string, enter: Layer): Layer => {
    const inner = [1, 2, 3].map((number) => separable(`${name}/conv${number}`))
    return (x) => dense(enter(x), inner)
  }
  const layers = [
    block('dense0', first),
    ...[1, 2, 3].map((number) => block(`dense${number}`, activated(`dense${number}/conv0`))),
    (x: Tensor4D) => avgPool(x, 7, 2, 'valid'),
  ]
  const last = { weights: filter2(weights, 'fc/weights'), bias: bias('fc/bias') }
  const run = (chip: Chip): Point[] => {
    const values = tidy(() => {
      const input = normalized([chip], MEANS, 255)
      const features = pass(tensor(input, [1, LANDMARK_SIDE, LANDMARK_SIDE, 3], 'float32'), ...layers)
      const flat: Tensor2D = reshape(features, [1, FEATURES])
      return fused.matMul({ a: flat, b: last.weights, bias: last.bias }).dataSync<'float32'>()
    })
    return Array.from({ length: LANDMARK_COUNT }, (_, index) => ({
      x: (values[2 * index] ?? 0) * LANDMARK_SIDE,
      y: (values[2 * index + 1] ?? 0) * LANDMARK_SIDE,
    }))
  }
  return (chip) => {
    const flipped = run(mirrored(chip))
    return run(chip).map((point, index) => {
      const twin = flipped[twinOf(index)] ?? point
      return { x: (point.x + LANDMARK_SIDE - twin.x) / 2, y: (point.y + twin.y) / 2 }
    })
  }
}

const filter2 = (weights: QuantizedWeights, name: string): Tensor2D => {
  const [rows = 0, columns = 0] = weights.shape(name)
  return tensor(weights.values(name), [rows, columns], 'float32')
}

function consume(x: Tensor4D, layer: (x: Tensor4D) => Tensor4D): Tensor4D {
  const out = layer(x)
  x.dispose()
  return out
}

/** Every layer of a block sees the sum of all before it. */
function dense(first: Tensor4D, inner: readonly Layer[]): Tensor4D {
  let sum = first
  let input = first
  for (const layer of inner) {
    const out = layer(input)
    if (input !== sum) input.dispose()
    const next = add<Tensor4D>(sum, out)
    out.dispose()
    sum.dispose()
    sum = next
    input = relu(sum)
  }
  sum.dispose()
  return input
}
