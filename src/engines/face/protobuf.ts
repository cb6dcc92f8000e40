// Just enough of the protocol buffers wire format to read a message: fields by number, each a number or a run of bytes.
// Lengths are held against the end of the message, so that a cut or hostile one ends in an error and not in a long loop.

export type Field = { number: number; value: number | Uint8Array }

export function* fieldsOf(message: Uint8Array): Generator<Field> {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = message[at]
      if (byte === undefined) throw new Error('the message ends within a number')
      at += 1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new Error('a number is longer than ten bytes')
  }
  const take = (length: number): Uint8Array => {
    if (length > message.length - at) throw new Error('the message ends within a field')
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const key = varint()
    const number = Math.floor(key / 8)
    switch (key % 8) {
      case 0:
        yield { number, value: varint() }
        break
      case 1:
        yield { number, value: take(8) }
        break
      case 2:
        yield { number, value: take(varint()) }
        break
      case 5:
        yield { number, value: take(4) }
        break
      default:
        throw new Error(`wire type ${key % 8} is not known`)
    }
  }
}

/** A repeated number, packed into one field or given one by one. */
export function numbersOf(fields: readonly Field[], number: number): number[] {
  return fields.flatMap(({ number: found, value }) => {
    if (found !== number) return []
    return typeof value === 'number' ? [value] : [...packed(value)]
  })
}

export const bytesOf = (fields: readonly Field[], number: number): Uint8Array | null => {
  const value = fields.find((field) => field.number === number)?.value
  return value instanceof Uint8Array ? value : null
}

export const messagesOf = (fields: readonly Field[], number: number): Uint8Array[] =>
  fields.flatMap((field) => (field.number === number && field.value instanceof Uint8Array ? [field.value] : []))

const decoder = new TextDecoder()
export const textsOf = (fields: readonly Field[], number: number): string[] =>
  messagesOf(fields, number).map((bytes) => decoder.decode(bytes))

function* packed(bytes: Uint8Array): Generator<number> {
  let value = 0
  let factor = 1
  for (const byte of bytes) {
    value += (byte & 0x7f) * factor
    factor *= 128
    if (byte >= 0x80) continue
    yield value
    value = 0
    factor = 1
  }
}
