// The second opinion: 128 numbers a face from dlib's residual network (face_recognition_model of face-api.js). The nearer two
// faces lie in this space, the likelier they are one person's; dlib's own line is a Euclidean distance of 0.6.

import { constant, constant4, convolution, fleeting, LINEAR, pass, RELU } from './layers.ts'
import type { Layer } from './layers.ts'
import type { QuantizedWeights } from './quantized-weights.ts'
import { add, avgPool, concat, fused, maxPool, relu, reshape, tensor, tidy } from './tensors.ts'
import type { Tensor2D, Tensor4D } from './tensors.ts'
import { normalized } from './warp.ts'
import type { Chip } from './warp.ts'

export const DLIB_SIDE = 150
export const DLIB_LENGTH = 128
/** One vector a chip of `DLIB_SIDE`. */
export type Embedder = (chips: readonly Chip[]) => Float32Array[]

const MEANS = [122.782, 117.001, 104.298] as const
const FEATURES = 256

export function createDlibEmbedder(weights: QuantizedWeights): Embedder {
  const layers: Layer[] = [
    unit(weights, 'conv32_down', { stride: 2, pad: 'valid', activation: RELU }),
    (x) => maxPool(x, 3, 2, 'valid'),
    ...['conv32_1', 'conv32_2', 'conv32_3'].map((name) => residual(weights, name)),
    shrinking(weights, 'conv64_down'),
    ...['conv64_1', 'conv64_2', 'conv64_3'].map((name) => residual(weights, name)),
    shrinking(weights, 'conv128_down'),
    ...['conv128_1', 'conv128_2'].map((name) => residual(weights, name)),
    shrinking(weights, 'conv256_down'),
    ...['conv256_1', 'conv256_2'].map((name) => residual(weights, name)),
    shrinking(weights, 'conv256_down_out'),
    (x) => avgPool(x, [x.shape[1], x.shape[2]], 1, 'valid'),
  ]
  const last: Tensor2D = tensor(weights.values('fc'), [FEATURES, DLIB_LENGTH], 'float32')
  return (chips) => {
    const values = tidy(() => {
      const input = normalized(chips, MEANS, 255)
      const out = pass(tensor(input, [chips.length, DLIB_SIDE, DLIB_SIDE, 3], 'float32'), ...layers)
      return fused.matMul({ a: reshape(out, [chips.length, FEATURES]), b: last }).dataSync<'float32'>()
    })
    return chips.map((_, index) => values.slice(index * DLIB_LENGTH, (index + 1) * DLIB_LENGTH))
  }
}

type Shape = { stride?: number; pad?: 'same' | 'valid'; activation: typeof LINEAR }

/** A convolution and the scaling by channel that follows it, as one. */
const unit = (weights: QuantizedWeights, name: string, shape: Shape): Layer =>
  fleeting(() => {
    const values = weights.values(`${name}/conv/filters`)
    const scale = weights.values(`${name}/scale/weights`)
    const shift = weights.values(`${name}/scale/biases`)
    const channels = scale.length
    for (let at = 0; at < values.length; at += 1) values[at] = (values[at] ?? 0) * (scale[at % channels] ?? 1)
    const scaled = weights
      .values(`${name}/conv/bias`)
      .map((value, channel) => value * (scale[channel] ?? 1) + (shift[channel] ?? 0))
    const filter = constant4(values, weights.shape(`${name}/conv/filters`))
    const bias = constant(scaled, [channels])
    return { layer: convolution({ filter, bias, ...shape }), constants: [filter, bias] }
  })

function residual(weights: QuantizedWeights, name: string): Layer {
  const first = unit(weights, `${name}/conv1`, { activation: RELU })
  const second = unit(weights, `${name}/conv2`, { activation: LINEAR })
  return (x) => pass(sum(pass(first(x), second), x), relu)
}

/** Half as wide and, but for the last, with twice the channels: what comes past the convolutions is pooled and padded. */
function shrinking(weights: QuantizedWeights, name: string): Layer {
  const first = unit(weights, `${name}/conv1`, { stride: 2, pad: 'valid', activation: RELU })
  const second = unit(weights, `${name}/conv2`, { activation: LINEAR })
  return (x) => {
    const pooled = avgPool(x, 2, 2, 'valid')
    const [, height, width] = pooled.shape
    const out = pass(first(x), second, padTo(1, height), padTo(2, width))
    const past = pass(pooled, padTo(3, out.shape[3]))
    const both = sum(out, past)
    past.dispose()
    return pass(both, relu)
  }
}

const padTo =
  (axis: 1 | 2 | 3, size: number): Layer =>
  (x) => {
    const shape: [number, number, number, number] = [...x.shape]
    shape[axis] = size - shape[axis]
    if (shape[axis] === 0) return x.clone()
    const zeros: Tensor4D = tensor(
      new Float32Array(shape.reduce((product, side) => product * side, 1)),
      shape,
      'float32',
    )
    const padded = concat([x, zeros], axis)
    zeros.dispose()
    return padded
  }

/** Lets go of the first. */
function sum(a: Tensor4D, b: Tensor4D): Tensor4D {
  const both = add<Tensor4D>(a, b)
  a.dispose()
  return both
}
