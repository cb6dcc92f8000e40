// OFAC writes what has no column into one text of remarks: `DOB 04 Nov 1962; nationality Iran; Passport A123 (Iran);
// Digital Currency Address - XBT 1…; a.k.a. 'NICK'.` What is no known clause is left unread.

import { birthDate, calendarDay } from './birth-dates.ts'
import { countriesOf, countryOf } from './country-names.ts'
import { ofacLabelled } from './identifier-types.ts'
import type { BirthDate, ListedEntity, ListedIdentifier, NameKind } from '../entity.ts'

export type Remarks = {
  /** As OFAC writes them, `LAST, First`. */
  names: { written: string; kind: NameKind }[]
  births: BirthDate[]
  nationalities: string[]
  countries: string[]
  gender: ListedEntity['gender']
  identifiers: ListedIdentifier[]
  /** The earliest listing under a directive. */
  listed_on: string | null
}

const NAME_KINDS: Readonly<Record<string, NameKind>> = { a: 'weak_aka', f: 'former', n: 'aka' }

export function readRemarks(text: string): Remarks {
  const remarks: Remarks = {
    names: [],
    births: [],
    nationalities: [],
    countries: [],
    gender: null,
    identifiers: [],
    listed_on: null,
  }
  for (const clause of clausesOf(text)) readClause(clause, remarks)
  return remarks
}

function readClause(clause: string, into: Remarks): void {
  const plain = clause.replace(/^alt\. /iu, '')
  const known = /^(DOB|POB|nationality|citizen|Gender|Nationality of Registration|Vessel Flag)[ :]+(.+)$/iu.exec(plain)
  const [, label = '', value = ''] = known ?? []
  if (known !== null) readFact(label.toLowerCase(), value, into)
  else readName(plain, into)
  const listed = /^Listing Date \([^)]*\):? (\d\d [A-Z][a-z]{2} \d{4})$/u.exec(plain)?.[1]
  const day = listed === undefined ? null : calendarDay(listed)
  if (day !== null && (into.listed_on === null || day < into.listed_on)) into.listed_on = day
}

function readFact(label: string, value: string, into: Remarks): void {
  if (label === 'dob') {
    const date = birthDate(value)
    if (date !== null) into.births.push(date)
  } else if (label === 'nationality' || label === 'citizen') into.nationalities.push(...countriesOf(value))
  else if (label === 'gender') into.gender = genderOf(value)
  else if (label !== 'pob') into.countries.push(...countriesOf(value))
}

function readName(clause: string, into: Remarks): void {
  const [, letter = '', written = ''] = /^([afn])\.k\.a\. ['"“](.+)['"”]$/iu.exec(clause) ?? []
  const kind = NAME_KINDS[letter.toLowerCase()]
  if (kind !== undefined) into.names.push({ written, kind })
  else into.identifiers.push(...identifiersOf(clause))
}

function identifiersOf(clause: string): ListedIdentifier[] {
  const [, asset, address] = /^Digital Currency Address - ([A-Z0-9]{2,10}) (\S+)$/u.exec(clause) ?? []
  if (asset !== undefined && address !== undefined) return [{ type: 'wallet', value: address, asset }]
  const labelled = ofacLabelled(clause)
  if (labelled === null) return []
  const [, value = '', tail = ''] = /^(.*?)(?= \(| issued | expires |$)(.*)$/u.exec(labelled.rest) ?? []
  const identifier = ofacIdentifier(labelled.type, value, /^ \(([^)]*)\)/u.exec(tail)?.[1] ?? '')
  return identifier === null ? [] : [identifier]
}

/** `IMO 9187655` is a ship under whatever label; that of a company counts in a series of its own. */
export function ofacIdentifier(
  type: ListedIdentifier['type'],
  written: string,
  issuer: string,
): ListedIdentifier | null {
  const imo = /^IMO:? ?(\d{7})$/iu.exec(written.trim())?.[1]
  if (imo !== undefined) return { type: type === 'registration' ? 'registration' : 'imo', value: imo }
  const value = written.trim()
  if (!/[\p{L}\p{N}]/u.test(value) || /^(?:none|unknown|n\/a)$/iu.test(value)) return null
  const isShipWithoutImo = type === 'imo'
  const country = countryOf(issuer)
  return { type: isShipWithoutImo ? 'other' : type, value, ...(country === undefined ? {} : { country }) }
}

export function genderOf(text: string): ListedEntity['gender'] {
  if (/^(?:male|m)$/iu.test(text.trim())) return 'male'
  return /^(?:female|f)$/iu.test(text.trim()) ? 'female' : null
}

/** Split at semicolons, but not at those inside brackets, unless brackets are left open. */
function clausesOf(text: string): string[] {
  const clauses: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (char === '(') depth += 1
    else if (char === ')') depth -= 1
    else if (char === ';' && depth <= 0) {
      clauses.push(text.slice(from, at))
      from = at + 1
    }
  }
  clauses.push(text.slice(from))
  return (depth > 0 ? text.split(';') : clauses).map((clause) => clause.trim().replace(/\.$/u, '').trim())
}
