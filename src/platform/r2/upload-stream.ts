import { bytesToHex } from '@noble/hashes/utils.js'
import type { Upload } from '../../application/ports.ts'

/** R2 takes no part but the last that is smaller. */
const PART_BYTES = 5 * 1024 * 1024

export type StreamedUpload = Upload & { size: number; sha256: string }

/**
 * Reads the stream to its end into R2, a part in memory at a time, and leaves it to the caller whether it is to be seen. R2
 * itself forgets after seven days what nobody completed. Rejects when the stream breaks; nothing is left then.
 */
export async function uploadStream(
  bucket: R2Bucket,
  key: string,
  stream: ReadableStream<Uint8Array>,
): Promise<StreamedUpload> {
  const hash = new crypto.DigestStream('SHA-256')
  hash.digest.catch(() => undefined)
  const hasher = hash.getWriter()
  const part = new Uint8Array(PART_BYTES)
  let filled = 0
  let size = 0
  let multipart: R2MultipartUpload | null = null
  const parts: R2UploadedPart[] = []

  async function sendPart(): Promise<void> {
    multipart ??= await bucket.createMultipartUpload(key)
    parts.push(await multipart.uploadPart(parts.length + 1, part.subarray(0, filled)))
    filled = 0
  }

  try {
    for await (const chunk of stream) {
      await hasher.write(chunk)
      size += chunk.length
      for (let from = 0; from < chunk.length;) {
        const taken = chunk.subarray(from, from + PART_BYTES - filled)
        part.set(taken, filled)
        filled += taken.length
        from += taken.length
        if (filled === PART_BYTES) await sendPart()
      }
    }
    await hasher.close()
    const sha256 = bytesToHex(new Uint8Array(await hash.digest))
    if (multipart === null) {
      const whole = part.slice(0, filled)
      return { size, sha256, keep: async () => void (await bucket.put(key, whole)), drop: async () => undefined }
    }
    if (filled > 0) await sendPart()
    const { complete, abort } = bound(multipart)
    return { size, sha256, keep: async () => void (await complete(parts)), drop: abort }
  } catch (cause) {
    await hasher.abort(cause).catch(() => undefined)
    await (multipart === null
      ? null
      : bound(multipart)
          .abort()
          .catch(() => undefined))
    throw cause
  }
}

const bound = (upload: R2MultipartUpload) => ({
  complete: (parts: R2UploadedPart[]) => upload.complete(parts),
  abort: () => upload.abort(),
})
