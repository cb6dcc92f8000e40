import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channelsLast, floatsOf, readOnnx } from '../../../../src/engines/face/onnx.ts'
import { bytesOf, fieldsOf, numbersOf, textsOf } from '../../../../src/engines/face/protobuf.ts'

const varint = (value: number): number[] =>
  value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))]
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)]
const bytes = (field: number, value: Iterable<number>): number[] => {
  const content = [...value]
  return [...varint(field * 8 + 2), ...varint(content.length), ...content]
}
const text = (field: number, value: string): number[] => bytes(field, new TextEncoder().encode(value))
const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer)

const convolution = [
  ...text(1, 'input'),
  ...text(1, 'w'),
  ...text(2, 'out'),
  ...text(4, 'Conv'),
  ...bytes(5, [...text(1, 'strides'), ...number(8, 2), ...number(8, 2), ...number(20, 7)]),
  ...bytes(5, [...text(1, 'group'), ...number(3, 300), ...number(20, 2)]),
]
const weights = [...number(1, 2), ...number(1, 1), ...number(2, 1), ...text(8, 'w'), ...bytes(9, floats(0.5, -2))]
const shape = [...number(1, 2), ...number(2, 7), ...text(8, 'shape'), ...bytes(9, [1, 0, 0, 0, 0, 0, 0, 0])]
const graph = [
  ...bytes(1, convolution),
  ...bytes(5, weights),
  ...bytes(5, shape),
  ...bytes(11, text(1, 'input')),
  ...bytes(12, text(1, 'out')),
]
const model = Uint8Array.from([...number(1, 7), ...text(2, 'a writer'), ...bytes(7, graph)])

describe('a message', () => {
  it('gives numbers of any length, fixed fields and runs of bytes by their field', () => {
    const message = Uint8Array.from([
      ...number(3, 2 ** 40),
      0x0d,
      1,
      2,
      3,
      4,
      0x11,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      ...text(16, 'é'),
    ])
    const fields = [...fieldsOf(message)]
    expect(fields.map((field) => field.number)).toEqual([3, 1, 2, 16])
    expect(numbersOf(fields, 3)).toEqual([2 ** 40])
    expect(bytesOf(fields, 2)).toHaveLength(8)
    expect(textsOf(fields, 16)).toEqual(['é'])
  })

  it('gives repeated numbers whether they are packed or not', () => {
    const fields = [...fieldsOf(Uint8Array.from([...number(1, 5), ...bytes(1, [...varint(300), ...varint(7)])]))]
    expect(numbersOf(fields, 1)).toEqual([5, 300, 7])
  })

  it.each([
    ['within a number', [0x08, 0x80]],
    ['within a field', [0x0a, 0x05, 1, 2]],
    ['within a fixed field', [0x0d, 1, 2]],
  ])('that ends %s is an error', (_where, message) => {
    expect(() => [...fieldsOf(Uint8Array.from(message))]).toThrow('ends within')
  })

  it('is read to its end or refused, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (random) => {
        try {
          return [...fieldsOf(random)].length <= random.length
        } catch (failure) {
          return failure instanceof Error && /ends within|not known|longer/.test(failure.message)
        }
      }),
    )
  })
})

describe('a graph', () => {
  it('has its operators with their attributes, its float constants and its ends', () => {
    const read = readOnnx(model)
    expect(read.nodes).toEqual([
      { operator: 'Conv', inputs: ['input', 'w'], outputs: ['out'], attributes: { strides: [2, 2], group: [300] } },
    ])
    expect([...read.floats.keys()]).toEqual(['w'])
    const constant = read.floats.get('w')
    expect(constant?.shape).toEqual([2, 1])
    expect(constant && floatsOf(constant)).toEqual(Float32Array.of(0.5, -2))
    expect([read.inputs, read.outputs]).toEqual([['input'], ['out']])
  })

  it('is refused when a constant is not as large as its shape, or when there is none', () => {
    const wrong = [...number(1, 3), ...number(2, 1), ...text(8, 'w'), ...bytes(9, floats(1, 2))]
    expect(() => readOnnx(Uint8Array.from(bytes(7, bytes(5, wrong))))).toThrow('not as large as its shape')
    expect(() => readOnnx(Uint8Array.from(number(1, 7)))).toThrow('no graph')
  })

  it('has its filters turned from [out, in, place] to [place, in, out]', () => {
    // Two outputs, one input, three places.
    expect([...channelsLast(Float32Array.of(1, 2, 3, 10, 20, 30), 2, 1, 3)]).toEqual([1, 10, 2, 20, 3, 30])
  })
})
