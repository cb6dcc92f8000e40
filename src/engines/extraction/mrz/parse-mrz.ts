// Takes the lines of a machine-readable zone apart and says of each check digit whether it is right (ICAO Doc 9303,
// parts 3–7). It reports what stands there, wrong digits included; what follows from a wrong one is decided by rules.

import { agrees } from './check-digit.ts'
import { layoutOf, textAt } from './formats.ts'
import type { Layout, MrzField, MrzFormat } from './formats.ts'
import { namesOf } from './names.ts'
import { repairLines } from './repair.ts'

export type ParsedMrz = {
  format: MrzFormat
  lines: string[]
  /** As printed without fillers, two-digit years included; blank where nothing is stated. */
  fields: Record<Exclude<MrzField, 'names'> | 'surname' | 'given_names', string>
  checks: Record<string, boolean>
  /** Every check digit is right and every position holds what may stand there. */
  valid: boolean
  /** A position showed a character to be misread. */
  isRepaired: boolean
}

/** Null when the lines have no format's number and length. */
export function parseMrz(given: readonly string[]): ParsedMrz | null {
  const layout = layoutOf(given)
  if (layout === null || given.some((line) => !/^[A-Z0-9<]+$/.test(line))) return null
  const lines = repairLines(given, layout)
  const read = (name: MrzField): string => {
    const span = layout.fields[name]
    return span === undefined ? '' : textAt(lines, span)
  }
  const number = documentNumber(lines, layout)
  const checks: Record<string, boolean> = {}
  for (const { name, spans, digit } of layout.checks) {
    checks[name] =
      name === 'document_number'
        ? agrees(number.text, number.digit)
        : agrees(spans.map((span) => textAt(lines, span)).join(''), textAt(lines, digit))
  }
  const sex = read('sex')
  const [birth, expiry] = [read('date_of_birth'), read('expiry_date')]
  const isWellFormed =
    /^[ACIPV]/.test(lines[0] ?? '') && /^[MFX<]$/.test(sex) && [birth, expiry].every((date) => /^[\d<]{6}$/.test(date))
  return {
    format: layout.format,
    lines,
    fields: {
      document_code: trimmed(read('document_code')),
      issuing_state: trimmed(read('issuing_state')),
      document_number: trimmed(number.text),
      date_of_birth: birth.replace(/^<+$/, ''),
      sex: trimmed(sex),
      expiry_date: expiry.replace(/^<+$/, ''),
      nationality: trimmed(read('nationality')),
      optional: trimmed(number.rest ?? read('optional')),
      optional_2: trimmed(read('optional_2')),
      ...namesOf(read('names')),
    },
    checks,
    valid: isWellFormed && Object.values(checks).every(Boolean),
    isRepaired: lines.some((line, index) => line !== given[index]),
  }
}

const trimmed = (text: string): string => text.replace(/<+$/, '').replace(/^<+/, '')

/** A number of more than nine characters goes on in the optional field, its check digit last (Doc 9303-5 and -6, 4.2.2). */
function documentNumber(
  lines: readonly string[],
  layout: Layout,
): { text: string; digit: string; rest: string | null } {
  const { document_number: start, optional } = layout.fields
  const check = layout.checks.find((one) => one.name === 'document_number')
  if (start === undefined || optional === undefined || check === undefined) return { text: '', digit: '', rest: null }
  const [text, digit] = [textAt(lines, start), textAt(lines, check.digit)]
  const mayGoOn = layout.format === 'TD1' || layout.format === 'TD2'
  const [, tail] = /^([A-Z0-9]{2,})(?:<|$)/.exec(textAt(lines, optional)) ?? []
  if (!mayGoOn || digit !== '<' || tail === undefined || text.includes('<')) return { text, digit, rest: null }
  return {
    text: text + tail.slice(0, -1),
    digit: tail.slice(-1),
    rest: textAt(lines, optional).slice(tail.length + 1),
  }
}
