// CSV with a header: rows by the names of their columns. Names are compared by letters and digits alone, since
// publishers change blanks, points and case; a file without the columns that matter is another file.

import { csvRows, type CsvRow } from './csv-rows.ts'
import { detached } from './detached.ts'
import { ListError } from './report.ts'
import type { Entries } from './entries.ts'

export type HeadedRow = {
  line: number
  /** Why the row cannot be trusted. */
  broken: string | null
  /** Trimmed and safe to hold; empty for a column that the file does not have. */
  value(column: string): string
}

export type HeadedCsv = {
  separator: ',' | ';'
  /** Columns without which it is not the format. */
  required: readonly string[]
  /** What stands above the header, e.g. the day of the report. */
  preamble?: (text: string) => void
}

/** The UK's list has one line above its header. */
const MAX_LINES_ABOVE = 2

export async function* headedRows(
  bytes: AsyncIterable<Uint8Array>,
  csv: HeadedCsv,
): AsyncGenerator<HeadedRow[], void, undefined> {
  let header: Header | null = null
  let above = 0
  for await (const rows of csvRows(bytes, csv.separator)) {
    const read: HeadedRow[] = []
    for (const row of rows) {
      if (header !== null) {
        read.push(headed(row, header))
        continue
      }
      header = headerOf(row, csv.required)
      if (header !== null) continue
      if (above === MAX_LINES_ABOVE) throw new ListError('not_the_format', 'the header has other columns', row.line)
      above += 1
      csv.preamble?.(row.fields.join(' '))
    }
    if (read.length > 0) yield read
  }
  if (header === null) throw new ListError('not_the_format', 'there is no header')
}

type Header = { columns: number; indexes: ReadonlyMap<string, number> }

const keyOf = (column: string): string => column.toLowerCase().replace(/[^a-z0-9]/gu, '')

function headerOf(row: CsvRow, required: readonly string[]): Header | null {
  const indexes = new Map(row.fields.map((column, index) => [keyOf(column), index]))
  return required.every((column) => indexes.has(keyOf(column))) ? { columns: row.fields.length, indexes } : null
}

/** Blank columns too many are no harm. */
function brokenRow(row: CsvRow, header: Header): string | null {
  if (row.broken !== null) return row.broken
  if (row.fields.length < header.columns && !row.isTerminated) {
    throw new ListError('truncated', 'the last row is cut off', row.line)
  }
  const isWhole = row.fields.length >= header.columns && row.fields.slice(header.columns).every((field) => field === '')
  return isWhole ? null : 'not as many columns as the header'
}

const headed = (row: CsvRow, header: Header): HeadedRow => ({
  line: row.line,
  broken: brokenRow(row, header),
  value: (column) => detached(row.fields[header.indexes.get(keyOf(column)) ?? -1]?.trim() ?? ''),
})

/**
 * For the lists that spread an entry over several rows: what they say of it, gathered by `reference`. Rows of an entry
 * need not stand together.
 */
export async function gatheredRows<Parts>(
  bytes: AsyncIterable<Uint8Array>,
  csv: HeadedCsv & { reference: string },
  entries: Entries,
  gather: { begin: (row: HeadedRow) => Parts; add: (row: HeadedRow, into: Parts) => void },
): Promise<{ line: number; parts: Parts }[]> {
  const held = new Map<string, { line: number; parts: Parts }>()
  for await (const rows of headedRows(bytes, csv)) {
    for (const row of rows) {
      const reference = row.value(csv.reference)
      const reason = row.broken ?? (reference === '' ? `no ${csv.reference}` : null)
      if (reason !== null) {
        entries.skip(row.line, reason)
        continue
      }
      const entry = held.get(reference) ?? { line: row.line, parts: gather.begin(row) }
      held.set(reference, entry)
      gather.add(row, entry.parts)
    }
  }
  return [...held.values()]
}
