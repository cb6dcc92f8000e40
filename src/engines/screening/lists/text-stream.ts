// Bytes to text, chunk by chunk: UTF-8, or UTF-16 where the file opens with its byte order mark. The mark is dropped.

const UTF_16_MARKS: Readonly<Record<string, string>> = { '255,254': 'utf-16le', '254,255': 'utf-16be' }

export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let opening = new Uint8Array(0)
  let decoder: TextDecoder | null = null
  for await (const chunk of bytes) {
    if (decoder === null) {
      opening = joined(opening, chunk)
      if (opening.length < 2) continue
      decoder = new TextDecoder(UTF_16_MARKS[opening.subarray(0, 2).join(',')] ?? 'utf-8')
      yield decoder.decode(opening, { stream: true })
    } else {
      yield decoder.decode(chunk, { stream: true })
    }
  }
  yield decoder === null ? new TextDecoder().decode(opening) : decoder.decode()
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
