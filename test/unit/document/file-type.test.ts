import { describe, expect, it } from 'vitest'
import { detectFileType } from '../../../src/domain/document/file-type.ts'

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0))
const bytes = (...parts: (number[] | string)[]): Uint8Array =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? ascii(part) : part)))

/** A whole 1×1 grey PNG. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
)
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const ftyp = (size: number, major: string, ...compatible: string[]): Uint8Array =>
  bytes([0, 0, 0, size], 'ftyp', major, [0, 0, 0, 0], compatible.join(''), [0, 0, 0, 8], 'meta')

describe('the type of a file by its content', () => {
  it.each([
    ['image/jpeg', 'JFIF', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', [0])],
    ['image/jpeg', 'Exif', bytes([0xff, 0xd8, 0xff, 0xe1, 0, 16], 'Exif', [0, 0])],
    ['image/jpeg', 'without an application segment', bytes([0xff, 0xd8, 0xff, 0xdb, 0, 67])],
    ['image/png', 'a whole one', new Uint8Array(PNG)],
    ['image/webp', 'lossy', bytes('RIFF', [36, 0, 0, 0], 'WEBPVP8 ')],
    ['image/webp', 'lossless', bytes('RIFF', [36, 0, 0, 0], 'WEBPVP8L')],
    ['image/webp', 'extended', bytes('RIFF', [36, 0, 0, 0], 'WEBPVP8X')],
    ['image/heic', 'as a telephone writes it', ftyp(24, 'heic', 'mif1', 'heic')],
    ['image/heic', 'ten bit', ftyp(24, 'heix', 'mif1', 'heix')],
    ['image/heic', 'a sequence', ftyp(24, 'hevc', 'msf1', 'hevc')],
    ['image/heic', 'structural brand first', ftyp(24, 'mif1', 'mif1', 'heic')],
    ['application/pdf', '1.7', bytes('%PDF-1.7\n%')],
    ['application/pdf', '2.0', bytes('%PDF-2.0\n%')],
    ['application/pdf', 'after a byte order mark', bytes([0xef, 0xbb, 0xbf], '%PDF-1.4\n')],
  ])('knows %s: %s', (type, _name, head) => {
    expect(detectFileType(head)).toBe(type)
  })

  it.each([
    ['nothing', bytes()],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
    ['HTML', bytes('<!doctype html><script>')],
    ['GIF', bytes('GIF89a', [1, 0, 1, 0])],
    ['BMP', bytes('BM', [70, 0, 0, 0])],
    ['TIFF', bytes('II*', [0, 8, 0, 0, 0])],
    ['ZIP and office files', bytes('PK', [3, 4, 20, 0])],
    ['a Windows program', bytes('MZ', [0x90, 0, 3, 0])],
    ['an ELF program', bytes([0x7f], 'ELF', [2, 1, 1])],
    ['plain text', bytes('Anna Maria Eriksson')],
    ['AVIF', ftyp(24, 'avif', 'mif1', 'avif')],
    ['AVIF behind the structural brand', ftyp(24, 'mif1', 'mif1', 'avif')],
    ['MP4', ftyp(24, 'isom', 'iso2', 'mp41')],
    ['an ftyp box longer than the head', bytes([0, 1, 0, 0], 'ftypheic')],
    ['HTML before the PDF header (readers would still open it)', bytes('<html>%PDF-1.7\n')],
    ['a PDF header without a version', bytes('%PDF-\n')],
    ['RIFF that is sound', bytes('RIFF', [36, 0, 0, 0], 'WAVEfmt ')],
    ['a PNG signature alone', bytes(PNG_SIGNATURE)],
    ['two bytes of a JPEG', bytes([0xff, 0xd8])],
    ['JPEG with no segment after the start', bytes([0xff, 0xd8, 0xff, 0xd9])],
  ])('refuses %s', (_name, head) => {
    expect(detectFileType(head)).toBeNull()
  })
})
