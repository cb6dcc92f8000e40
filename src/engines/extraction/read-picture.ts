// Reads one picture: which way up it is, its machine-readable zone, its print. Each look costs time, so the next one is
// taken only for what the last one left open, and a picture whose print can be read is known to stand upright.

import type { Gray, QuarterTurns } from './image/gray.ts'
import { turn } from './image/gray.ts'
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

/** Whether an MRZ is looked for: surely there, perhaps, or not worth a look. */
export type MrzHope = 'expected' | 'possible' | 'none'

const READABLE_CONFIDENCE = 0.6
const READABLE_WORDS = 6
const SURE_WORD = 0.75

export function readPicture(image: Gray, ocr: Ocr, hope: MrzHope): PictureReading {
  const looks = hope === 'none' ? [] : [look(image, ocr, 0, 'one_column')]
  const [first] = looks
  if (first?.mrz?.valid === true) return withPrint(image, ocr, first)

  const upright = ocr.read(image, 'text', 'one_column')
  const isUpright = isReadable(upright) || (first?.mrz ?? null) !== null
  if (hope === 'none' && isUpright) return { mrz: null, print: upright, turns: 0, angle: upright.angle }
  if (hope === 'expected' || first?.mrz != null) looks.push(look(image, ocr, 0, 'one_block'))
  const found = bestOf(looks)
  if (isUpright || found?.mrz?.valid === true)
    return { mrz: found?.mrz ?? null, print: upright, turns: 0, angle: upright.angle }

  // Nothing can be read this way up.
  for (const turns of [2, 1, 3] as const) {
    const turned = turn(image, turns)
    const next = hope === 'none' ? null : look(turned, ocr, turns, 'one_column')
    if (next?.mrz?.valid === true) return withPrint(turned, ocr, next)
    if (next?.mrz != null) looks.push(next)
    if (next?.mrz == null && turns !== 2 && hope !== 'none') continue
    const print = ocr.read(turned, 'text', 'one_column')
    if (isReadable(print)) return { mrz: next?.mrz ?? null, print, turns, angle: print.angle }
  }
  const best = bestOf(looks)
  if (best?.mrz != null && best.turns !== 0) return withPrint(turn(image, best.turns), ocr, best)
  return { mrz: best?.mrz ?? null, print: upright, turns: 0, angle: upright.angle }
}

type Look = { mrz: ParsedMrz | null; turns: QuarterTurns; angle: number }

function look(image: Gray, ocr: Ocr, turns: QuarterTurns, mode: PageMode): Look {
  const { text, angle } = ocr.read(image, 'mrz', mode)
  return { mrz: findMrz(text), turns, angle }
}

function withPrint(image: Gray, ocr: Ocr, { mrz, turns }: Look): PictureReading {
  const print = ocr.read(image, 'text', 'one_column')
  return { mrz, print, turns, angle: print.angle }
}

const passes = ({ mrz }: Look): number => (mrz === null ? -1 : Object.values(mrz.checks).filter(Boolean).length)
const bestOf = (looks: readonly Look[]): Look | null =>
  looks.toSorted((left, right) => passes(right) - passes(left))[0] ?? null

function isReadable(reading: Reading): boolean {
  const sure = reading.lines
    .flatMap((line) => line.words)
    .filter((word) => word.confidence >= SURE_WORD && /\w{3}/.test(word.text))
  return reading.confidence >= READABLE_CONFIDENCE && sure.length >= READABLE_WORDS
}
