/**
 * The body as far as it is wanted, after the runtime has unpacked it: a small packed answer cannot grow past the limit.
 * Rejects when the connection breaks or the signal of its fetch fires.
 */
export async function readBody(response: Response, maxBytes: number): Promise<{ body: Uint8Array; is_cut: boolean }> {
  if (response.body === null) return { body: new Uint8Array(), is_cut: false }
  const body = new Uint8Array(maxBytes)
  let length = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { body: body.slice(0, length), is_cut: false }
    const wanted = value.subarray(0, maxBytes - length)
    body.set(wanted, length)
    length += wanted.length
    if (wanted.length < value.length) {
      letGo(reader)
      return { body, is_cut: true }
    }
  }
}

/** Ends the transfer. Nobody waits for it: a server must not hold the caller here. */
export function letGo(source: { cancel(): Promise<void> } | null): void {
  source?.cancel().catch(() => undefined)
}
