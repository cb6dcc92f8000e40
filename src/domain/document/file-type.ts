// Says what a file is by its first bytes, whatever its name or its announced type. Only the five types that the
// service accepts have a name here; everything else, and every file that could be read as two things, is null.
// It does not judge whether the rest of the file is whole: that is the reader's work.

import type { DocumentMimeType } from '../workflow/definition.ts'

/** How many leading bytes `detectFileType` may look at. */
export const FILE_HEAD_BYTES = 4096

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const UTF8_BOM = [0xef, 0xbb, 0xbf]

/** Brands of HEVC-coded HEIF (ISO/IEC 23008-12, annex B): single images and sequences. */
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'])
/** Says HEIF without the codec: the codec's brand must then stand among the compatible ones, or it may be AVIF. */
const HEIF_BRANDS = new Set(['mif1', 'msf1'])

export function detectFileType(head: Uint8Array): DocumentMimeType | null {
  if (isJpeg(head)) return 'image/jpeg'
  if (isPng(head)) return 'image/png'
  if (isWebp(head)) return 'image/webp'
  if (isHeic(head)) return 'image/heic'
  if (isPdf(head)) return 'application/pdf'
  return null
}

/** SOI and the start of a segment that may follow it: APPn, COM, or a table or frame header. */
function isJpeg(head: Uint8Array): boolean {
  if (!startsWith(head, [0xff, 0xd8, 0xff])) return false
  const marker = head[3] ?? 0
  return (
    (marker >= 0xe0 && marker <= 0xef) ||
    (marker >= 0xc0 && marker <= 0xcf) ||
    marker === 0xdb ||
    marker === 0xdd ||
    marker === 0xfe
  )
}

function isPng(head: Uint8Array): boolean {
  return startsWith(head, PNG_SIGNATURE) && asciiAt(head, 12, 4) === 'IHDR'
}

function isWebp(head: Uint8Array): boolean {
  return asciiAt(head, 0, 4) === 'RIFF' && ['WEBPVP8 ', 'WEBPVP8L', 'WEBPVP8X'].includes(asciiAt(head, 8, 8))
}

function isHeic(head: Uint8Array): boolean {
  if (asciiAt(head, 4, 4) !== 'ftyp') return false
  const boxBytes = uint32At(head, 0)
  if (boxBytes < 16 || boxBytes % 4 !== 0 || boxBytes > head.length) return false
  const major = asciiAt(head, 8, 4)
  if (HEIC_BRANDS.has(major)) return true
  if (!HEIF_BRANDS.has(major)) return false
  for (let at = 16; at < boxBytes; at += 4) {
    if (HEIC_BRANDS.has(asciiAt(head, at, 4))) return true
  }
  return false
}

/** Readers search the first KiB for the header; we want it first, since a file may otherwise be HTML or a script as well. */
function isPdf(head: Uint8Array): boolean {
  const start = startsWith(head, UTF8_BOM) ? UTF8_BOM.length : 0
  return /^%PDF-[12]\.\d$/.test(asciiAt(head, start, 8))
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, index) => bytes[index] === byte)
}

function asciiAt(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length))
}

function uint32At(bytes: Uint8Array, offset: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(offset, offset + 4)
  return a * 0x1000000 + b * 0x10000 + c * 0x100 + d
}
