import { lineOf } from '../../../../src/engines/extraction/ocr/text-lines.ts'
import type { TextLine, Word } from '../../../../src/engines/extraction/ocr/text-lines.ts'

const LETTER_WIDTH = 10
const LETTER_HEIGHT = 16
const ROW = 32

/** A page in a font of one width, as the rows stand in the test: several spaces are a gap between columns. */
export const page = (rows: readonly string[]): TextLine[] =>
  rows.map((row, index) =>
    lineOf(
      [...row.matchAll(/\S+/g)].map((match): Word => {
        const left = match.index * LETTER_WIDTH
        const top = index * ROW
        const right = left + match[0].length * LETTER_WIDTH
        return { text: match[0], confidence: 0.95, box: { left, top, right, bottom: top + LETTER_HEIGHT } }
      }),
    ),
  )
