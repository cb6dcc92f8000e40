// Parts a line of text where a wide gap stands in it: what is left and right of it are two columns. Words keep their
// places, and each is also there folded, as labels are compared.

import type { Box, TextLine, Word } from '../ocr/text-lines.ts'
import { lineOf } from '../ocr/text-lines.ts'

export type Token = { folded: string; raw: string; word: Word }
export type Segment = { tokens: Token[]; text: string; box: Box; height: number; confidence: number; line: number }

/** In heights of a letter. Between two words of one value there is less than one. */
const COLUMN_GAP = 1.8
const SAME_ROW = 0.6

/** In reading order: by row, then from left to right. */
export function segmentsOf(lines: readonly TextLine[]): Segment[] {
  return inRows(lines.flatMap((line) => partsOf(line)))
}

function partsOf(line: TextLine): Segment[] {
  const groups: Word[][] = []
  const height = median(line.words.map(({ box }) => box.bottom - box.top))
  let right = Number.NEGATIVE_INFINITY
  for (const word of line.words) {
    const last = groups.at(-1)
    if (last === undefined || word.box.left - right > height * COLUMN_GAP) groups.push([word])
    else last.push(word)
    right = word.box.right
  }
  return groups.map((words) => segmentOf(words, height, 0))
}

/** OCR gives columns of a row now as one line, now as several: what stands side by side is one row here. */
function inRows(segments: readonly Segment[]): Segment[] {
  const middle = ({ box }: Segment): number => (box.top + box.bottom) / 2
  const rows: Segment[][] = []
  for (const segment of segments.toSorted((left, right) => middle(left) - middle(right))) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row !== undefined && first !== undefined && middle(segment) - middle(first) < first.height * SAME_ROW)
      row.push(segment)
    else rows.push([segment])
  }
  return rows.flatMap((row, line) =>
    row.toSorted((left, right) => left.box.left - right.box.left).map((segment) => ({ ...segment, line })),
  )
}

function segmentOf(words: Word[], height: number, line: number): Segment {
  const { text, box } = lineOf(words)
  const tokens = words.flatMap((word) =>
    fold(word.text)
      .split(' ')
      .filter((part) => part !== '')
      .map((folded) => ({ folded, raw: word.text, word })),
  )
  const confidence = words.reduce((sum, word) => sum + word.confidence, 0) / Math.max(words.length, 1)
  return { tokens, text, box, height, confidence, line }
}

/** Capitals and digits, without accents; anything else parts words. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}
