// What OFAC tells of an entry beside its names and addresses, by label: `DOB`, `nationality`, `Passport`, `Digital
// Currency Address - XBT`. The CSV writes all of it into one text of remarks, clause by clause; the XML has elements.
// A label that is not known is left unread.

import { birthDate, calendarDay } from './birth-dates.ts'
import { countriesOf, countryOf } from './country-names.ts'
import { ofacIdentifierType, ofacLabelled } from './identifier-types.ts'
import { genderOf } from './listed-names.ts'
import type { BirthDate, IdentifierType, ListedEntity, ListedIdentifier, NameKind } from '../entity.ts'

/** As OFAC writes it: `LAST, First` of people. */
export type OfacName = { written: string; kind: NameKind }

export type OfacFacts = {
  names: OfacName[]
  births: BirthDate[]
  nationalities: string[]
  countries: string[]
  gender: ListedEntity['gender']
  identifiers: ListedIdentifier[]
  /** The earliest listing under a directive; OFAC tells no other. */
  listed_on: string | null
}

/** A nickname in quotes is what OFAC calls a weak alias. */
const QUOTED_KINDS: Readonly<Record<string, NameKind>> = { a: 'weak_aka', f: 'former', n: 'aka' }

export const noFacts = (): OfacFacts => ({
  names: [],
  births: [],
  nationalities: [],
  countries: [],
  gender: null,
  identifiers: [],
  listed_on: null,
})

/** `DOB 04 Nov 1962; nationality Iran; Passport A123 (Iran); alt. Passport B456; a.k.a. 'NICK'.` */
export function readRemarks(text: string, into: OfacFacts): void {
  for (const clause of clausesOf(text)) readClause(clause.replace(/^alt\. /iu, ''), into)
}

/** One `<id>` of the XML. */
export function readId(id: { type: string; number: string; country: string }, into: OfacFacts): void {
  const label = id.type.replace(/:$/u, '')
  if (readFact(label, id.number === '' ? id.country : id.number, into)) return
  const asset = /^Digital Currency Address - ([A-Z0-9]{2,10})$/u.exec(label)?.[1]
  if (asset !== undefined) into.identifiers.push({ type: 'wallet', value: id.number, asset })
  else addIdentifier(ofacIdentifierType(label), id.number, id.country, into)
}

function readClause(clause: string, into: OfacFacts): void {
  const fact = /^(DOB|nationality of registration|nationality|citizen|gender|Listing Date \([^)]*\)):? (.+)$/iu.exec(
    clause,
  )
  if (fact !== null && readFact(fact[1] ?? '', fact[2] ?? '', into)) return
  const [, letter = '', written = ''] = /^([afn])\.k\.a\. ['"“](.+)['"”]$/iu.exec(clause) ?? []
  const kind = QUOTED_KINDS[letter.toLowerCase()]
  if (kind !== undefined) into.names.push({ written, kind })
  else readNumber(clause, into)
}

/** False when the label is none of these. */
function readFact(label: string, value: string, into: OfacFacts): boolean {
  const plain = label.toLowerCase()
  if (plain === 'dob') {
    const date = birthDate(value)
    if (date !== null) into.births.push(date)
  } else if (plain === 'nationality' || plain === 'citizen') into.nationalities.push(...countriesOf(value))
  else if (plain === 'nationality of registration') into.countries.push(...countriesOf(value))
  else if (plain === 'gender') into.gender = genderOf(value)
  else if (plain.startsWith('listing date')) {
    const day = calendarDay(value)
    if (day !== null && (into.listed_on === null || day < into.listed_on)) into.listed_on = day
  } else return false
  return true
}

function readNumber(clause: string, into: OfacFacts): void {
  const [, asset, address] = /^Digital Currency Address - ([A-Z0-9]{2,10}) (\S+)$/u.exec(clause) ?? []
  if (asset !== undefined && address !== undefined) {
    into.identifiers.push({ type: 'wallet', value: address, asset })
    return
  }
  const labelled = ofacLabelled(clause)
  if (labelled === null) return
  const [, value = '', tail = ''] = /^(.*?)(?= \(| issued | expires |$)(.*)$/u.exec(labelled.rest) ?? []
  addIdentifier(labelled.type, value, /^ \(([^)]*)\)/u.exec(tail)?.[1] ?? '', into)
}

/** `IMO 9187655` is a ship under whatever label, but that of a company counts in a series of its own. */
function addIdentifier(type: IdentifierType | null, written: string, issuer: string, into: OfacFacts): void {
  const value = written.trim()
  if (type === null || !/[\p{L}\p{N}]/u.test(value) || /^(?:none|unknown|n\/a)$/iu.test(value)) return
  const imo = /^IMO:? ?(\d{7})$/iu.exec(value)?.[1]
  const country = countryOf(issuer)
  const issued = country === undefined ? {} : { country }
  if (imo !== undefined) into.identifiers.push({ type: type === 'registration' ? 'registration' : 'imo', value: imo })
  else into.identifiers.push({ type: type === 'imo' ? 'other' : type, value, ...issued })
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
