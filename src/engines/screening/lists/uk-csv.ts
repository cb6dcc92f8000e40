// The UK Sanctions List of the FCDO in CSV: `Report Date: 13-Feb-2026` above the header, then a row for each name,
// address, birth date or document of a designation, all with its Unique ID.

import { calendarDay } from './birth-dates.ts'
import { gatheredRows, type HeadedRow } from './headed-csv.ts'
import { ukEntity, type UkParts } from './uk-entity.ts'
import type { Entries } from './entries.ts'

const REQUIRED = ['Unique ID', 'Name 6', 'Name type', 'Designation Type', 'Regime Name']

export async function importUkCsv(file: AsyncIterable<Uint8Array>, entries: Entries): Promise<void> {
  const csv = {
    separator: ',' as const,
    required: REQUIRED,
    reference: 'Unique ID',
    preamble: (text: string) => {
      entries.publishedOn ??= calendarDay(text.replace(/^report date:?/iu, ''))
    },
  }
  const designations = await gatheredRows(file, csv, entries, { begin: noParts, add: addRow })
  for (const { line, parts } of designations) await entries.take(line, ukEntity(parts))
}

const noParts = (row: HeadedRow): UkParts => ({
  uniqueId: row.value('Unique ID'),
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
