import type { BodyBreak } from '../../application/ports.ts'
import { letGo } from './read-body.ts'

/** A body that errors once it is longer than the limit. A stream of bytes: no other passes to another Worker. */
export function boundedBody(
  source: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  signal: AbortSignal,
): { body: ReadableStream<Uint8Array>; broken: () => BodyBreak | null } {
  const reader = source?.getReader() ?? null
  let length = 0
  let broken: BodyBreak | null = null

  async function next(): Promise<Uint8Array | null> {
    try {
      let chunk = await reader?.read()
      // A stream of bytes takes no empty piece.
      while (chunk?.value?.length === 0) chunk = await reader?.read()
      return chunk?.value ?? null
    } catch (cause) {
      broken = signal.aborted ? 'timed_out' : 'broken_off'
      throw cause
    }
  }

  const body = new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      const chunk = await next()
      if (chunk === null) {
        controller.close()
        controller.byobRequest?.respond(0)
        return
      }
      length += chunk.length
      if (length > maxBytes) {
        broken = 'too_large'
        letGo(reader)
        throw new RangeError(`the body is longer than ${maxBytes} bytes`)
      }
      controller.enqueue(chunk)
    },
    cancel: () => letGo(reader),
  })
  return { body, broken: () => broken }
}
