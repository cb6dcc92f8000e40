// The first opinion: 512 numbers a face from a MobileFaceNet trained with the ArcFace loss, run out of its ONNX graph. Only
// the angle between two vectors counts.

import { constant, constant4, convolution, depthwise, fleeting, LINEAR } from './layers.ts'
import type { Layer } from './layers.ts'
import type { Embedder } from './dlib-embedding.ts'
import { channelsLast, floatsOf } from './onnx.ts'
import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnx.ts'
import { add, tensor, tidy } from './tensors.ts'
import type { Tensor4D } from './tensors.ts'
import { normalized } from './warp.ts'

export const ARCFACE_SIDE = 112
export const ARCFACE_LENGTH = 512

const MEANS = [127, 127, 127] as const
const DIVISOR = 128

type Step = { inputs: string[]; output: string; run: (inputs: Tensor4D[]) => Tensor4D }

export function createArcfaceEmbedder(graph: OnnxGraph): Embedder {
  const steps = stepsOf(graph)
  const lastUse = new Map(steps.flatMap(({ inputs }, index) => inputs.map((name): [string, number] => [name, index])))
  const [input = ''] = graph.inputs
  const output = steps.at(-1)?.output ?? input
  return (chips) => {
    const values = tidy(() => {
      const batch = normalized(chips, MEANS, DIVISOR)
      const live = new Map<string, Tensor4D>()
      live.set(input, tensor(batch, [chips.length, ARCFACE_SIDE, ARCFACE_SIDE, 3], 'float32'))
      for (const [index, step] of steps.entries()) {
        live.set(step.output, step.run(step.inputs.flatMap((name) => live.get(name) ?? [])))
        for (const name of step.inputs) {
          if (lastUse.get(name) !== index) continue
          live.get(name)?.dispose()
          live.delete(name)
        }
      }
      return live.get(output)?.dataSync<'float32'>() ?? new Float32Array()
    })
    if (values.length !== chips.length * ARCFACE_LENGTH) throw new Error('the graph does not end in one vector a face')
    return chips.map((_, index) => values.slice(index * ARCFACE_LENGTH, (index + 1) * ARCFACE_LENGTH))
  }
}

/** A PRelu goes into the convolution before it; the Reshape at the end only says that the last layer is one pixel. */
function stepsOf(graph: OnnxGraph): Step[] {
  return graph.nodes.flatMap((node, index): Step[] => {
    const { operator, inputs, outputs } = node
    const [output = ''] = outputs
    switch (operator) {
      case 'Conv': {
        const next = graph.nodes[index + 1]
        const slopes = next?.operator === 'PRelu' && next.inputs[0] === output ? next : null
        const layer = convolutionOf(graph, node, slopes)
        return [{ inputs: inputs.slice(0, 1), output: slopes?.outputs[0] ?? output, run: ([x]) => layer(given(x)) }]
      }
      case 'Add':
        return [{ inputs, output, run: ([a, b]) => add<Tensor4D>(given(a), given(b)) }]
      case 'PRelu':
        if (graph.nodes[index - 1]?.operator !== 'Conv') throw new Error('a PRelu is known only after a convolution')
        return []
      case 'Reshape':
        return []
      default:
        throw new Error(`operator ${operator} is not known`)
    }
  })
}

function given(x: Tensor4D | undefined): Tensor4D {
  if (x === undefined) throw new Error('an operator names what nothing made')
  return x
}

function constantOf(graph: OnnxGraph, name: string | undefined): OnnxTensor {
  const found = graph.floats.get(name ?? '')
  if (found === undefined) throw new Error(`the graph holds no constant ${name}`)
  return found
}

function convolutionOf(graph: OnnxGraph, { inputs, attributes }: OnnxNode, prelu: OnnxNode | null): Layer {
  const weights = constantOf(graph, inputs[1])
  const bias = floatsOf(constantOf(graph, inputs[2]))
  const slopes = prelu === null ? null : floatsOf(constantOf(graph, prelu.inputs[1]))
  const [outputs = 0, ins = 0, height = 0, width = 0] = weights.shape
  const [groups = 1] = attributes['group'] ?? []
  const [pad = 0] = attributes['pads'] ?? []
  const [stride = 1] = attributes['strides'] ?? []
  if (groups !== 1 && groups !== outputs)
    throw new Error('a convolution in groups is known only with one filter a channel')
  const isDense = groups === 1
  const places = height * width
  const values = isDense
    ? channelsLast(floatsOf(weights), outputs, ins, places)
    : channelsLast(floatsOf(weights), 1, outputs, places)
  return fleeting(() => {
    const filter = constant4(values, isDense ? [height, width, ins, outputs] : [height, width, outputs, 1])
    const shift = constant(bias, [outputs])
    const slope = slopes === null ? null : constant(slopes, [slopes.length])
    const activation = slope === null ? LINEAR : { kind: 'prelu' as const, slopes: slope }
    const make = isDense ? convolution : depthwise
    return {
      layer: make({ filter, bias: shift, stride, pad, activation }),
      constants: slope === null ? [filter, shift] : [filter, shift, slope],
    }
  })
}
