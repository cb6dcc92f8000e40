// Bytes of a file that a Worker was handed, whole, within a bound.

export type Bytes = Uint8Array | ReadableStream<Uint8Array>

/** The whole of it, or null as soon as it is longer: nothing that came from outside fills the memory. */
export async function takeBytes(source: Bytes, maxBytes: number): Promise<Uint8Array | null> {
  if (source instanceof Uint8Array) return source.length <= maxBytes ? source : null
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    length += chunk.length
    // Leaving the loop cancels the stream.
    if (length > maxBytes) return null
    chunks.push(chunk)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
