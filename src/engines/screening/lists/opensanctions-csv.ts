// OpenSanctions' `targets.simple.csv`: one row per entry, several values of a column by semicolon (with quotes where a
// value holds one). It tells no kind of name, no issuer and no type of an identifier, and no day of listing.

import { birthDate, calendarDay, distinctDates } from './birth-dates.ts'
import { countriesOfAll } from './country-names.ts'
import { headedRows, type HeadedRow } from './headed-csv.ts'
import { distinctNames, isOtherScript, plainName } from './listed-names.ts'
import type { Entries } from './entries.ts'
import type { EntitySchema } from '../../../domain/screening/screening.ts'
import type { ListedEntity, ListedIdentifier } from '../entity.ts'

const REQUIRED = ['id', 'schema', 'name', 'aliases', 'birth_date', 'countries', 'identifiers', 'dataset']
/** Others (securities, addresses, vehicles) are nothing that a subject can be. */
const SCHEMAS: Readonly<Record<string, EntitySchema>> = {
  Person: 'person',
  Organization: 'organization',
  Company: 'organization',
  LegalEntity: 'organization',
  PublicBody: 'organization',
  CryptoWallet: 'organization',
  Vessel: 'vessel',
  Airplane: 'aircraft',
}

export async function importOpenSanctionsCsv(file: AsyncIterable<Uint8Array>, entries: Entries): Promise<void> {
  for await (const rows of headedRows(file, { separator: ',', required: REQUIRED })) {
    for (const row of rows) {
      if (row.broken !== null) {
        entries.skip(row.line, row.broken)
        continue
      }
      const seen = calendarDay(row.value('last_seen'))
      if (seen !== null && seen > (entries.publishedOn ?? '')) entries.publishedOn = seen
      await entries.take(row.line, entityOf(row))
    }
  }
}

function entityOf(row: HeadedRow): ListedEntity | null {
  const schema = SCHEMAS[row.value('schema')]
  if (schema === undefined) return null
  const reference = row.value('id')
  const programs = valuesOf(row.value('program_ids'))
  return {
    reference,
    schema,
    names: distinctNames([
      plainName(row.value('name'), 'primary'),
      ...valuesOf(row.value('aliases')).map((alias) =>
        plainName(alias, isOtherScript(alias) ? 'original_script' : 'aka'),
      ),
    ]),
    births: distinctDates(valuesOf(row.value('birth_date')).map(birthDate)),
    nationalities: [],
    countries: countriesOfAll(valuesOf(row.value('countries')).map(ownCode)),
    gender: null,
    identifiers: identifiersOf(row),
    programs: programs.length > 0 ? programs : valuesOf(row.value('dataset')),
    listed_on: null,
    source_url: `https://www.opensanctions.org/entities/${encodeURIComponent(reference)}/`,
  }
}

function identifiersOf(row: HeadedRow): ListedIdentifier[] {
  const values = valuesOf(row.value('identifiers'))
  const isWallet = row.value('schema') === 'CryptoWallet'
  return (isWallet && values.length === 0 ? [row.value('name')] : values).map((value): ListedIdentifier => {
    const imo = /^IMO ?(\d{7})$/iu.exec(value)?.[1]
    if (imo !== undefined) return { type: 'imo', value: imo }
    return { type: isWallet ? 'wallet' : 'other', value }
  })
}

/** Of their own codes for what ISO does not have, those that lie in a country: `ua-cri`, `ge-ab`; and the Soviet Union. */
function ownCode(code: string): string {
  if (code === 'suhh') return 'Soviet Union'
  if (code === 'yucs') return 'Yugoslavia'
  if (code === 'cshh') return 'Czechoslovakia'
  return (/^[a-z]{2}-/iu.test(code) ? code.slice(0, 2) : code).toUpperCase()
}

function valuesOf(cell: string): string[] {
  return [...cell.matchAll(/"((?:[^"]|"")*)"|[^;]+/gu)]
    .map(([bare, quoted]) => (quoted?.replaceAll('""', '"') ?? bare).trim())
    .filter((value) => value !== '')
}
