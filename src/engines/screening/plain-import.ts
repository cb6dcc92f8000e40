// Reads a list that is one entry a line, as JSON.

import { err, ok } from '../../domain/result.ts'
import type { Result } from '../../domain/result.ts'
import type { ListFormat, FilePart } from './catalog.ts'
import type { ListedEntity } from './entity.ts'
import { linesOf } from './segment.ts'

export type ImportReport = {
  published_on: string | null
  entries: number
  names: number
  skipped: { line: number; reason: string }[]
  skipped_count: number
}
export type ImportFailure = { code: string; detail: string; line: number | null }

export async function importList(
  source: { format: ListFormat; files: Partial<Record<FilePart, ReadableStream<Uint8Array>>> },
  sink: (entity: ListedEntity) => void,
): Promise<Result<ImportReport, ImportFailure>> {
  if (source.files.main === undefined) return err({ code: 'file_missing', detail: 'no file', line: null })
  const report: ImportReport = { published_on: null, entries: 0, names: 0, skipped: [], skipped_count: 0 }
  let line = 0
  const text = source.files.main.pipeThrough(new TextDecoderStream())
  for await (const text_line of linesOf(text)) {
    line += 1
    try {
      const value = JSON.parse(text_line)
      if (line === 1 && 'published_on' in value) {
        report.published_on = value.published_on
        continue
      }
      const entity: ListedEntity = value
      report.entries += 1
      report.names += entity.names.length
      sink(entity)
    } catch {
      if (line === 1) return err({ code: 'not_the_format', detail: 'this is no list of JSON lines', line })
      report.skipped_count += 1
    }
  }
  return report.entries === 0 ? err({ code: 'no_entries', detail: 'no entry', line: null }) : ok(report)
}
