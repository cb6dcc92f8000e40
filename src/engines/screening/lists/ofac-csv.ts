// OFAC's SDN and Consolidated lists in CSV: primary names, aliases, addresses and the remarks that overflow, joined by
// `ent_num`. The files have no header; `-0- ` stands for nothing; a byte 0x1A ends them (OFAC "Data specifications").

import { csvRows, type CsvRow } from './csv-rows.ts'
import { ofacEntity } from './ofac-entity.ts'
import { noFacts, readRemarks, type OfacName } from './ofac-facts.ts'
import { ListError } from './report.ts'
import type { Entries } from './entries.ts'
import type { ListedEntity, NameKind } from '../entity.ts'

const COLUMNS = { main: 12, aliases: 5, addresses: 6, comments: 2 } as const
const REMARKS_CHARS = 1000
const ALIAS_KINDS: Readonly<Record<string, NameKind>> = { aka: 'aka', fka: 'former', nka: 'aka' }

type Part = keyof typeof COLUMNS
type Bytes = AsyncIterable<Uint8Array>
type Joined<T> = Map<string, { line: number; values: T[] }>
type SideFiles = { aliases: Joined<OfacName>; addresses: Joined<string>; comments: Joined<string> }

export async function importOfacCsv(
  files: { main: Bytes; aliases: Bytes; addresses: Bytes; comments: Bytes | undefined },
  entries: Entries,
): Promise<void> {
  const sides: SideFiles = {
    aliases: await joinable(files.aliases, 'aliases', entries, aliasOf),
    addresses: await joinable(files.addresses, 'addresses', entries, (fields) => present(fields[4])),
    comments: await joinable(files.comments, 'comments', entries, (fields) => fields[1] ?? ''),
  }
  for await (const rows of csvRows(files.main)) {
    for (const row of rows) {
      const reason = brokenRow(row, 'main')
      if (reason === null) await entries.take(row.line, entityOf(row.fields, sides))
      else entries.skip(row.line, reason)
    }
  }
  skipOrphans(sides, entries)
}

/** A few are slips of the publisher; many mean that the files are not of one day, or that the main one is cut off. */
const MAX_ORPHANS = 20

function skipOrphans(sides: SideFiles, entries: Entries): void {
  const orphans = Object.entries(sides).flatMap(([part, joined]) =>
    [...joined.values()].map(({ line }) => ({ line, reason: `${part}: an ent_num that has no primary name` })),
  )
  if (orphans.length > MAX_ORPHANS) throw new ListError('truncated', 'the files do not belong together')
  for (const { line, reason } of orphans) entries.skip(line, reason)
}

/** Rows of a side file by their `ent_num`. */
async function joinable<T>(
  bytes: Bytes | undefined,
  part: Part,
  entries: Entries,
  valueOf: (fields: readonly string[]) => T,
): Promise<Joined<T>> {
  const joined: Joined<T> = new Map()
  if (bytes === undefined) return joined
  let broken = 0
  let read = 0
  for await (const rows of csvRows(bytes)) {
    for (const row of rows) {
      const reason = brokenRow(row, part)
      if (reason === null) {
        const reference = row.fields[0] ?? ''
        const held = joined.get(reference) ?? { line: row.line, values: [] }
        held.values.push(valueOf(row.fields))
        joined.set(reference, held)
        read += 1
      } else {
        entries.skip(row.line, `${part}: ${reason}`)
        broken += 1
      }
    }
  }
  if (read === 0 || broken > read) throw new ListError('not_the_format', `the file of ${part} is not OFAC's`)
  return joined
}

function brokenRow(row: CsvRow, part: Part): string | null {
  if (row.broken !== null) return row.broken
  const isShort = row.fields.length < COLUMNS[part]
  if (isShort && !row.isTerminated) throw new ListError('truncated', 'the last row is cut off', row.line)
  if (row.fields.length !== COLUMNS[part]) return `not ${COLUMNS[part]} columns`
  return /^\d+$/u.test(row.fields[0] ?? '') ? null : 'no ent_num'
}

const aliasOf = (fields: readonly string[]): OfacName => ({
  written: present(fields[3]),
  kind: ALIAS_KINDS[present(fields[2]).toLowerCase()] ?? 'aka',
})

function entityOf(fields: readonly string[], sides: SideFiles): ListedEntity | null {
  const [uid = '', name, type, programs, , callSign, , , , flag, , remarks = ''] = fields
  const facts = noFacts()
  readRemarks(wholeRemarks(remarks, taken(sides.comments, uid)), facts)
  return ofacEntity({
    uid,
    type: present(type),
    name: present(name),
    aliases: taken(sides.aliases, uid),
    countries: [...taken(sides.addresses, uid), present(flag)],
    callSign: present(callSign),
    programs: programsOf(programs),
    facts,
  })
}

/** Takes them out: what is left in the end belongs to no entry. */
function taken<T>(joined: Joined<T>, uid: string): T[] {
  const held = joined.get(uid)
  joined.delete(uid)
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
  present(field)
    .split(/\]\s*\[/u)
    .map((program) => program.replace(/[[\]]/gu, '').trim())
    .filter((program) => program !== '')

function present(field: string | undefined): string {
  const trimmed = (field ?? '').trim()
  return trimmed === '-0-' ? '' : trimmed
}
