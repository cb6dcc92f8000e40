// Layers of the networks. Each call gives a new tensor; `pass` lets go of the one before at once, since the memory that one
// face may use is what a whole network would need if every layer's result stayed.

import { fused, tensor } from './tensors.ts'
import type { Tensor, Tensor4D } from './tensors.ts'

export type Layer = (x: Tensor4D) => Tensor4D
type Activation = { kind: 'linear' | 'relu' | 'leaky' } | { kind: 'prelu'; slopes: Tensor }

export const LINEAR: Activation = { kind: 'linear' }
export const RELU: Activation = { kind: 'relu' }
/** Slope 0.1 below zero. */
export const LEAKY: Activation = { kind: 'leaky' }

export function pass(x: Tensor4D, ...layers: readonly Layer[]): Tensor4D {
  let now = x
  for (const layer of layers) {
    const next = layer(now)
    now.dispose()
    now = next
  }
  return now
}

const activationOf = (activation: Activation) => {
  switch (activation.kind) {
    case 'linear':
      return { activation: 'linear' as const }
    case 'relu':
      return { activation: 'relu' as const }
    case 'leaky':
      return { activation: 'leakyrelu' as const, leakyreluAlpha: 0.1 }
    case 'prelu':
      return { activation: 'prelu' as const, preluActivationWeights: activation.slopes }
  }
}

type Convolution = {
  filter: Tensor4D
  bias: Tensor
  stride?: number
  pad?: 'same' | 'valid' | number
  activation?: Activation
}

const common = ({ stride = 1, pad = 'same', activation = LINEAR }: Omit<Convolution, 'filter' | 'bias'>) => ({
  strides: stride,
  pad,
  ...(typeof pad === 'number' ? { dimRoundingMode: 'floor' as const } : {}),
  ...activationOf(activation),
})

export const convolution =
  ({ filter, bias, ...rest }: Convolution): Layer =>
  (x) =>
    fused.conv2d({ x, filter, bias, ...common(rest) })

/** One filter a channel. */
export const depthwise =
  ({ filter, bias, ...rest }: Omit<Convolution, 'bias'> & { bias?: Tensor }): Layer =>
  (x) =>
    fused.depthwiseConv2d({ x, filter, ...(bias === undefined ? {} : { bias }), ...common(rest) })

/** A layer whose constants are in the tensors' memory only while it works: for the networks whose weights are many. */
export const fleeting =
  (make: () => { layer: Layer; constants: Tensor[] }): Layer =>
  (x) => {
    const { layer, constants } = make()
    const out = layer(x)
    for (const one of constants) one.dispose()
    return out
  }

/** Floats of a shape, kept until they are disposed of by hand. */
export const constant = (values: Float32Array, shape: readonly number[]): Tensor =>
  tensor(values, [...shape], 'float32')
export function constant4(values: Float32Array, shape: readonly number[]): Tensor4D {
  const [a = 0, b = 0, c = 0, d = 0] = shape
  return tensor(values, [a, b, c, d], 'float32')
}
