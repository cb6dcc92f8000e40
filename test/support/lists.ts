import { readFileSync } from 'node:fs'
import type { FilePart, ListFormat } from '../../src/engines/screening/catalog.ts'
import type { ListedEntity } from '../../src/engines/screening/entity.ts'
import { importList, type ImportFailure, type ImportReport } from '../../src/engines/screening/lists/import-list.ts'

export type FixtureFiles = Partial<Record<FilePart, string>>

/** One small list in each format, as the publishers lay them out; everybody in them is invented. */
export const LIST_FIXTURES: readonly { format: ListFormat; files: FixtureFiles }[] = [
  {
    format: 'ofac-csv',
    files: {
      main: 'ofac_sdn.csv',
      aliases: 'ofac_alt.csv',
      addresses: 'ofac_add.csv',
      comments: 'ofac_sdn_comments.csv',
    },
  },
  { format: 'ofac-xml', files: { main: 'ofac_sdn.xml' } },
  { format: 'un-xml', files: { main: 'un_consolidated.xml' } },
  { format: 'eu-csv', files: { main: 'eu_fsf.csv' } },
  { format: 'eu-xml', files: { main: 'eu_fsf.xml' } },
  { format: 'uk-csv', files: { main: 'uk_sl.csv' } },
  { format: 'uk-xml', files: { main: 'uk_sl.xml' } },
  { format: 'opensanctions-csv', files: { main: 'targets.simple.csv' } },
]

export const listFixture = (name: string): Uint8Array => readFileSync(`test/support/fixtures/lists/${name}`)

/** The bytes in pieces of these lengths, over and over; in one piece by default. */
export function streamOf(bytes: Uint8Array, sizes: readonly number[] = []): ReadableStream<Uint8Array> {
  let from = 0
  let turn = 0
  return new ReadableStream({
    pull(controller) {
      if (from >= bytes.length) return controller.close()
      const size = sizes.length === 0 ? bytes.length : (sizes[turn % sizes.length] ?? 1)
      controller.enqueue(bytes.subarray(from, from + size))
      from += size
      turn += 1
    },
  })
}

export type Imported = {
  entities: ListedEntity[]
  report: ImportReport | null
  failure: ImportFailure | null
}

export async function imported(
  format: ListFormat,
  files: Partial<Record<FilePart, Uint8Array | string>>,
  sizes: readonly number[] = [],
): Promise<Imported> {
  const streams: Partial<Record<FilePart, ReadableStream<Uint8Array>>> = {}
  for (const part of ['main', 'aliases', 'addresses', 'comments'] as const) {
    const bytes = files[part]
    if (bytes !== undefined) {
      streams[part] = streamOf(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, sizes)
    }
  }
  const entities: ListedEntity[] = []
  const result = await importList({ format, files: streams }, { entity: (entity) => void entities.push(entity) })
  return result.ok
    ? { entities, report: result.value, failure: null }
    : { entities, report: null, failure: result.error }
}

export function fixtureBytes(files: FixtureFiles): Partial<Record<FilePart, Uint8Array>> {
  return Object.fromEntries(Object.entries(files).map(([part, name]) => [part, listFixture(name)]))
}
