// What birth date, country, gender and identifiers say for or against an entry whose name is near. In logits: a day of
// birth that agrees is worth about what a further rare name is; one that is years off outweighs an equal name.

import type { Evidence, ScreeningSubject } from '../../../domain/screening/screening.ts'
import type { BirthDate } from '../entity.ts'
import { comparableIdentifier } from '../index/identifiers.ts'
import type { StoredEntity } from '../index/stored-entity.ts'

export type WeighedEvidence = Omit<Evidence, 'effect'> & { logit: number }

/** Decides from eight characters on; shorter numbers are given out twice in the world. */
const identifierLogit = (length: number): number => Math.min(9, 2 * (length - 4))
/** An equal number counts from here, however unlike the names: the bearer may have changed his. */
export const LEAST_WITH_IDENTIFIER = -3
const SAME_DAY = 2.5
const SAME_YEAR = 1
const SAME_RANGE = 0.4
/** Day and month the wrong way round, or one digit off, as clerks and typists do. */
const SLIP_OF_DATE = 0.3
const NEXT_YEAR = -1.2
const OTHER_DAY = -2
const YEARS_OFF = -3
const FAR_OFF = -5
const SAME_COUNTRY = 0.5
const OTHER_NATIONALITY = -0.8
const OTHER_GENDER = -2.5
const SAME_GENDER = 0.05

const CIRCA_YEARS = 2
const YEARS_OFF_FROM = 2
const FAR_OFF_FROM = 6

export function weighEvidence(subject: ScreeningSubject, entity: StoredEntity): WeighedEvidence[] {
  return [
    ...identifierEvidence(subject, entity),
    ...birthEvidence(subject.date_of_birth ?? null, entity.births),
    ...countryEvidence(subject.countries ?? [], entity),
    ...genderEvidence(subject.gender ?? null, entity.gender),
  ]
}

function identifierEvidence(subject: ScreeningSubject, entity: StoredEntity): WeighedEvidence[] {
  const listed = new Map(entity.identifiers.map((one) => [comparableIdentifier(one.value), one.value]))
  for (const identifier of subject.identifiers ?? []) {
    const comparable = comparableIdentifier(identifier)
    const same = comparable === null ? undefined : listed.get(comparable)
    if (comparable === null || same === undefined) continue
    const logit = identifierLogit(comparable.length)
    return [{ factor: 'identifier', outcome: 'supports', logit, subject: identifier, listed: same }]
  }
  return []
}

function birthEvidence(date: string | null, births: readonly BirthDate[]): WeighedEvidence[] {
  if (date === null || births.length === 0) return []
  const judged = births.map((birth) => ({ birth, logit: birthLogit(date, birth) }))
  const best = judged.reduce((one, other) => (other.logit > one.logit ? other : one))
  return [
    {
      factor: 'date_of_birth',
      outcome: best.logit > 0 ? 'supports' : 'contradicts',
      logit: best.logit,
      subject: date,
      listed: birthText(best.birth),
    },
  ]
}

function birthLogit(date: string, birth: BirthDate): number {
  if (birth.precision === 'exact') {
    if (date === birth.from) return SAME_DAY
    if (isSlip(date, birth.from)) return SLIP_OF_DATE
    const years = Math.abs(yearOf(date) - yearOf(birth.from))
    if (years === 0) return OTHER_DAY
    return years < YEARS_OFF_FROM ? OTHER_DAY : years < FAR_OFF_FROM ? YEARS_OFF : FAR_OFF
  }
  const slack = birth.precision === 'circa' ? CIRCA_YEARS : 0
  const [from, to] = [yearOf(birth.from) - slack, yearOf(birth.to) + slack]
  const year = yearOf(date)
  if (year >= from && year <= to) return to - from < 1 ? SAME_YEAR : SAME_RANGE
  const off = year < from ? from - year : year - to
  return off === 1 ? NEXT_YEAR : off < FAR_OFF_FROM ? YEARS_OFF : FAR_OFF
}

const yearOf = (date: string): number => Number(date.slice(0, 4))

function isSlip(one: string, other: string): boolean {
  const [year, month, day] = one.split('-')
  if (`${year}-${day}-${month}` === other) return true
  let different = 0
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) different += 1
  return different === 1 && one.slice(0, 3) === other.slice(0, 3)
}

const birthText = ({ precision, from, to }: BirthDate): string => {
  if (precision === 'exact') return from
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)]
  const years = first === last ? first : `${first} to ${last}`
  return precision === 'circa' ? `about ${years}` : years
}

function countryEvidence(countries: readonly string[], entity: StoredEntity): WeighedEvidence[] {
  const listed = [...new Set([...entity.nationalities, ...entity.countries])]
  if (countries.length === 0 || listed.length === 0) return []
  const texts = { subject: countries.join(', '), listed: listed.join(', ') }
  if (countries.some((country) => listed.includes(country)))
    return [{ factor: 'country', outcome: 'supports', logit: SAME_COUNTRY, ...texts }]
  return entity.nationalities.length === 0
    ? []
    : [{ factor: 'country', outcome: 'contradicts', logit: OTHER_NATIONALITY, ...texts }]
}

function genderEvidence(gender: 'male' | 'female' | null, listed: 'male' | 'female' | null): WeighedEvidence[] {
  if (gender === null || listed === null) return []
  const isSame = gender === listed
  return [
    {
      factor: 'gender',
      outcome: isSame ? 'supports' : 'contradicts',
      logit: isSame ? SAME_GENDER : OTHER_GENDER,
      subject: gender,
      listed,
    },
  ]
}
