import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { archiveEnd, bytesOf, jpegOf, PDF } from '../../support/fixtures/files.ts'
import { createDocumentBytes } from '../../../src/platform/r2/documents.ts'

const s3 = {
  endpoint: 'https://account.r2.example',
  bucketName: 'kyc-documents',
  accessKeyId: 'id',
  secretAccessKey: 'secret',
}
const documents = createDocumentBytes({ bucket: env.DOCUMENTS, s3 })
const SESSION = '01932f5e-7c1a-7abc-8def-0123456789ab'
const OTHER = '01932f5e-7c1a-7abc-8def-0123456789ac'
const key = { session_id: SESSION, doc_id: 'doc_1' }
const NOW = Date.UTC(2026, 10, 23, 10, 30, 0, 400)

const hexOf = async (bytes: Uint8Array): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

afterEach(async () => {
  await reset()
})

describe('the bytes of a document', () => {
  it('are measured, hashed and typed by content, whatever type the upload announced', async () => {
    await env.DOCUMENTS.put(`${SESSION}/doc_1`, PDF, { httpMetadata: { contentType: 'image/jpeg' } })
    expect(await documents.inspect(key)).toEqual({
      size: PDF.length,
      sha256: await hexOf(PDF),
      mime_type: 'application/pdf',
      facts: { width: null, height: null, pages: 1 },
      problem: null,
      warnings: [],
    })
  })

  it('are hashed to the last byte when there are many of them', async () => {
    const bytes = jpegOf({ size: 5 * 1024 * 1024 })
    await env.DOCUMENTS.put(`${SESSION}/doc_1`, bytes)
    expect(await documents.inspect(key)).toMatchObject({
      size: bytes.length,
      sha256: await hexOf(bytes),
      mime_type: 'image/jpeg',
      facts: { width: 8, height: 8 },
      problem: null,
    })
  })

  it('that are a second file as well, or a bomb, are told as a problem', async () => {
    await env.DOCUMENTS.put(`${SESSION}/doc_1`, bytesOf(jpegOf(), archiveEnd()))
    expect(await documents.inspect(key)).toMatchObject({ problem: { code: 'two_files_in_one' } })
    await env.DOCUMENTS.put(`${SESSION}/doc_1`, jpegOf({ width: 20_000, height: 20_000 }))
    expect(await documents.inspect(key)).toMatchObject({ problem: { code: 'too_many_pixels' } })
  })

  it('may be of a type that is not accepted, or empty: then the type is null', async () => {
    await env.DOCUMENTS.put(`${SESSION}/doc_1`, '<svg xmlns="http://www.w3.org/2000/svg"/>')
    expect(await documents.inspect(key)).toMatchObject({ mime_type: null })
    await env.DOCUMENTS.put(`${SESSION}/doc_1`, new Uint8Array())
    expect(await documents.inspect(key)).toMatchObject({
      size: 0,
      sha256: await hexOf(new Uint8Array()),
      mime_type: null,
    })
  })

  it('are null while nothing was uploaded', async () => {
    expect(await documents.inspect(key)).toBeNull()
    expect(await documents.open(key)).toBeNull()
  })

  it('are opened as a stream', async () => {
    await env.DOCUMENTS.put(`${SESSION}/doc_1`, 'hello')
    expect(await new Response(await documents.open(key)).text()).toBe('hello')
  })

  it('of one session are erased to the last, of others never', async () => {
    for (let index = 0; index < 12; index += 1) await env.DOCUMENTS.put(`${SESSION}/doc_${index}`, 'x')
    await env.DOCUMENTS.put(`${OTHER}/doc_1`, 'y')
    expect(await documents.eraseSession(SESSION)).toBe(12)
    expect(await documents.eraseSession(SESSION)).toBe(0)
    expect(await documents.inspect({ session_id: OTHER, doc_id: 'doc_1' })).not.toBeNull()
  })

  it('are erased past the size of one page of the list', { timeout: 60_000 }, async () => {
    const all = Array.from({ length: 1_005 }, (_, index) => index)
    for (let at = 0; at < all.length; at += 100) {
      await Promise.all(all.slice(at, at + 100).map((index) => env.DOCUMENTS.put(`${SESSION}/doc_${index}`, 'x')))
    }
    expect(await documents.eraseSession(SESSION)).toBe(1_005)
    expect((await env.DOCUMENTS.list({ prefix: `${SESSION}/` })).objects).toEqual([])
  })

  it('of one document are erased alone', async () => {
    await env.DOCUMENTS.put(`${SESSION}/doc_1`, 'x')
    await env.DOCUMENTS.put(`${SESSION}/doc_2`, 'x')
    await documents.eraseFile(key)
    expect(await documents.inspect(key)).toBeNull()
    expect(await documents.inspect({ ...key, doc_id: 'doc_2' })).not.toBeNull()
  })

  it.each(['', '..', 'a/b', 'a\nb', 'é'])('have no key made of %j', async (id) => {
    await expect(documents.eraseSession(id)).rejects.toThrow('ids only')
    await expect(documents.inspect({ session_id: SESSION, doc_id: id })).rejects.toThrow('ids only')
  })
})

describe('a signed URL', () => {
  it('to upload binds type, length and write-once, and ends when the announced upload does', async () => {
    const upload = await documents.signUpload(key, {
      mime_type: 'image/png',
      size: 1234,
      now: NOW,
      expiresAt: NOW + 900_000,
    })
    const url = new URL(upload.url)
    expect(url.origin + url.pathname).toBe(`https://account.r2.example/kyc-documents/${SESSION}/doc_1`)
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;if-none-match')
    expect(url.searchParams.get('X-Amz-Date')).toBe('20261123T103000Z')
    expect(url.searchParams.get('X-Amz-Expires')).toBe('900')
    expect(url.searchParams.get('X-Amz-Credential')).toBe('id/20261123/auto/s3/aws4_request')
    expect(upload).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'image/png', 'if-none-match': '*' },
      expires_at: NOW + 900_000,
    })
  })

  it('changes with the type and with the length', async () => {
    const sign = async (mime_type: string, size: number) => {
      const { url } = await documents.signUpload(key, { mime_type, size, now: NOW, expiresAt: NOW + 900_000 })
      return new URL(url).searchParams.get('X-Amz-Signature')
    }
    const signatures = [await sign('image/png', 10), await sign('image/png', 11), await sign('image/jpeg', 10)]
    expect(new Set(signatures).size).toBe(3)
  })

  it('to download asks for an attachment and never for a type that a browser would run', async () => {
    const link = async (mime_type: string) =>
      new URL(
        await documents.signDownload(key, {
          file_name: 'my pass+port.svg',
          mime_type,
          now: NOW,
          expiresInSeconds: 300,
        }),
      )
    const picture = await link('image/jpeg')
    expect(picture.searchParams.get('response-content-type')).toBe('image/jpeg')
    expect(picture.searchParams.get('response-content-disposition')).toBe(
      `attachment; filename="my pass+port.svg"; filename*=UTF-8''my%20pass%2Bport.svg`,
    )
    expect(picture.search).not.toContain('+')
    expect(picture.searchParams.get('X-Amz-Expires')).toBe('300')
    expect((await link('image/svg+xml')).searchParams.get('response-content-type')).toBe('application/octet-stream')
  })

  it('is never made for no time, or for more than seven days', async () => {
    const file = { file_name: 'a', mime_type: 'image/png', now: NOW }
    await expect(documents.signDownload(key, { ...file, expiresInSeconds: 0 })).rejects.toThrow('1 second')
    await expect(documents.signDownload(key, { ...file, expiresInSeconds: 604_801 })).rejects.toThrow('7 days')
  })
})
