import { env, reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { uploadStream } from '../../../src/platform/r2/upload-stream.ts'
import { nativeSha256 } from '../../../src/workers/native-sha256.ts'

afterEach(() => reset())

const MIB = 1024 * 1024
const KEY = 'lists/watchlists/segments/test/1'

/** Bytes that differ from place to place, in pieces of an odd size. */
function source(bytes: number, breaksAt = Infinity) {
  const whole = new Uint8Array(bytes).map((_, index) => (index * 31 + (index >> 8)) % 251)
  let at = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= breaksAt) controller.error(new Error('broke off'))
      else if (at >= bytes) controller.close()
      else controller.enqueue(whole.slice(at, (at += 70_001)))
    },
  })
  return { whole, stream }
}

describe('a stream into R2', () => {
  it.each([
    ['nothing', 0],
    ['less than a part', MIB],
    ['exactly a part', 5 * MIB],
    ['a byte more than a part', 5 * MIB + 1],
    ['several parts', 12 * MIB + 345],
  ])('of %s is seen only once it is kept, byte for byte', async (_what, bytes) => {
    const { whole, stream } = source(bytes)
    const upload = await uploadStream(env.DOCUMENTS, KEY, stream)
    expect(await env.DOCUMENTS.head(KEY)).toBeNull()
    await upload.keep()
    const stored = (await (await env.DOCUMENTS.get(KEY))?.arrayBuffer()) ?? new ArrayBuffer()
    const sha256 = await nativeSha256(whole.buffer)
    expect({ size: stored.byteLength, sha256: await nativeSha256(stored) }).toEqual({ size: bytes, sha256 })
    expect({ size: upload.size, sha256: upload.sha256 }).toEqual({ size: bytes, sha256 })
  })

  it.each([MIB, 12 * MIB])('of %i bytes leaves nothing when it is dropped', async (bytes) => {
    const upload = await uploadStream(env.DOCUMENTS, KEY, source(bytes).stream)
    await upload.drop()
    expect(await env.DOCUMENTS.head(KEY)).toBeNull()
  })

  it.each([MIB, 8 * MIB])('that breaks off after %i bytes rejects and leaves nothing', async (breaksAt) => {
    await expect(uploadStream(env.DOCUMENTS, KEY, source(12 * MIB, breaksAt).stream)).rejects.toThrow('broke off')
    expect(await env.DOCUMENTS.head(KEY)).toBeNull()
  })
})
