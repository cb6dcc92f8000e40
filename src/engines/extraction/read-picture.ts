// Reads one picture: which way up it is, its machine-readable zone, its print. Each look costs time, so the next one is
// taken only for what the last one left open, and a picture whose print can be read is known to stand upright.

import { contentsOf } from './image/contents.ts'
import type { Gray, QuarterTurns } from './image/gray.ts'
import { turn } from './image/gray.ts'
import { leanOf } from './image/lean.ts'
import { cropZone } from './image/crop-zone.ts'
import { blurOf } from './image/quality.ts'
import { sharpen } from './image/sharpen.ts'
import { findMrz } from './mrz/find-mrz.ts'
import type { ParsedMrz } from './mrz/parse-mrz.ts'
import type { Ocr, PageMode, Reading } from './ocr/ocr.ts'

export type PictureReading = {
  mrz: ParsedMrz | null
  print: Reading
  /** How it had to be turned to be read. */
  turns: QuarterTurns
  /** Radians, beyond the turns. */
  angle: number
}

export type PictureWish = {
  /** Whether an MRZ is looked for: surely there, perhaps, or not worth a look. */
  zone: 'expected' | 'possible' | 'none'
  /** Cards have words here and there, letters have lines. */
  print: 'scattered' | 'lines'
}

const READABLE_CONFIDENCE = 0.6
const READABLE_WORDS = 6
const SURE_WORD = 0.75
/** Radians; what leans less Tesseract finds by itself. */
const LEANS_MUCH = 0.06
/** A row of an MRZ is one long word to whoever reads print. */
const ZONE_WORD = /\S{22,}/

/** As `blurOf` measures; above it small print is lost to OCR. */
const BLURRED = 0.3

type Attempt = { image: Gray; turns: QuarterTurns; lean: number }
type Look = { attempt: Attempt; mrz: ParsedMrz | null; angle: number; reading: Reading }

const NOTHING: PictureReading = {
  mrz: null,
  print: { text: '', lines: [], confidence: 0, angle: 0 },
  turns: 0,
  angle: 0,
}

export function readPicture(image: Gray, ocr: Ocr, wish: PictureWish): PictureReading {
  if (contentsOf(image) !== 'page') return NOTHING
  const upright = attemptOf(image, 0)
  const looks: Look[] = wish.zone === 'none' ? [] : [look(upright, ocr, 'one_column')]
  const [first] = looks
  if (first?.mrz?.valid === true) return withPrint(first, ocr, wish)

  const print = readPrint(upright, ocr, wish, first?.angle)
  const isUpright = isReadable(print) || (first?.mrz ?? null) !== null
  if (!isUpright) {
    const turned = readTurned(image, ocr, wish)
    if (turned !== null) return turned
  }
  if (
    wish.zone === 'expected' ||
    (wish.zone === 'possible' && ((first?.mrz ?? null) !== null || ZONE_WORD.test(print.text)))
  )
    looks.push(...moreLooks(upright, ocr, first))
  const found = bestOf(looks)
  return { mrz: found?.mrz ?? null, print, turns: 0, angle: found?.angle ?? print.angle }
}

/** The zone alone, then the page with its lines parted in other ways, until one of them is right. */
function moreLooks(attempt: Attempt, ocr: Ocr, first: Look | undefined): Look[] {
  const looks: Look[] = []
  const zone = first === undefined ? null : cropZone(attempt.image, first.reading)
  if (zone !== null) {
    const ofZone = { ...attempt, image: zone }
    for (const lean of [leanOf(zone), 0]) looks.push({ ...look(ofZone, ocr, 'one_block', lean), attempt })
  }
  for (const mode of ['one_block', 'sparse'] as const) {
    if (bestOf(looks)?.mrz?.valid === true) break
    looks.push(look(attempt, ocr, mode, mode === 'sparse' ? first?.angle : undefined))
  }
  return looks
}

/** Nothing can be read as it is: upside down first, then on either side. */
function readTurned(image: Gray, ocr: Ocr, wish: PictureWish): PictureReading | null {
  const looks: Look[] = []
  for (const turns of [2, 1, 3] as const) {
    const attempt = attemptOf(image, turns)
    if (wish.zone !== 'none') {
      const next = look(attempt, ocr, 'one_column')
      if (next.mrz?.valid === true) return withPrint(next, ocr, wish)
      looks.push(next)
      // Where a zone has to be, it tells which way is up; print is read once, at the end.
      if (wish.zone === 'expected') continue
    }
    const print = readPrint(attempt, ocr, wish)
    if (isReadable(print)) return { mrz: bestOf(looks)?.mrz ?? null, print, turns, angle: print.angle }
  }
  const best = bestOf(looks)
  return best === null || best.mrz === null ? null : withPrint(best, ocr, wish)
}

function attemptOf(image: Gray, turns: QuarterTurns): Attempt {
  const turned = turn(image, turns)
  const lean = leanOf(turned)
  return { image: turned, turns, lean: Math.abs(lean) > LEANS_MUCH ? lean : 0 }
}

function look(attempt: Attempt, ocr: Ocr, mode: PageMode, lean = attempt.lean): Look {
  const reading = ocr.read(attempt.image, 'mrz', mode, lean)
  return { attempt, mrz: findMrz(reading.text), angle: reading.angle, reading }
}

const readPrint = ({ image, lean }: Attempt, ocr: Ocr, wish: PictureWish, angle = lean): Reading =>
  ocr.read(
    blurOf(image) > BLURRED ? sharpen(image) : image,
    'text',
    wish.print === 'scattered' ? 'sparse' : 'one_column',
    angle,
  )

function withPrint({ attempt, mrz, angle }: Look, ocr: Ocr, wish: PictureWish): PictureReading {
  return { mrz, print: readPrint(attempt, ocr, wish, angle), turns: attempt.turns, angle }
}

const passes = ({ mrz }: Look): number => (mrz === null ? -1 : Object.values(mrz.checks).filter(Boolean).length)
const bestOf = (looks: readonly Look[]): Look | null =>
  looks.toSorted((left, right) => passes(right) - passes(left))[0] ?? null

function isReadable(reading: Reading): boolean {
  const words = reading.lines.flatMap((line) => line.words)
  const sure = words.filter((word) => word.confidence >= SURE_WORD && /\w{3}/.test(word.text))
  return reading.confidence >= READABLE_CONFIDENCE && sure.length >= READABLE_WORDS
}
