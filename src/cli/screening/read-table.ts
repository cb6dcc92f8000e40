import { openAsBlob } from 'node:fs'
import { csvRows } from '../../engines/screening/lists/csv-rows.ts'

/** Rows of a CSV file with a header, by column. */
export async function readTable(path: string): Promise<Record<string, string>[]> {
  const rows: string[][] = []
  for await (const batch of csvRows((await openAsBlob(path)).stream())) {
    for (const row of batch) {
      if (row.broken !== null) throw new Error(`${path}, line ${row.line}: ${row.broken}`)
      rows.push(row.fields)
    }
  }
  const [header = [], ...rest] = rows
  const columns = header.map((column) =>
    column
      .replace(/^\uFEFF/u, '')
      .trim()
      .toLowerCase(),
  )
  return rest
    .filter((fields) => fields.some((field) => field.trim() !== ''))
    .map((fields) => Object.fromEntries(columns.map((column, at) => [column, (fields[at] ?? '').trim()])))
}

export const csvLine = (fields: readonly string[]): string =>
  fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')
