// Lines of text from the pieces of a PDF's text layer, which come in any order and cut words as they like: put into rows
// by their baseline, into order by their place, and joined where no gap is between them.

import type { TextLine, Word } from '../ocr/text-lines.ts'
import { lineOf } from '../ocr/text-lines.ts'

/** As pdf.js gives it: `transform[4]` and `[5]` are the place of its baseline, from the lower left corner. */
export type TextItem = { str: string; transform: number[]; width: number; height: number }

const MAX_ITEMS = 20_000
const SAME_ROW = 0.5
/** In heights of a letter; less is the gap inside a word. */
const WORD_GAP = 0.15

export function linesOfItems(items: readonly TextItem[], pageHeight: number): TextLine[] {
  const pieces = items
    .slice(0, MAX_ITEMS)
    .filter((item) => item.str.trim() !== '')
    .map((item) => pieceOf(item, pageHeight))
    .toSorted((left, right) => left.bottom - right.bottom)
  const rows: Piece[][] = []
  let baseline = Number.NEGATIVE_INFINITY
  for (const piece of pieces) {
    if (piece.bottom - baseline <= piece.height * SAME_ROW) rows.at(-1)?.push(piece)
    else {
      rows.push([piece])
      baseline = piece.bottom
    }
  }
  return rows.map((row) => lineOf(wordsOf(row.toSorted((left, right) => left.left - right.left))))
}

type Piece = { text: string; left: number; right: number; bottom: number; height: number }

function pieceOf({ str, transform, width, height }: TextItem, pageHeight: number): Piece {
  const [, , , scale = 0, left = 0, bottom = 0] = transform
  return { text: str, left, right: left + width, bottom: pageHeight - bottom, height: height || Math.abs(scale) || 1 }
}

function wordsOf(row: readonly Piece[]): Word[] {
  const words: Word[] = []
  let before: Piece | null = null
  for (const piece of row) {
    const isJoined =
      before !== null &&
      piece.left - before.right < piece.height * WORD_GAP &&
      !/\s$/.test(before.text) &&
      !/^\s/.test(piece.text)
    const step = (piece.right - piece.left) / piece.text.length
    for (const match of piece.text.matchAll(/\S+/g)) {
      const left = piece.left + match.index * step
      const box = {
        left,
        top: piece.bottom - piece.height,
        right: left + match[0].length * step,
        bottom: piece.bottom,
      }
      const last = words.at(-1)
      if (isJoined && match.index === 0 && last !== undefined) {
        last.text += match[0]
        last.box.right = box.right
      } else words.push({ text: match[0], confidence: 0.99, box })
    }
    before = piece
  }
  return words
}
