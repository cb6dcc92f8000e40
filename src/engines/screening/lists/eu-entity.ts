// An entry of the EU's consolidated list from its parts, the same for CSV and XML. The list marks no name as the main
// one: the first strong one in Latin script is taken.

import { approximately, birthDate, birthYears, calendarDay, distinctDates } from './birth-dates.ts'
import { countriesOfAll, countryOf } from './country-names.ts'
import { distinctIdentifiers, wordedIdentifierType } from './identifier-types.ts'
import { distinctNames, genderOf, isOtherScript, plainName } from './listed-names.ts'
import type { EntitySchema } from '../../../domain/screening/screening.ts'
import type { BirthDate, ListedEntity, ListedIdentifier, ListedName } from '../entity.ts'

export type EuName = {
  first: string
  middle: string
  last: string
  whole: string
  /** The CSV does not tell: true. */
  isStrong: boolean
  gender: string
}

export type EuBirth = {
  date: string
  day: string
  month: string
  year: string
  fromYear: string
  toYear: string
  isCirca: boolean
  calendar: string
}

export type EuDocument = { number: string; latinNumber: string; code: string; description: string; country: string }

export type EuParts = {
  reference: string
  /** `person` or `enterprise`, or the code `P` or `E`. */
  subject: string
  names: EuName[]
  births: EuBirth[]
  /** ISO codes; the EU writes `00` for unknown. */
  citizenships: string[]
  countries: string[]
  documents: EuDocument[]
  programmes: string[]
  designatedOn: string
  url: string
}

const SCHEMAS: Readonly<Record<string, EntitySchema>> = {
  person: 'person',
  p: 'person',
  enterprise: 'organization',
  e: 'organization',
  vessel: 'vessel',
  ship: 'vessel',
  v: 'vessel',
  aircraft: 'aircraft',
}

/** Null without a name or with a subject that is not known. */
export function euEntity(parts: EuParts): ListedEntity | null {
  const schema = SCHEMAS[parts.subject.toLowerCase()]
  const names = namesOf(parts.names)
  if (schema === undefined || names.length === 0) return null
  return {
    reference: parts.reference,
    schema,
    names: schema === 'person' ? names : names.map(({ value, kind }) => ({ value, kind })),
    births: distinctDates(parts.births.map(birthOf)),
    nationalities: countriesOfAll(parts.citizenships),
    countries: countriesOfAll(parts.countries),
    gender: parts.names.map(({ gender }) => genderOf(gender)).find((gender) => gender !== null) ?? null,
    identifiers: distinctIdentifiers(parts.documents.flatMap(identifiersOf)),
    programs: [...new Set(parts.programmes.filter((programme) => programme !== ''))],
    listed_on: calendarDay(parts.designatedOn),
    source_url: /^https?:\/\//u.test(parts.url) ? parts.url : null,
  }
}

function namesOf(written: readonly EuName[]): ListedName[] {
  const names = distinctNames(written.map(nameOf))
  const main =
    names.find(({ kind }) => kind === 'aka') ?? names.find(({ kind }) => kind === 'original_script') ?? names[0]
  if (main === undefined) return []
  return [{ ...main, kind: 'primary' }, ...names.filter((name) => name !== main)]
}

function nameOf({ first, middle, last, whole, isStrong }: EuName): ListedName {
  const name = plainName(whole === '' ? `${first} ${middle} ${last}` : whole, 'aka')
  const kind = !isStrong ? 'weak_aka' : isOtherScript(name.value) ? 'original_script' : 'aka'
  const isTold = last !== '' && name.value !== last && name.value.includes(last)
  return isTold ? { ...name, kind, family: last } : { ...name, kind }
}

function birthOf(birth: EuBirth): BirthDate | null {
  if (birth.calendar !== '' && !/^gregorian$/iu.test(birth.calendar)) return null
  const date =
    birthDate(birth.date) ??
    birthYears(birth.fromYear, birth.toYear) ??
    birthDate(`${birth.day === '' ? 'dd' : birth.day}/${birth.month === '' ? 'mm' : birth.month}/${birth.year}`)
  return date !== null && birth.isCirca ? approximately(date) : date
}

function identifiersOf(document: EuDocument): ListedIdentifier[] {
  const country = countryOf(document.country)
  const issued = country === undefined ? {} : { country }
  const type = wordedIdentifierType(`${document.description} ${document.code}`)
  return [document.number, document.latinNumber]
    .map((number) => number.trim())
    .filter((number) => /\p{N}|^[A-Z]{8,}$/u.test(number))
    .map((value) => ({ type, value, ...issued }))
}
