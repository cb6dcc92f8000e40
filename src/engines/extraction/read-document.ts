// From the bytes of one uploaded file to what it says: type by content, limits before decoding, machine-readable zone,
// print, PDF. What is not found is absent. Nothing here waits between the decoding of a picture and its result.

import { FileInspection } from '../../domain/document/inspection/inspect-file.ts'
import type { CivilDate } from '../../domain/time.ts'
import type { DocumentSide, StoredDocumentType } from '../../domain/workflow/definition.ts'
import { assemble, nothingRead } from './assemble.ts'
import type { Assembled } from './assemble.ts'
import { familyOf } from './document-families.ts'
import type { DecoderModules, ImageType } from './image/decode.ts'
import { decodeImage, MAX_DECODED_PIXELS } from './image/decode.ts'
import { MAX_SIDE, toGray } from './image/gray.ts'
import type { Gray } from './image/gray.ts'
import { blurOf, glareOf } from './image/quality.ts'
import type { Quality } from './image/quality.ts'
import type { Ocr } from './ocr/ocr.ts'
import type { TextLine } from './ocr/text-lines.ts'
import type { PdfAnswer, PdfWish } from './pdf-pages.ts'
import { readPicture } from './read-picture.ts'
import type { PictureReading, PictureWish } from './read-picture.ts'
import { isMrzExpected } from './warnings.ts'
import type { Warning } from './warnings.ts'

export type ReadJob = {
  doc_id: string
  /** What the person says that it is. */
  document_type: StoredDocumentType
  side: DocumentSide | null
  /** The day of the reading: centuries and expiry are judged by it. */
  today: CivilDate
}

export type ReadParts = {
  ocr: Ocr
  decoders: DecoderModules
  readPdf: (bytes: Uint8Array, wish: PdfWish) => Promise<PdfAnswer>
  /** Told the memory of each decoder that was used. */
  onDecoded?: (wasmBytes: number) => void
}

const PDF_WISH = { max_text_pages: 10, max_pictures: 2, max_side: MAX_SIDE }
/** A card in a PDF is a picture, whatever a scanner wrote beside it. */
const MIN_LETTERS = { card: 600, other: 60 }

export async function readDocument(bytes: Uint8Array, job: ReadJob, parts: ReadParts): Promise<Assembled> {
  const inspection = new FileInspection()
  inspection.push(bytes)
  const { mime_type: type, facts, problem } = inspection.finish()
  if (type === null) return nothingRead(job, { code: 'unreadable', message: 'This is no picture and no PDF.' })
  if (problem !== null) return nothingRead(job, problem)
  if (type === 'application/pdf') return readPdfDocument(bytes, job, parts)
  if (type === 'image/heic')
    return nothingRead(job, {
      code: 'heic_not_read',
      message: 'Pictures in the format HEIC cannot be read here. Send it as JPEG.',
    })
  const pixels = (facts.width ?? 0) * (facts.height ?? 0)
  if (pixels > MAX_DECODED_PIXELS || pixels === 0)
    return nothingRead(job, {
      code: 'too_many_pixels',
      message: `The picture has ${Math.ceil(pixels / 1_000_000)} megapixels; up to ${MAX_DECODED_PIXELS / 1_000_000} can be read.`,
    })
  return readImage(bytes, type, job, parts)
}

async function readImage(bytes: Uint8Array, type: ImageType, job: ReadJob, parts: ReadParts): Promise<Assembled> {
  const decoded = await decodeImage(bytes, type, parts.decoders)
  if (decoded === null) return nothingRead(job, { code: 'unreadable', message: 'The picture is damaged.' })
  parts.onDecoded?.(decoded.wasmBytes)
  const size = Math.max(decoded.image.width, decoded.image.height)
  const image = toGray(decoded.image)
  const reading = readPicture(image, parts.ocr, wishFor(job))
  return assemble(job, {
    mrz: reading.mrz,
    lines: reading.print.lines,
    source: 'visual',
    quality: qualityOf(image, size, reading),
    warnings: [],
  })
}

function qualityOf(image: Gray, size: number, { angle }: PictureReading): Quality {
  return { blur: blurOf(image), glare: glareOf(image), size, skew: Math.round((angle * 1_800) / Math.PI) / 10 }
}

function wishFor({ document_type, side }: ReadJob): PictureWish {
  const family = familyOf(document_type)
  const isWritten = family === 'letter' || family === 'charter'
  if (isMrzExpected(document_type, side)) return { zone: 'expected', print: 'scattered' }
  return { zone: isWritten ? 'none' : 'possible', print: isWritten ? 'lines' : 'scattered' }
}

async function readPdfDocument(bytes: Uint8Array, job: ReadJob, parts: ReadParts): Promise<Assembled> {
  const min_text_letters = familyOf(job.document_type) === 'card' ? MIN_LETTERS.card : MIN_LETTERS.other
  const answer = await parts.readPdf(bytes, { ...PDF_WISH, min_text_letters })
  if (!answer.ok) {
    const words = {
      encrypted: 'The PDF is protected by a password.',
      unreadable: 'The PDF is damaged.',
      no_pages: 'The PDF has no page.',
    }
    return nothingRead(job, { code: answer.problem, message: words[answer.problem] })
  }
  parts.onDecoded?.(answer.wasm_bytes)
  const warnings: Warning[] = []
  if (answer.page_count > answer.pages.length)
    warnings.push({
      code: 'pages_not_read',
      message: `Of ${answer.page_count} pages the first ${answer.pages.length} were read.`,
    })
  const lines: TextLine[] = []
  let reading: PictureReading | null = null
  let quality: Quality | null = null
  for (const page of answer.pages) {
    if (page.kind === 'text') lines.push(...page.lines)
    if (page.kind !== 'picture') continue
    const next = readPicture(page.image, parts.ocr, wishFor(job))
    quality ??= qualityOf(page.image, Math.max(page.image.width, page.image.height), next)
    if (reading === null || (reading.mrz === null && next.mrz !== null)) reading = next
    lines.push(...next.print.lines)
  }
  const source = answer.pages.some((page) => page.kind === 'text') ? 'pdf_text' : 'visual'
  return assemble(job, { mrz: reading?.mrz ?? null, lines, source, quality, warnings })
}
