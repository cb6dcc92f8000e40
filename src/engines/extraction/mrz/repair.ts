// Puts right what a position alone shows to be misread: a letter where only a digit may stand, a digit where only a
// letter may, anything but fillers behind the end of the names. Numbers may hold both, so nothing in them is touched:
// one check digit would confirm one wrong repair in ten.

import { KINDS, MRZ_FIELDS } from './formats.ts'
import type { FieldKind, Layout, Span } from './formats.ts'

const DIGIT_FOR: ReadonlyMap<string, string> = new Map([
  ['O', '0'],
  ['Q', '0'],
  ['D', '0'],
  ['I', '1'],
  ['L', '1'],
  ['Z', '2'],
  ['S', '5'],
  ['G', '6'],
  ['B', '8'],
])
const LETTER_FOR: ReadonlyMap<string, string> = new Map([
  ['0', 'O'],
  ['1', 'I'],
  ['2', 'Z'],
  ['5', 'S'],
  ['6', 'G'],
  ['8', 'B'],
])

export function repairLines(lines: readonly string[], layout: Layout): string[] {
  const repaired = [...lines]
  const mend = (span: Span, kind: FieldKind): void => {
    const line = repaired[span.line] ?? ''
    const text = mendText(line.slice(span.start, span.end), kind)
    repaired[span.line] = line.slice(0, span.start) + text + line.slice(span.end)
  }
  for (const name of MRZ_FIELDS) {
    const span = layout.fields[name]
    if (span !== undefined) mend(span, KINDS[name])
  }
  for (const check of layout.checks) mend(check.digit, 'check')
  const names = layout.fields.names
  if (names !== undefined) fillBehindNames(repaired, names)
  return repaired
}

function mendText(text: string, kind: FieldKind): string {
  if (kind === 'any' || kind === 'sex') return text
  const by = kind === 'letters' ? LETTER_FOR : DIGIT_FOR
  return [...text].map((letter) => by.get(letter) ?? letter).join('')
}

/** Three fillers in a row end the names: what OCR sees behind them is a filler that it misread. */
function fillBehindNames(lines: string[], span: Span): void {
  const line = lines[span.line] ?? ''
  const end = line.indexOf('<<<', span.start)
  if (end !== -1) lines[span.line] = line.slice(0, end).padEnd(span.end, '<') + line.slice(span.end)
}
