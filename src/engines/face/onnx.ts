// The graph of an ONNX file, as far as a chain of convolutions needs it: operators in order with their integer attributes,
// and the constants that they name. Field numbers are those of onnx.proto3 (ONNX IR, version 7).

import { bytesOf, fieldsOf, messagesOf, numbersOf, textsOf } from './protobuf.ts'

export type OnnxNode = {
  operator: string
  inputs: string[]
  outputs: string[]
  attributes: Record<string, number[]>
}
export type OnnxTensor = { shape: number[]; bytes: Uint8Array }
export type OnnxGraph = { nodes: OnnxNode[]; floats: Map<string, OnnxTensor>; inputs: string[]; outputs: string[] }

const MODEL_GRAPH = 7
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12 }
const NODE = { input: 1, output: 2, operator: 4, attribute: 5 }
const ATTRIBUTE = { name: 1, int: 3, ints: 8 }
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9 }
const VALUE_NAME = 1
const FLOAT = 1

export function readOnnx(file: Uint8Array): OnnxGraph {
  const graph = bytesOf([...fieldsOf(file)], MODEL_GRAPH)
  if (graph === null) throw new Error('the file holds no graph')
  const fields = [...fieldsOf(graph)]
  const namesOf = (number: number): string[] =>
    messagesOf(fields, number).flatMap((value) => textsOf([...fieldsOf(value)], VALUE_NAME))
  return {
    nodes: messagesOf(fields, GRAPH.node).map(readNode),
    floats: new Map(messagesOf(fields, GRAPH.initializer).flatMap(readTensor)),
    inputs: namesOf(GRAPH.input),
    outputs: namesOf(GRAPH.output),
  }
}

function readNode(message: Uint8Array): OnnxNode {
  const fields = [...fieldsOf(message)]
  const attributes = messagesOf(fields, NODE.attribute).map((attribute): [string, number[]] => {
    const parts = [...fieldsOf(attribute)]
    const [name = ''] = textsOf(parts, ATTRIBUTE.name)
    return [name, [...numbersOf(parts, ATTRIBUTE.int), ...numbersOf(parts, ATTRIBUTE.ints)]]
  })
  const [operator = ''] = textsOf(fields, NODE.operator)
  return {
    operator,
    inputs: textsOf(fields, NODE.input),
    outputs: textsOf(fields, NODE.output),
    attributes: Object.fromEntries(attributes),
  }
}

/** Float constants only; the shape of a `Reshape` is no float and of no use here. */
function readTensor(message: Uint8Array): [string, OnnxTensor][] {
  const fields = [...fieldsOf(message)]
  const [name = ''] = textsOf(fields, TENSOR.name)
  const bytes = bytesOf(fields, TENSOR.raw)
  const [type] = numbersOf(fields, TENSOR.type)
  if (type !== FLOAT || bytes === null) return []
  const shape = numbersOf(fields, TENSOR.dims)
  if (shape.reduce((product, side) => product * side, 4) !== bytes.length) {
    throw new Error(`constant ${name} is not as large as its shape`)
  }
  return [[name, { shape, bytes }]]
}

export function floatsOf({ bytes }: OnnxTensor): Float32Array {
  // The bytes stand anywhere in the file: a copy is aligned.
  return new Float32Array(bytes.slice().buffer)
}

/** ONNX has filters as [out, in, place], the tensors here as [place, in, out]. */
export function channelsLast(values: Float32Array, outs: number, ins: number, places: number): Float32Array {
  const moved = new Float32Array(values.length)
  let from = 0
  for (let out = 0; out < outs; out += 1) {
    for (let input = 0; input < ins; input += 1) {
      for (let place = 0; place < places; place += 1) {
        moved[(place * ins + input) * outs + out] = values[from] ?? 0
        from += 1
      }
    }
  }
  return moved
}
