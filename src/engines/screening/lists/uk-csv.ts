// The UK Sanctions List of the FCDO in CSV: `Report Date: 13-Feb-2026` above the header, then a row for each name,
// address, birth date or document of a designation, all with its Unique ID.

import { calendarDay } from './birth-dates.ts'
import { headedRows, type HeadedRow } from './headed-csv.ts'
import { ukEntity, type UkParts } from './uk-entity.ts'
import type { Entries } from './entries.ts'

const REQUIRED = ['Unique ID', 'Name 6', 'Name type', 'Designation Type', 'Regime Name']

export async function importUkCsv(file: AsyncIterable<Uint8Array>, entries: Entries): Promise<void> {
  const designations = new Map<string, { line: number; parts: UkParts }>()
  const csv = {
    separator: ',' as const,
    required: REQUIRED,
    preamble: (text: string) => {
      entries.publishedOn ??= calendarDay(text.replace(/^report date:?/iu, ''))
    },
  }
  for await (const rows of headedRows(file, csv)) {
    for (const row of rows) {
      const uniqueId = row.value('Unique ID')
      const reason = row.broken ?? (uniqueId === '' ? 'no Unique ID' : null)
      if (reason !== null) {
        entries.skip(row.line, reason)
        continue
      }
      const held = designations.get(uniqueId) ?? { line: row.line, parts: noParts(row, uniqueId) }
      designations.set(uniqueId, held)
      addRow(row, held.parts)
    }
  }
  for (const { line, parts } of designations.values()) await entries.take(line, ukEntity(parts))
}

const noParts = (row: HeadedRow, uniqueId: string): UkParts => ({
  uniqueId,
  kind: row.value('Designation Type'),
  names: [],
  nonLatinNames: [],
  births: [],
  nationalities: [],
  countries: [],
  genders: [],
  passports: [],
  nationalIds: [],
  registrations: [],
  imoNumbers: [],
  regimes: [row.value('Regime Name')],
  designatedOn: row.value('Date Designated'),
})

/** Most rows repeat what the rows before them say: a text that is held already is not held again. */
function addRow(row: HeadedRow, into: UkParts): void {
  const given = [1, 2, 3, 4, 5].map((part) => row.value(`Name ${part}`))
  const name = {
    given,
    family: row.value('Name 6'),
    type: row.value('Name type'),
    strength: row.value('Alias strength'),
  }
  addOnce(into.names, name, (held) => [...held.given, held.family, held.type, held.strength].join('\n'))
  add(into.nonLatinNames, row.value('Name non-latin script'))
  add(into.births, row.value('D.O.B'))
  add(into.nationalities, row.value('Nationality(/ies)'))
  add(into.countries, row.value('Address Country'))
  add(into.countries, row.value('Current believed flag of ship'))
  add(into.genders, row.value('Gender'))
  add(into.registrations, row.value('Business registration number (s)'))
  add(into.imoNumbers, row.value('IMO number'))
  const passport = { number: row.value('Passport number'), info: row.value('Passport additional information') }
  addOnce(into.passports, passport, (held) => held.number)
  const id = {
    number: row.value('National Identifier number'),
    info: row.value('National Identifier additional information'),
  }
  addOnce(into.nationalIds, id, (held) => held.number)
}

function add(held: string[], value: string): void {
  if (value !== '') addOnce(held, value, (text) => text)
}

function addOnce<T>(held: T[], value: T, keyOf: (value: T) => string): void {
  if (!held.some((one) => keyOf(one) === keyOf(value))) held.push(value)
}
