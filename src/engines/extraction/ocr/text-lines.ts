// Lines and words with their places, as Tesseract's table of words (TSV) and a PDF's text layer both give them.

export type Box = { left: number; top: number; right: number; bottom: number }
export type Word = { text: string; confidence: number; box: Box }
export type TextLine = { text: string; words: Word[]; box: Box }

const WORD_LEVEL = '5'

/** Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
export function linesOfTsv(tsv: string): TextLine[] {
  const groups = new Map<string, Word[]>()
  for (const row of tsv.split('\n')) {
    const cells = row.split('\t')
    const text = cells.slice(11).join(' ').trim()
    if (cells[0] !== WORD_LEVEL || text === '') continue
    const [left = 0, top = 0, width = 0, height = 0, confidence = 0] = cells.slice(6, 11).map(Number)
    const line = cells.slice(1, 5).join(' ')
    const word: Word = {
      text,
      confidence: Math.max(0, confidence) / 100,
      box: { left, top, right: left + width, bottom: top + height },
    }
    groups.set(line, [...(groups.get(line) ?? []), word])
  }
  return [...groups.values()].map(lineOf)
}

export function lineOf(words: Word[]): TextLine {
  return {
    text: words.map((word) => word.text).join(' '),
    words,
    box: {
      left: Math.min(...words.map(({ box }) => box.left)),
      top: Math.min(...words.map(({ box }) => box.top)),
      right: Math.max(...words.map(({ box }) => box.right)),
      bottom: Math.max(...words.map(({ box }) => box.bottom)),
    },
  }
}
