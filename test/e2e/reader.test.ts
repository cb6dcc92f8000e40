import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withOrientation } from '../support/documents/draw.ts'
import { pdfOfPages } from '../support/documents/pdf-of.ts'
import {
  archiveEnd,
  ascii,
  bytesOf,
  heicOf,
  jpegHead,
  PNG_SIGNATURE,
  pngChunk,
  SCAN,
} from '../support/fixtures/files.ts'
import { startReader } from '../support/reader/harness.ts'
import type { ReaderHarness } from '../support/reader/harness.ts'

// The production build of the reader in workerd, its models and its PDF engine with it, called as the API calls it.

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(`test/support/files/${name}`))
const PASSPORT = file('drawn-passport.jpg')
const BILL = file('drawn-bill.jpg')
const BILL_TEXT = [
  'NORTHWIND ENERGY LTD',
  'Electricity bill',
  'Account holder: Peter Stevenson',
  'Service address: 27 Kingfisher Lane, Flat 3B',
  'Bill date: 14 June 2026',
]
/** OCR in 36 MB; and what is decoded, drawn and read at once stays far below an isolate's 128 MB. */
const MAX_OCR_BYTES = 36 * 1024 * 1024
const MAX_DECODER_BYTES = 80 * 1024 * 1024

let reader: ReaderHarness
beforeAll(async () => {
  reader = await startReader()
})
afterAll(async () => {
  await reader.stop()
})

const codes = async (job: Parameters<ReaderHarness['read']>[0], bytes: Uint8Array): Promise<string[]> =>
  (await reader.read(job, bytes)).extraction.warnings.map((warning) => warning.code)

async function expectPassport(bytes: Uint8Array): Promise<void> {
  const { extraction, memory } = await reader.read({ document_type: 'passport' }, bytes)
  expect(extraction.mrz).toMatchObject({ format: 'TD3', valid: true })
  expect(extraction).toMatchObject({ document_type: 'passport', issuing_country: 'UTO', warnings: [] })
  expect(extraction.fields).toMatchObject({
    surname: { value: 'ERIKSSON', source: 'mrz' },
    given_names: { value: 'ANNA MARIA' },
    document_number: { value: 'L898902C3' },
    date_of_birth: { value: '1974-08-12' },
    expiry_date: { value: '2032-04-15' },
  })
  expect(memory.ocr).toBeGreaterThan(0)
  expect(memory.ocr).toBeLessThanOrEqual(MAX_OCR_BYTES)
  expect(memory.decoder).toBeLessThanOrEqual(MAX_DECODER_BYTES)
}

describe('the reader', () => {
  it('reads a passport, zone and print', async () => {
    await expectPassport(PASSPORT)
    const { extraction } = await reader.read({ document_type: 'passport' }, PASSPORT)
    expect(extraction.fields).toMatchObject({
      place_of_birth: { value: 'ZENITH', source: 'visual' },
      issue_date: { value: '2022-04-16', source: 'visual' },
    })
  })

  it('reads it upside down and on its side, as EXIF says that it is to be seen', async () => {
    for (const orientation of [3, 6, 8]) await expectPassport(withOrientation(PASSPORT, orientation))
  })

  it('reads it out of a scan in a PDF', async () => {
    await expectPassport(pdfOfPages([{ jpeg: PASSPORT, width: 1250, height: 880 }]))
  })

  it('reads the print of a card in another language, and makes no zone up', async () => {
    const { extraction } = await reader.read({ document_type: 'id', side: 'front' }, file('drawn-card-front.jpg'))
    expect(extraction).toMatchObject({ document_type: 'id', mrz: null, warnings: [] })
    expect(extraction.fields).toMatchObject({
      surname: { value: 'ERIKSSON', source: 'visual' },
      date_of_birth: { value: '1974-08-12' },
      expiry_date: { value: '2032-04-15' },
    })
  })

  it.each([
    ['as a picture', BILL, 'visual'],
    ['as a PDF with text', pdfOfPages([{ text: BILL_TEXT }]), 'pdf_text'],
    ['as a scan in a PDF', pdfOfPages([{ jpeg: BILL, width: 1240, height: 1754 }]), 'visual'],
  ])('reads a bill %s', async (_how, bytes, source) => {
    const { extraction } = await reader.read({ document_type: 'proof_of_address' }, bytes)
    expect(extraction).toMatchObject({ document_type: 'proof_of_address', mrz: null, warnings: [] })
    expect(extraction.fields).toMatchObject({
      full_name: { value: 'Peter Stevenson', source },
      address: { value: '27 Kingfisher Lane, Flat 3B', source },
      issue_date: { value: '2026-06-14', source },
      issuer: { value: 'NORTHWIND ENERGY LTD', source },
    })
  })

  it('says that a bill is no passport', async () => {
    const { extraction } = await reader.read({ document_type: 'passport' }, BILL)
    expect(extraction).toMatchObject({ document_type: 'proof_of_address', mrz: null })
    expect(extraction.warnings.map((warning) => warning.code)).toEqual(['type_mismatch'])
  })

  it('shows nobody its models, nor anything else', async () => {
    for (const path of ['/', '/ocrb.traineddata', '/eng.traineddata', '/../eng.traineddata'])
      expect(await reader.front(path)).toBe(404)
  })
})

const pngOfRows = (width: number, height: number, packed: Uint8Array): Uint8Array =>
  bytesOf(
    PNG_SIGNATURE,
    crcChunk('IHDR', Uint8Array.of(0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255, 8, 0, 0, 0, 0)),
    crcChunk('IDAT', packed),
    crcChunk('IEND', new Uint8Array()),
  )

/** Noise that looks like letters everywhere: the most that OCR can be given to do in a picture. */
function noisyPicture(side: number): Uint8Array {
  const raw = new Uint8Array((side + 1) * side)
  let state = 7
  for (let at = 0; at < raw.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    raw[at] = at % (side + 1) === 0 ? 0 : state >>> 24 > 127 ? 255 : 0
  }
  return pngOfRows(side, side, deflateSync(raw))
}

describe('a hostile file', () => {
  const many = Array.from({ length: 150 }, () => ({ text: [] }))
  it.each<[string, Uint8Array, string[]]>([
    ['that is cut off', PASSPORT.subarray(0, 20_000), ['unreadable']],
    ['that is empty', new Uint8Array(), ['unreadable']],
    ['that is a page of the web under another name', ascii('<html><script>alert(1)</script></html>'), ['unreadable']],
    ['that claims 16,000 × 16,000 pixels', bytesOf(jpegHead(16_000, 16_000), SCAN, [0xff, 0xd9]), ['too_many_pixels']],
    ['that claims 20,000 × 20,000 pixels', bytesOf(jpegHead(20_000, 20_000), SCAN, [0xff, 0xd9]), ['too_many_pixels']],
    [
      'of more pixels than are decoded',
      pngOfRows(3_000, 3_000, deflateSync(new Uint8Array(3_001 * 3_000))),
      ['too_many_pixels'],
    ],
    ['whose pixels are broken', bytesOf(jpegHead(800, 600), SCAN, [0xff, 0xd9]), ['unreadable']],
    [
      'whose picture unpacks to more than it says',
      pngOfRows(16, 16, deflateSync(new Uint8Array(60_000_000))),
      ['too_small', 'unreadable'],
    ],
    ['that is a picture and an archive', bytesOf(PASSPORT, archiveEnd()), ['two_files_in_one']],
    ['that is a PDF without a page', pdfOfPages([]), ['unreadable']],
    ['that is a PDF cut off', pdfOfPages([{ text: BILL_TEXT }]).subarray(0, 300), ['unreadable']],
    ['that is a PDF with a password', encryptedPdf(), ['encrypted']],
    [
      'that is a PDF of 1,000 pages',
      pdfOfPages(Array.from({ length: 1_000 }, () => ({ text: [] }))),
      ['too_many_pages'],
    ],
    ['that is a PDF of 150 empty pages', pdfOfPages(many), ['pages_not_read', 'unreadable']],
    ['that is a HEIC', heicOf(), ['heic_not_read']],
  ])('%s gets a clear answer', async (_what, bytes, expected) => {
    expect(await codes({ document_type: 'proof_of_address' }, bytes)).toEqual(expected)
  })

  it('of nothing but noise is read to its end, and nothing is made up', async () => {
    const { extraction, memory } = await reader.read({ document_type: 'passport' }, noisyPicture(1_000))
    expect(extraction).toMatchObject({ mrz: null, fields: {}, document_type: null })
    expect(memory.ocr).toBeLessThanOrEqual(MAX_OCR_BYTES)
  })

  it('leaves the next document as readable as the first', async () => {
    await expectPassport(PASSPORT)
  })
})

function encryptedPdf(): Uint8Array {
  const plain = Buffer.from(pdfOfPages([{ text: BILL_TEXT }])).toString('latin1')
  const key = `<< /Filter /Standard /V 1 /R 2 /O (${'o'.repeat(32)}) /U (${'u'.repeat(32)}) /P -4 >>`
  return ascii(plain.replace('/Root 1 0 R', `/Root 1 0 R /ID [(0123456789abcdef) (0123456789abcdef)] /Encrypt ${key}`))
}

function crcChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = pngChunk(type, data)
  let crc = 0xffffffff
  for (const byte of chunk.subarray(4, -4)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  const sum = ~crc >>> 0
  chunk.set([sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255], chunk.length - 4)
  return chunk
}
