// The door of the importers: the files of one list in, its entries out, one after the other. A list is taken whole or
// not at all: after a failure what the sink was given must be thrown away. Of XML one entry is held at a time; of the
// CSV formats that spread an entry over rows, what they say of entries.

import { err, ok, type Result } from '../../../domain/result.ts'
import { Entries, type ListSink } from './entries.ts'
import { importEuCsv } from './eu-csv.ts'
import { importEuXml } from './eu-xml.ts'
import { importOfacCsv } from './ofac-csv.ts'
import { importOfacXml } from './ofac-xml.ts'
import { importOpenSanctionsCsv } from './opensanctions-csv.ts'
import { ListError, type ImportFailure, type ImportReport } from './report.ts'
import { importUkCsv } from './uk-csv.ts'
import { importUkXml } from './uk-xml.ts'
import { importUnXml } from './un-xml.ts'
import type { FilePart, ListFormat } from '../catalog.ts'

export type { ListSink } from './entries.ts'
export type { ImportFailure, ImportFailureCode, ImportReport, SkippedRow } from './report.ts'

/**
 * A `ReadableStream` of a response or of R2, or a file of Node. One whose reading began is cancelled when the list fails;
 * the others are left to the caller.
 */
export type ListFiles = Partial<Record<FilePart, AsyncIterable<Uint8Array>>>

const ONE_FILE: Readonly<
  Record<Exclude<ListFormat, 'ofac-csv'>, (file: AsyncIterable<Uint8Array>, entries: Entries) => Promise<void>>
> = {
  'ofac-xml': importOfacXml,
  'un-xml': importUnXml,
  'eu-csv': importEuCsv,
  'eu-xml': importEuXml,
  'uk-csv': importUkCsv,
  'uk-xml': importUkXml,
  'opensanctions-csv': importOpenSanctionsCsv,
}

/** Errors of the streams and of the sink pass through; what is wrong with the list is a value. */
export async function importList(
  source: { format: ListFormat; files: ListFiles },
  sink: ListSink,
): Promise<Result<ImportReport, ImportFailure>> {
  const { format, files } = source
  const { main, aliases, addresses, comments } = files
  const entries = new Entries(sink)
  try {
    if (main === undefined) throw new ListError('file_missing', 'the main file is missing')
    if (format !== 'ofac-csv') await ONE_FILE[format](main, entries)
    else if (aliases === undefined || addresses === undefined) {
      throw new ListError('file_missing', 'the file of aliases or that of addresses is missing')
    } else await importOfacCsv({ main, aliases, addresses, comments }, entries)
    return ok(entries.report())
  } catch (thrown) {
    if (thrown instanceof ListError) return err(thrown.failure)
    throw thrown
  }
}
