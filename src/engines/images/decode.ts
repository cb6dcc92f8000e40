// Bytes to pixels, for JPEG, PNG and WebP. What the file would become is read from its header first, by the inspection of
// uploads, so that a bomb is refused before a decoder is started. Each picture gets a decoder of its own, whose memory goes
// with it: a decoder that a hostile file has broken is never used again.

import createJpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'
import createWebpDecoder from '@jsquash/webp/codec/dec/webp_dec.js'
import { FileInspection } from '../../domain/document/inspection/inspect-file.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { DocumentMimeType } from '../../domain/workflow/definition.ts'
import type { Image } from './image.ts'
import { instantiateBy } from './instantiate.ts'
import { decodePng } from './png.ts'

/** The compiled modules of the packages `@jsquash/{jpeg,png,webp}`: a Worker can only import them. */
export type Decoders = { jpeg: WebAssembly.Module; png: WebAssembly.Module; webp: WebAssembly.Module }

/** Decoding takes some eight bytes a pixel, and an isolate has 128 MB for everything. */
export const MAX_DECODED_PIXELS = 5_000_000
/** Of one picture: what an upload may have. */
export const MAX_IMAGE_BYTES = 15 * 1024 * 1024

export type ImageProblem = 'unsupported_type' | 'too_large' | 'unreadable'

export async function decodeImage(bytes: Uint8Array, decoders: Decoders): Promise<Result<Image, ImageProblem>> {
  if (bytes.length > MAX_IMAGE_BYTES) return err('too_large')
  const inspection = new FileInspection()
  inspection.push(bytes)
  const { mime_type, facts, problem } = inspection.finish()
  const decode = mime_type === null ? undefined : DECODERS[mime_type]
  if (decode === undefined) return err('unsupported_type')
  const { width, height } = facts
  if (width !== null && height !== null && width * height > MAX_DECODED_PIXELS) return err('too_large')
  if (problem !== null) return err(problem.code === 'too_many_pixels' ? 'too_large' : 'unreadable')
  try {
    return checked(await decode(bytes, decoders))
  } catch {
    // A decoder ends on a broken file by a trap or an exit, never by an answer.
    return err('unreadable')
  }
}

type Decode = (bytes: Uint8Array, decoders: Decoders) => Image | null | Promise<Image | null>
const DECODERS: Partial<Record<DocumentMimeType, Decode>> = {
  'image/jpeg': (bytes, { jpeg }) => decodeJpeg(bytes, jpeg),
  'image/png': (bytes, { png }) => decodePng(bytes, png),
  'image/webp': (bytes, { webp }) => decodeWebp(bytes, webp),
}

const checked = (image: Image | null): Result<Image, ImageProblem> =>
  image === null || image.width < 1 || image.height < 1 || image.data.length !== image.width * image.height * 4
    ? err('unreadable')
    : ok(image)

const quiet = { noInitialRun: true, print: () => undefined, printErr: () => undefined }

/** With its EXIF orientation applied. */
async function decodeJpeg(bytes: Uint8Array, module: WebAssembly.Module): Promise<Image | null> {
  const decoder = await createJpegDecoder({ ...quiet, instantiateWasm: instantiateBy(module) })
  return decoder.decode(bytes, true)
}

async function decodeWebp(bytes: Uint8Array, module: WebAssembly.Module): Promise<Image | null> {
  const decoder = await createWebpDecoder({ ...quiet, instantiateWasm: instantiateBy(module) })
  return decoder.decode(bytes)
}
