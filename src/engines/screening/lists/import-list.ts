// The door of the importers: the files of one list in, its entries out, one after the other. A list is taken whole or
// not at all: after a failure what the sink was given must be thrown away. Memory stays at one entry, but for the side
// files of OFAC's CSV.

import { err, ok, type Result } from '../../../domain/result.ts'
import { importOfacCsv } from './ofac-csv.ts'
import { ListError, Tally, type ImportFailure, type ImportReport } from './report.ts'
import { importUnXml } from './un-xml.ts'
import type { FilePart, ListFormat } from '../catalog.ts'
import type { ListedEntity } from '../entity.ts'

export type { ImportFailure, ImportFailureCode, ImportReport, SkippedRow } from './report.ts'

export type ListFiles = Partial<Record<FilePart, ReadableStream<Uint8Array>>>

export interface ListSink {
  entity(entity: ListedEntity): void | Promise<void>
}

type Importer = (files: ListFiles, sink: ListSink, tally: Tally) => Promise<void>

const IMPORTERS: Partial<Record<ListFormat, Importer>> = {
  'ofac-csv': importOfacCsv,
  'un-xml': importUnXml,
}

/** Errors of the streams and of the sink pass through; what is wrong with the list is a value. */
export async function importList(
  source: { format: ListFormat; files: ListFiles },
  sink: ListSink,
): Promise<Result<ImportReport, ImportFailure>> {
  const importer = IMPORTERS[source.format]
  if (importer === undefined) return err({ code: 'not_the_format', detail: 'a format that is not read', line: null })
  const tally = new Tally()
  try {
    await importer(source.files, sink, tally)
    return ok(tally.report())
  } catch (thrown) {
    if (thrown instanceof ListError) return err(thrown.failure)
    throw thrown
  }
}
