import { bytesToHex } from '@noble/hashes/utils.js'
import { AwsV4Signer } from 'aws4fetch'
import type { DocumentBytes, DocumentKey } from '../../application/ports.ts'
import { FileInspection, type Inspected } from '../../domain/document/inspection/inspect-file.ts'
import { SECOND_MS } from '../../domain/time.ts'
import type { EpochMs } from '../../domain/time.ts'
import { MIME_TYPES } from '../../domain/workflow/definition.ts'
import { attachmentOf } from './file-name.ts'

export type S3Access = {
  /** `https://{account}.r2.cloudflarestorage.com`, or the dev server's `…/cdn-cgi/local/r2/s3`; no trailing slash. */
  endpoint: string
  bucketName: string
  accessKeyId: string
  secretAccessKey: string
}

type FileFacts = { size: number; sha256: string } & Inspected

const KEY_PART = /^[A-Za-z0-9_-]{1,64}$/
/** R2 deletes at most this many keys in one call. */
const DELETE_BATCH = 1000
/** Signature version 4 ends after seven days. */
const MAX_URL_SECONDS = 7 * 24 * 3600

export function createDocumentBytes(config: { bucket: R2Bucket; s3: S3Access }): DocumentBytes {
  const { bucket, s3 } = config
  const sign = (request: {
    method: 'PUT' | 'GET'
    url: URL
    headers?: Record<string, string>
    now: EpochMs
    seconds: number
  }) => presign(s3, request)

  return {
    async signUpload(key, upload) {
      // If-None-Match makes the URL write once; the client's own HTTP library sends the signed content-length.
      const headers = { 'content-type': upload.mime_type, 'if-none-match': '*' }
      const startsAt = Math.floor(upload.now / SECOND_MS) * SECOND_MS
      const url = await sign({
        method: 'PUT',
        url: objectUrl(s3, key),
        headers: { ...headers, 'content-length': String(upload.size) },
        now: startsAt,
        // Rounded down: the URL must not outlive the announced upload.
        seconds: Math.floor((upload.expiresAt - startsAt) / SECOND_MS),
      })
      return { url, method: 'PUT', headers, expires_at: upload.expiresAt }
    },

    async signDownload(key, file) {
      const url = objectUrl(s3, key)
      const isKnown = MIME_TYPES.some((type) => type === file.mime_type)
      url.searchParams.set('response-content-disposition', attachmentOf(file.file_name))
      url.searchParams.set('response-content-type', isKnown ? file.mime_type : 'application/octet-stream')
      url.searchParams.set('response-cache-control', 'private, no-store')
      return sign({ method: 'GET', url, now: file.now, seconds: file.expiresInSeconds })
    },

    async inspect(key) {
      const object = await bucket.get(objectKey(key))
      return object === null ? null : digest(object.body)
    },

    async put(key, bytes, mimeType) {
      await bucket.put(objectKey(key), bytes, {
        httpMetadata: { contentType: mimeType },
        onlyIf: { etagDoesNotMatch: '*' },
      })
    },

    async open(key) {
      const object = await bucket.get(objectKey(key))
      return object === null ? null : object.body
    },

    async eraseFile(key) {
      await bucket.delete(objectKey(key))
    },

    async eraseSession(sessionId) {
      const prefix = `${keyPart(sessionId)}/`
      let erased = 0
      let cursor: string | undefined
      do {
        const page = await bucket.list({ prefix, limit: DELETE_BATCH, ...(cursor === undefined ? {} : { cursor }) })
        if (page.objects.length > 0) await bucket.delete(page.objects.map((object) => object.key))
        erased += page.objects.length
        cursor = page.truncated ? page.cursor : undefined
      } while (cursor !== undefined)
      return erased
    },
  }
}

async function presign(
  s3: S3Access,
  request: { method: 'PUT' | 'GET'; url: URL; headers?: Record<string, string>; now: EpochMs; seconds: number },
): Promise<string> {
  if (request.seconds < 1 || request.seconds > MAX_URL_SECONDS) {
    throw new RangeError(`a signed URL must live from 1 second to 7 days, not ${request.seconds} s`)
  }
  request.url.searchParams.set('X-Amz-Expires', String(request.seconds))
  const signer = new AwsV4Signer({
    method: request.method,
    url: request.url.toString(),
    ...(request.headers === undefined ? {} : { headers: request.headers }),
    accessKeyId: s3.accessKeyId,
    secretAccessKey: s3.secretAccessKey,
    service: 's3',
    region: 'auto',
    signQuery: true,
    // Without it content-type and content-length would be left out of the signature.
    allHeaders: true,
    datetime: amzDate(request.now),
  })
  const signed = (await signer.sign()).url
  // A space as %20: as `+` it is read back as a plus by servers that do not take a query for a form.
  signed.search = signed.search.replaceAll('+', '%20')
  return signed.toString()
}

async function digest(body: ReadableStream<Uint8Array>): Promise<FileFacts> {
  const hash = new crypto.DigestStream('SHA-256')
  const writer = hash.getWriter()
  const inspection = new FileInspection()
  let size = 0
  try {
    for await (const chunk of body) {
      inspection.push(chunk)
      size += chunk.length
      await writer.write(chunk)
    }
    await writer.close()
  } catch (cause) {
    hash.digest.catch(() => undefined)
    await writer.abort(cause).catch(() => undefined)
    throw cause
  }
  return { size, sha256: bytesToHex(new Uint8Array(await hash.digest)), ...inspection.finish() }
}

const objectKey = (key: DocumentKey): string => `${keyPart(key.session_id)}/${keyPart(key.doc_id)}`

const objectUrl = (s3: S3Access, key: DocumentKey): URL => new URL(`${s3.endpoint}/${s3.bucketName}/${objectKey(key)}`)

/** Ids are ours, but a key built from anything else could name, or erase, another session's files. */
function keyPart(id: string): string {
  if (!KEY_PART.test(id)) throw new Error('a document key is made of ids only')
  return id
}

const amzDate = (instant: EpochMs): string => new Date(instant).toISOString().replace(/[:-]|\.\d{3}/g, '')
