// Where what stands in the five formats of ICAO Doc 9303: parts 4 (TD3), 5 (TD1), 6 (TD2) and 7 (visas). Positions count
// from 0 and end before `end`. National formats that only look alike (the French card of before 2021) are not here.

export const MRZ_FORMATS = ['TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B'] as const
export type MrzFormat = (typeof MRZ_FORMATS)[number]

export type Span = { line: number; start: number; end: number }
/** What a field may hold, so that a letter in a date is known to be a misread digit. */
export type FieldKind = 'digits' | 'letters' | 'sex' | 'check' | 'any'

export const MRZ_FIELDS = [
  'document_code',
  'issuing_state',
  'document_number',
  'date_of_birth',
  'sex',
  'expiry_date',
  'nationality',
  'names',
  'optional',
  'optional_2',
] as const
export type MrzField = (typeof MRZ_FIELDS)[number]

/** The digit at `digit` is computed over `spans`, one after the other. */
export type Check = { name: string; spans: Span[]; digit: Span }

export type Layout = {
  format: MrzFormat
  lines: number
  width: number
  fields: Partial<Record<MrzField, Span>>
  checks: Check[]
}

export const KINDS: Record<MrzField, FieldKind> = {
  document_code: 'letters',
  issuing_state: 'letters',
  document_number: 'any',
  date_of_birth: 'digits',
  sex: 'sex',
  expiry_date: 'digits',
  nationality: 'letters',
  names: 'letters',
  optional: 'any',
  optional_2: 'any',
}

const span = (line: number, start: number, end: number): Span => ({ line, start, end })
const check = (name: string, digit: Span, ...spans: Span[]): Check => ({ name, spans, digit })

const TD1: Layout = {
  format: 'TD1',
  lines: 3,
  width: 30,
  fields: {
    document_code: span(0, 0, 2),
    issuing_state: span(0, 2, 5),
    document_number: span(0, 5, 14),
    optional: span(0, 15, 30),
    date_of_birth: span(1, 0, 6),
    sex: span(1, 7, 8),
    expiry_date: span(1, 8, 14),
    nationality: span(1, 15, 18),
    optional_2: span(1, 18, 29),
    names: span(2, 0, 30),
  },
  checks: [
    check('document_number', span(0, 14, 15), span(0, 5, 14)),
    check('date_of_birth', span(1, 6, 7), span(1, 0, 6)),
    check('expiry_date', span(1, 14, 15), span(1, 8, 14)),
    check('composite', span(1, 29, 30), span(0, 5, 30), span(1, 0, 7), span(1, 8, 15), span(1, 18, 29)),
  ],
}

/** Two lines, alike in all formats but for what stands behind the expiry date. */
function twoLines(format: MrzFormat, width: number, optional: Span, checks: Check[]): Layout {
  return {
    format,
    lines: 2,
    width,
    fields: {
      document_code: span(0, 0, 2),
      issuing_state: span(0, 2, 5),
      names: span(0, 5, width),
      document_number: span(1, 0, 9),
      nationality: span(1, 10, 13),
      date_of_birth: span(1, 13, 19),
      sex: span(1, 20, 21),
      expiry_date: span(1, 21, 27),
      optional,
    },
    checks: [
      check('document_number', span(1, 9, 10), span(1, 0, 9)),
      check('date_of_birth', span(1, 19, 20), span(1, 13, 19)),
      check('expiry_date', span(1, 27, 28), span(1, 21, 27)),
      ...checks,
    ],
  }
}

const TD2 = twoLines('TD2', 36, span(1, 28, 35), [
  check('composite', span(1, 35, 36), span(1, 0, 10), span(1, 13, 20), span(1, 21, 35)),
])
const TD3 = twoLines('TD3', 44, span(1, 28, 42), [
  check('optional', span(1, 42, 43), span(1, 28, 42)),
  check('composite', span(1, 43, 44), span(1, 0, 10), span(1, 13, 20), span(1, 21, 43)),
])
const MRV_A = twoLines('MRV-A', 44, span(1, 28, 44), [])
const MRV_B = twoLines('MRV-B', 36, span(1, 28, 36), [])

export const LAYOUTS: readonly Layout[] = [TD1, TD2, TD3, MRV_A, MRV_B]

/** By number and length of the lines and, visas apart from documents, by the first letter. */
export function layoutOf(lines: readonly string[]): Layout | null {
  const [first = ''] = lines
  const isVisa = first.startsWith('V')
  return (
    LAYOUTS.find(
      (layout) =>
        layout.lines === lines.length &&
        lines.every((line) => line.length === layout.width) &&
        layout.format.startsWith('MRV') === isVisa,
    ) ?? null
  )
}

export const textAt = (lines: readonly string[], { line, start, end }: Span): string =>
  (lines[line] ?? '').slice(start, end)
