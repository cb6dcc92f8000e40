import { readFileSync } from 'node:fs'
import { zlibSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileInspection, type Inspected } from '../../../src/domain/document/inspection/inspect-file.ts'
import {
  MAX_INFLATED_BYTES,
  MAX_PAGES,
  PROBLEM_CODES,
  problem,
} from '../../../src/domain/document/inspection/problem.ts'
import * as made from '../../support/fixtures/files.ts'

const { bytesOf } = made

function inspect(file: Uint8Array, pieces: readonly number[] = [file.length]): Inspected {
  const inspection = new FileInspection()
  let at = 0
  for (const size of [...pieces, file.length]) {
    if (at >= file.length) break
    inspection.push(file.subarray(at, at + Math.max(1, size)))
    at += Math.max(1, size)
  }
  return inspection.finish()
}
const problemOf = (file: Uint8Array): string | null => inspect(file).problem?.code ?? null

const MP4 = bytesOf([0, 0, 0, 24], 'ftypmp42', new Uint8Array(40))
const pictures: [string, Uint8Array, string][] = [
  ['a JPEG', made.jpegOf({ width: 640, height: 480 }), 'image/jpeg'],
  ['a JPEG of 200 KB', made.jpegOf({ width: 640, height: 480, size: 200_000 }), 'image/jpeg'],
  ['a motion photo: a film behind the picture', bytesOf(made.jpegOf({ width: 640, height: 480 }), MP4), 'image/jpeg'],
  [
    'a second picture behind the first (MPF)',
    bytesOf(made.jpegOf({ width: 640, height: 480 }), made.JPEG),
    'image/jpeg',
  ],
  ['a PNG', made.pngOf(640, 480), 'image/png'],
  [
    'a PNG with a colour profile and words',
    made.pngOf(640, 480, made.pngChunk('iCCP', new Uint8Array(3_000))),
    'image/png',
  ],
  ['a lossy WebP', made.webpLossy(640, 480), 'image/webp'],
  ['a lossless WebP', made.webpLossless(640, 480), 'image/webp'],
  ['an extended WebP', made.webpExtended(640, 480), 'image/webp'],
  ['a HEIC', made.heicOf(640, 480), 'image/heic'],
]
const papers: [string, Uint8Array, number][] = [
  ['one page', made.PDF, 1],
  ['three pages', made.pdfOf(made.pdfPages(3)), 3],
  ['pages in an object stream', made.pdfOf(objectStream('<< /Type /Page >> << /Type/Page >>')), 2],
  ['a compressed scan', made.pdfOf(made.pdfPages(1), flate('/Type /XObject', new Uint8Array(300_000).fill(7))), 1],
  ['the most pages that are taken', made.pdfOf(made.pdfPages(MAX_PAGES)), MAX_PAGES],
]

function flate(dictionary: string, data: Uint8Array): Uint8Array {
  return made.pdfStream(`${dictionary} /Filter /FlateDecode`, zlibSync(data))
}
function objectStream(text: string): Uint8Array {
  return flate('/Type /ObjStm /N 1 /First 0', made.ascii(text))
}

describe('an honest file', () => {
  it.each(pictures)('%s is taken, and its size is known', (_what, file, mime_type) => {
    expect(inspect(file)).toEqual({
      mime_type,
      facts: { width: 640, height: 480, pages: null },
      problem: null,
      warnings: [],
    })
  })

  it.each(papers)('a PDF with %s is taken, and its pages are counted', (_what, file, pages) => {
    expect(inspect(file)).toMatchObject({ mime_type: 'application/pdf', facts: { pages }, problem: null })
  })

  it('with attached files is taken with a warning', () => {
    const { problem: found, warnings } = inspect(made.pdfOf(made.pdfPages(1), '<< /Type /EmbeddedFile >>'))
    expect([found, warnings.map(({ code }) => code)]).toEqual([null, ['attached_files']])
  })

  it.each([
    'specimen-id-front.jpg',
    'specimen-id-back.jpg',
    'specimen-selfie.jpg',
    'specimen-water-bill.pdf',
    'tiny.png',
    'tiny.webp',
  ])('of the project’s own, %s, is taken', (name) => {
    expect(problemOf(new Uint8Array(readFileSync(`test/support/files/${name}`)))).toBeNull()
  })
})

const bomb = (): Uint8Array => flate('/Type /XObject', new Uint8Array(MAX_INFLATED_BYTES + 1))
const hostile: [string, string, () => Uint8Array][] = [
  ['a JPEG of 20,000 × 20,000 pixels', 'too_many_pixels', () => made.jpegOf({ width: 20_000, height: 20_000 })],
  ['a PNG of 20,000 × 20,000 pixels', 'too_many_pixels', () => made.pngOf(20_000, 20_000)],
  ['a PNG with 2^31 pixels a side', 'too_many_pixels', () => made.pngOf(0x7f_ff_ff_ff, 0x7f_ff_ff_ff)],
  ['a WebP of 16,000 × 16,000 pixels', 'too_many_pixels', () => made.webpLossless(16_000, 16_000)],
  ['an extended WebP of 2^24 pixels a side', 'too_many_pixels', () => made.webpExtended(2 ** 24, 2 ** 24)],
  ['a HEIC of 30,000 × 30,000 pixels', 'too_many_pixels', () => made.heicOf(30_000, 30_000)],
  ['a JPEG of no width', 'unreadable', () => made.jpegOf({ width: 0 })],
  ['a JPEG without a picture', 'unreadable', () => bytesOf(made.jpegHead(8, 8), [0xff, 0xd9])],
  ['a JPEG cut off in its picture', 'unreadable', () => bytesOf(made.jpegHead(8, 8), made.SCAN)],
  ['a PNG cut off', 'unreadable', () => made.pngOf().subarray(0, 50)],
  ['a PNG without data', 'unreadable', () => bytesOf(made.pngHead(8, 8), made.pngChunk('IEND', []))],
  ['a WebP shorter than it says', 'unreadable', () => made.webpExtended().subarray(0, -4)],
  ['a HEIC without its pictures', 'unreadable', () => made.heicOf().subarray(0, -40)],
  [
    'a HEIC whose directory is too long',
    'unreadable',
    () => made.heicOf(8, 8, made.heicBox('meta', new Uint8Array(300_000))),
  ],
  [
    'a JPEG of a thousand passes',
    'unpacks_too_large',
    () => bytesOf(made.jpegHead(8, 8), ...Array.from({ length: 1_000 }, () => made.SCAN), [0xff, 0xd9]),
  ],
  [
    'a PNG with two megabytes of packed words',
    'unpacks_too_large',
    () => made.pngOf(8, 8, made.pngChunk('zTXt', new Uint8Array(2 ** 21))),
  ],
  ['a moving PNG', 'moving_picture', () => made.pngOf(8, 8, made.pngChunk('acTL', new Uint8Array(8)))],
  ['a moving WebP', 'moving_picture', () => made.webpExtended(8, 8, 0x02)],
  ['a film in HEIC', 'moving_picture', () => made.heicOf(8, 8, made.heicBox('moov', new Uint8Array(16)))],
  ['an archive behind a JPEG', 'two_files_in_one', () => bytesOf(made.JPEG, new Uint8Array(100), made.archiveEnd())],
  [
    'an archive with a comment behind a PNG',
    'two_files_in_one',
    () => bytesOf(made.pngOf(), made.archiveEnd('x'.repeat(500))),
  ],
  ['an archive behind a PDF', 'two_files_in_one', () => bytesOf(made.PDF, made.archiveEnd())],
  ['a program behind a JPEG', 'two_files_in_one', () => bytesOf(made.JPEG, [0x7f], 'ELF', new Uint8Array(60))],
  ['a page behind a PNG', 'two_files_in_one', () => bytesOf(made.pngOf(), '<script>alert(1)</script>')],
  [
    'a PDF in the front of a PNG',
    'two_files_in_one',
    () => made.pngOf(8, 8, made.pngChunk('tEXt', made.ascii('%PDF-1.7'))),
  ],
  [
    'markup in the front of a JPEG',
    'two_files_in_one',
    () => bytesOf([0xff, 0xd8, 0xff, 0xfe, 0, 30], '<script >alert(1)//xxxxxxxx', made.JPEG.subarray(2)),
  ],
  ['a PDF under a password', 'encrypted', () => made.pdfOf(made.pdfPages(1), '<< /Encrypt 5 0 R >>')],
  [
    'a PDF with a script',
    'active_content',
    () => made.pdfOf(made.pdfPages(1), '<< /S /JavaScript /JS (app.alert\\(1\\)) >>'),
  ],
  [
    'a PDF with a script whose name is escaped',
    'active_content',
    () => made.pdfOf(made.pdfPages(1), '<< /S /J#61vaScr#69pt >>'),
  ],
  [
    'a PDF with a script in an object stream',
    'active_content',
    () => made.pdfOf(objectStream('<< /Type /Page >> << /S /JavaScript >>')),
  ],
  [
    'a PDF that starts a program',
    'active_content',
    () => made.pdfOf(made.pdfPages(1), '<< /S /Launch /F (cmd.exe) >>'),
  ],
  ['a PDF of no page', 'unreadable', () => made.pdfOf('')],
  ['a PDF of a thousand pages', 'too_many_pages', () => made.pdfOf(made.pdfPages(1_000))],
  ['a PDF cut off', 'unreadable', () => made.PDF.subarray(0, -20)],
  [
    'a PDF cut off in a stream',
    'unreadable',
    () => made.pdfOf(made.pdfPages(1), flate('', new Uint8Array(9_000))).subarray(0, 300),
  ],
  ['a PDF whose stream unpacks without end', 'unpacks_too_large', () => made.pdfOf(made.pdfPages(1), bomb())],
  [
    'a PDF packed twice',
    'unpacks_too_large',
    () =>
      made.pdfOf(
        made.pdfPages(1),
        made.pdfStream('/Filter [/FlateDecode /FlateDecode]', zlibSync(zlibSync(new Uint8Array(1_000_000)))),
      ),
  ],
]

describe('a hostile or broken file', () => {
  it.each(hostile)('%s is refused: %s', (_what, code, file) => {
    expect(problemOf(file())).toBe(code)
  })

  it('of no accepted type has no type', () => {
    for (const file of [bytesOf('<svg xmlns="x">'), bytesOf('PK', [3, 4]), new Uint8Array()]) {
      expect(inspect(file)).toMatchObject({ mime_type: null, problem: null })
    }
  })

  it('is told in words that say what to send instead', () => {
    for (const code of PROBLEM_CODES) expect(problem(code).message).toMatch(/\. .*(?:[Ss]end|[Pp]rint|[Ss]ave|[Tt]ake)/)
  })
})

const whole = [...pictures.map(([, file]) => file), ...papers.slice(0, 4).map(([, file]) => file)]
const small = whole.filter((file) => file.length < 5_000)

describe('any file', () => {
  it('says the same in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...small,
          ...hostile
            .map(([, , file]) => file)
            .slice(0, 4)
            .map((file) => file()),
        ),
        fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 60 }),
        (file, pieces) => {
          expect(inspect(file, pieces)).toEqual(inspect(file))
        },
      ),
      { numRuns: 400 },
    )
    for (const file of small) expect(inspect(file, Array<number>(file.length).fill(1))).toEqual(inspect(file))
  })

  it('cut off anywhere, or with any byte changed, or made of anything, ends in an answer', () => {
    const answers = (file: Uint8Array): void => {
      const { mime_type, problem: found } = inspect(file, [100, 5_000])
      expect(mime_type === null || found === null || PROBLEM_CODES.includes(found.code)).toBe(true)
    }
    fc.assert(
      fc.property(fc.constantFrom(...small), fc.nat(), fc.nat(), fc.nat(255), (file, cut, at, byte) => {
        answers(file.subarray(0, cut % (file.length + 1)))
        const bent = file.slice()
        bent[at % file.length] = byte
        answers(bent)
      }),
      { numRuns: 1_500 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...small), fc.uint8Array({ maxLength: 3_000 }), (file, noise) => {
        answers(noise)
        answers(bytesOf(file.subarray(0, 40), noise))
      }),
      { numRuns: 1_000 },
    )
  })

  it('cut off before its last bytes is never taken', () => {
    for (const file of [made.JPEG, made.pngOf(), made.webpLossy(), made.heicOf(), made.PDF]) {
      const step = Math.max(1, Math.floor(file.length / 60))
      for (let cut = 30; cut < file.length - 8; cut += step) {
        const { mime_type, problem: found } = inspect(file.subarray(0, cut))
        expect(mime_type === null || found !== null, `${mime_type} cut at ${cut} of ${file.length}`).toBe(true)
      }
    }
  })
})
