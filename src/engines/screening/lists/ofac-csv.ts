// OFAC's SDN and Consolidated lists in CSV: primary names, aliases, addresses and the remarks that overflow, joined by
// `ent_num`. The files have no header; `-0- ` stands for nothing; a byte 0x1A ends them (OFAC "Data specifications").

import { csvRows, type CsvRow } from './csv-rows.ts'
import { countriesOfAll } from './country-names.ts'
import { distinctDates } from './birth-dates.ts'
import { distinctNames, personName, plainName } from './listed-names.ts'
import { readRemarks } from './ofac-remarks.ts'
import { ListError } from './report.ts'
import type { ListFiles, ListSink } from './import-list.ts'
import type { EntitySchema } from '../../../domain/screening/screening.ts'
import type { ListedEntity, ListedName, NameKind } from '../entity.ts'
import type { Tally } from './report.ts'

const COLUMNS = { main: 12, aliases: 5, addresses: 6, comments: 2 } as const
const REMARKS_CHARS = 1000
const SCHEMAS: Readonly<Record<string, EntitySchema>> = {
  individual: 'person',
  '': 'organization',
  entity: 'organization',
  vessel: 'vessel',
  aircraft: 'aircraft',
}
const ALIAS_KINDS: Readonly<Record<string, NameKind>> = { aka: 'aka', fka: 'former', nka: 'aka' }

export const ofacSourceUrl = (uid: string): string => `https://sanctionssearch.ofac.treas.gov/Details.aspx?id=${uid}`

type Part = keyof typeof COLUMNS
type Alias = { written: string; kind: NameKind }
type Joined<T> = Map<string, { line: number; values: T[] }>
type Parts = { aliases: Joined<Alias>; addresses: Joined<string>; comments: Joined<string> }

export async function importOfacCsv(files: ListFiles, sink: ListSink, tally: Tally): Promise<void> {
  if (files.main === undefined) throw new ListError('file_missing', 'the file of primary names is missing')
  if (files.aliases === undefined || files.addresses === undefined) {
    throw new ListError('file_missing', 'the file of aliases or that of addresses is missing')
  }
  const parts: Parts = {
    aliases: await joinable(files.aliases, 'aliases', tally, aliasOf),
    addresses: await joinable(files.addresses, 'addresses', tally, (fields) => present(fields[4])),
    comments: await joinable(files.comments, 'comments', tally, (fields) => fields[1] ?? null),
  }
  const seen = new Set<string>()
  for await (const rows of csvRows(files.main)) {
    for (const row of rows) {
      const reason = brokenRow(row, 'main') ?? (seen.has(row.fields[0] ?? '') ? 'an ent_num that came before' : null)
      const entity = reason === null ? entityOf(row.fields, parts) : null
      if (entity === null) tally.skip(row.line, reason ?? 'no name, or a type that is not known')
      else {
        seen.add(entity.reference)
        tally.entry(entity.names.length)
        await sink.entity(entity)
      }
    }
  }
  skipOrphans(parts, tally)
}

/** Rows of a side file by their `ent_num`. */
async function joinable<T>(
  bytes: ReadableStream<Uint8Array> | undefined,
  part: Part,
  tally: Tally,
  valueOf: (fields: readonly string[]) => T | null,
): Promise<Joined<T>> {
  const joined: Joined<T> = new Map()
  if (bytes === undefined) return joined
  let read = 0
  let broken = 0
  for await (const rows of csvRows(bytes)) {
    for (const row of rows) {
      const reason = brokenRow(row, part)
      if (reason !== null) {
        broken += 1
        tally.skip(row.line, `${part}: ${reason}`)
        continue
      }
      read += 1
      const reference = row.fields[0] ?? ''
      const held = joined.get(reference) ?? { line: row.line, values: [] }
      joined.set(reference, held)
      const value = valueOf(row.fields)
      if (value !== null) held.values.push(value)
    }
  }
  if (broken > read || read === 0) throw new ListError('not_the_format', `the file of ${part} is not OFAC's`)
  return joined
}

function brokenRow(row: CsvRow, part: Part): string | null {
  if (row.broken !== null) return row.broken
  const isShort = row.fields.length < COLUMNS[part]
  if (isShort && !row.isTerminated) throw new ListError('truncated', 'the last row is cut off', row.line)
  if (row.fields.length !== COLUMNS[part]) return `not ${COLUMNS[part]} columns`
  return /^\d+$/u.test(row.fields[0] ?? '') ? null : 'no ent_num'
}

function aliasOf(fields: readonly string[]): Alias | null {
  const written = present(fields[3])
  return written === null ? null : { written, kind: ALIAS_KINDS[present(fields[2]) ?? ''] ?? 'aka' }
}

function skipOrphans(parts: Parts, tally: Tally): void {
  for (const [part, joined] of Object.entries(parts)) {
    for (const { line } of joined.values()) tally.skip(line, `${part}: an ent_num that has no primary name`)
  }
}

/** Takes what belongs to the entry out of `parts`; what is left in the end belongs to none. */
function entityOf(fields: readonly string[], parts: Parts): ListedEntity | null {
  const [reference = '', , , , , callSign, , , , flag] = fields
  const aliases = taken(parts.aliases, reference)
  const addresses = taken(parts.addresses, reference)
  const comments = taken(parts.comments, reference)
  const schema = SCHEMAS[(present(fields[2]) ?? '').toLowerCase()]
  const name = present(fields[1])
  if (schema === undefined || name === null) return null
  const remarks = readRemarks(wholeRemarks(fields[11] ?? '', comments))
  const named = ({ written, kind }: Alias): ListedName =>
    schema === 'person' ? personName(written, kind) : plainName(written, kind)
  const sign = present(callSign)
  return {
    reference,
    schema,
    names: distinctNames([{ written: name, kind: 'primary' as const }, ...aliases, ...remarks.names].map(named)),
    births: distinctDates(remarks.births),
    nationalities: [...new Set(remarks.nationalities)],
    countries: [...new Set([...countriesOfAll([...addresses, present(flag) ?? '']), ...remarks.countries])],
    gender: remarks.gender,
    identifiers: sign === null ? remarks.identifiers : [...remarks.identifiers, { type: 'other', value: sign }],
    programs: programsOf(fields[3]),
    listed_on: remarks.listed_on,
    source_url: ofacSourceUrl(reference),
  }
}

function taken<T>(joined: Joined<T>, reference: string): T[] {
  const held = joined.get(reference)
  joined.delete(reference)
  return held?.values ?? []
}

/** The column ends after 1,000 characters, anywhere in a word; the comments go on. Without them the last clause is cut. */
function wholeRemarks(remarks: string, comments: readonly string[]): string {
  if (remarks.trim() === '-0-') return ''
  if (comments.length > 0) return remarks + comments.join('')
  return remarks.length < REMARKS_CHARS ? remarks : remarks.slice(0, Math.max(remarks.lastIndexOf(';'), 0))
}

/** `SDNTK] [SDGT` is two programs. */
const programsOf = (field: string | undefined): string[] =>
  (present(field) ?? '')
    .split(/\]\s*\[/u)
    .map((program) => program.replace(/[[\]]/gu, '').trim())
    .filter((program) => program !== '')

function present(field: string | undefined): string | null {
  const trimmed = (field ?? '').trim()
  return trimmed === '' || trimmed === '-0-' ? null : trimmed
}
