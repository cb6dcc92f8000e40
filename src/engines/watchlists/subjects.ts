// Whom the watchlists are asked about, from what a session holds: the subject under all its names with all that is known
// of it, and everybody else that the session names with what was said of them alone. Facts of one are never evidence for
// or against another: a birth date that is somebody else's would talk a hit away.

import type { CheckInputs, ScreenedName } from '../../domain/decision/check-results.ts'
import { identityName } from '../../domain/screening/identity-name.ts'
import type { ScreeningSubject } from '../../domain/screening/screening.ts'

type Facts = Pick<ScreeningSubject, 'date_of_birth' | 'countries' | 'gender' | 'identifiers'>

export function subjectsOf({ subject }: Pick<CheckInputs, 'subject'>): ScreeningSubject[] {
  const screened = subject.names.filter((name) => name.validate_lists && identityName(name.value) !== '')
  const own = screened.filter((name) => name.bearer === undefined && name.kind === subject.kind)
  const others = screened.filter((name) => !own.includes(name))
  return withoutRepeats([
    ...(own.length === 0 ? [] : [{ kind: subject.kind, names: distinct(own), ...ownFacts(subject) }]),
    ...others.map((name) => ({ kind: name.kind, names: [name.value], ...bearerFacts(name) })),
  ])
}

function ownFacts(subject: CheckInputs['subject']): Facts {
  const numbers = subject.kind === 'company' ? [subject.registration_number] : subject.document_numbers
  return {
    date_of_birth: subject.kind === 'company' ? null : civilDate(subject.date_of_birth),
    countries: [...new Set(subject.countries.map((one) => one.country_code))],
    gender: subject.kind === 'company' ? null : genderOf(subject.gender),
    identifiers: [...new Set([...numbers, subject.tax_id].filter((number) => number !== null))],
  }
}

const bearerFacts = ({ bearer }: ScreenedName): Facts => ({
  date_of_birth: civilDate(bearer?.date_of_birth ?? null),
  countries: [...new Set(bearer?.countries)],
  gender: genderOf(bearer?.gender ?? null),
  identifiers: [...new Set(bearer?.identifiers)],
})

/** Forms and documents give a day as YYYY-MM-DD; a text that is none of that says nothing. */
const civilDate = (text: string | null): string | null =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? text : null

function genderOf(text: string | null): ScreeningSubject['gender'] {
  const word = text?.trim().toLowerCase()
  if (word === 'm' || word === 'male') return 'male'
  return word === 'f' || word === 'female' ? 'female' : null
}

function distinct(names: readonly ScreenedName[]): string[] {
  const first = new Map<string, string>()
  for (const { value } of names) if (!first.has(identityName(value))) first.set(identityName(value), value)
  return [...first.values()]
}

const withoutRepeats = (subjects: readonly ScreeningSubject[]): ScreeningSubject[] => [
  ...new Map(subjects.map((subject) => [JSON.stringify(subject), subject])).values(),
]
