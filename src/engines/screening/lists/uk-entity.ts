// A designation of the UK Sanctions List from its parts, the same for CSV and XML. A name is in up to six pieces:
// 1 to 5 are given names, 6 is the family name, or the whole name of an entity or a ship.

import { birthDate, calendarDay, distinctDates } from './birth-dates.ts'
import { countriesOfAll, countryOf } from './country-names.ts'
import { distinctIdentifiers, wordedIdentifierType } from './identifier-types.ts'
import { distinctNames, genderOf, isOtherScript, nameOfParts, plainName } from './listed-names.ts'
import type { EntitySchema } from '../../../domain/screening/screening.ts'
import type { ListedEntity, ListedIdentifier, ListedName, NameKind } from '../entity.ts'

export type UkName = { given: string[]; family: string; type: string; strength: string }

export type UkDocument = { number: string; info: string }

export type UkParts = {
  uniqueId: string
  kind: string
  names: UkName[]
  nonLatinNames: string[]
  births: string[]
  nationalities: string[]
  /** Of addresses, and the flag of a ship. */
  countries: string[]
  genders: string[]
  passports: UkDocument[]
  nationalIds: UkDocument[]
  /** Free text, several numbers in one at times. */
  registrations: string[]
  imoNumbers: string[]
  regimes: string[]
  designatedOn: string
}

const SCHEMAS: Readonly<Record<string, EntitySchema>> = { individual: 'person', entity: 'organization', ship: 'vessel' }

/** Null without a name or with a kind that is not known. */
export function ukEntity(parts: UkParts): ListedEntity | null {
  const schema = SCHEMAS[parts.kind.toLowerCase()]
  const names = distinctNames([
    ...parts.names.map(nameOf).toSorted(primaryFirst),
    ...parts.nonLatinNames.map(scriptName),
  ])
  if (schema === undefined || names.length === 0) return null
  return {
    reference: parts.uniqueId,
    schema,
    names: schema === 'person' ? names : names.map(({ value, kind }) => ({ value, kind })),
    births: distinctDates(parts.births.map(birthDate)),
    nationalities: countriesOfAll(parts.nationalities),
    countries: countriesOfAll(parts.countries),
    gender: parts.genders.map(genderOf).find((gender) => gender !== null) ?? null,
    identifiers: distinctIdentifiers([
      ...parts.passports.flatMap((passport) => documentOf(passport, 'passport')),
      ...parts.nationalIds.flatMap((id) => documentOf(id, 'national_id')),
      ...parts.registrations.flatMap(registrationsOf),
      ...parts.imoNumbers.flatMap(imoOf),
    ]),
    programs: [...new Set(parts.regimes.filter((regime) => regime !== ''))],
    listed_on: calendarDay(parts.designatedOn),
    source_url: null,
  }
}

/** `Primary Name`, `Primary Name Variation`, `Alias`, in any case; strength is `Low quality a.k.a` or the like. */
function nameOf(name: UkName): ListedName {
  const isWeak = /^low/iu.test(name.strength)
  const kind: NameKind = /^primary name$/iu.test(name.type) ? 'primary' : isWeak ? 'weak_aka' : 'aka'
  return nameOfParts(name.given, name.family, kind)
}

const primaryFirst = (a: ListedName, b: ListedName): number =>
  Number(b.kind === 'primary') - Number(a.kind === 'primary')

/** Some of the non-Latin names are written in Latin. */
const scriptName = (written: string): ListedName =>
  plainName(written, isOtherScript(written) ? 'original_script' : 'aka')

function documentOf({ number, info }: UkDocument, type: 'passport' | 'national_id'): ListedIdentifier[] {
  if (!/\p{N}/u.test(number)) return []
  const worded = type === 'national_id' ? wordedIdentifierType(info) : type
  const country = countryOf(
    info.replace(/\b(?:passport|diplomatic|service|national|identity|identification|id|card|number|no)\b\.?/giu, ''),
  )
  return [{ type: worded === 'other' ? type : worded, value: number, ...(country === undefined ? {} : { country }) }]
}

/**
 * `INN: 7710137066`, `OGRN: 1247700291200\nKPP: 770701001`, or a bare number. A KPP is that of a tax office: thousands of
 * companies share one.
 */
function registrationsOf(text: string): ListedIdentifier[] {
  return text
    .split(/[\n;,|]|(?:^|\s)\(\d\)\s/u)
    .map((piece) => /^(?:(\D*?)[\s:]+)?([^\s:]*\d[^:]*)$/u.exec(piece.trim()))
    .flatMap((match): ListedIdentifier[] => {
      const [, label = '', value = ''] = match ?? []
      const type = wordedIdentifierType(label)
      return value === '' || /^KPP$/iu.test(label) ? [] : [{ type: type === 'tax_id' ? type : 'registration', value }]
    })
}

function imoOf(text: string): ListedIdentifier[] {
  return [...text.matchAll(/\d{7}/gu)].map(([value]) => ({ type: 'imo', value }))
}
