// Every name that a form gives, of the subject and of whom else it names, and what is known of each bearer. A fact is given
// to a name only where the form ties the two together: the subject's own, the same entry of a list, nothing else.

import { identityName } from '../screening/identity-name.ts'
import type { NameBearer, ScreenedName } from './check-results.ts'
import type { FormAnswer } from './form-values.ts'
import { namedCountries, textOf } from './form-values.ts'

export const isCompanyName = ({ field }: FormAnswer): boolean =>
  field.type === 'name'
    ? field.name_type === 'company' || (field.name_type === undefined && field.field_key === 'company_name')
    : field.type === 'text' && field.field_key === 'company_name'

const isPersonName = (answer: FormAnswer): boolean => answer.field.type === 'name' && !isCompanyName(answer)

export const reserved = (answers: readonly FormAnswer[], key: string): string | null =>
  textOf(answers.find((answer) => answer.field.field_key === key)?.value)

export function personName(answers: readonly FormAnswer[]): string | null {
  const named =
    answers.find((one) => isPersonName(one) && one.field.field_key === 'full_name') ?? answers.find(isPersonName)
  const whole = textOf(named?.value) ?? reserved(answers, 'full_name')
  if (whole !== null) return whole
  const parts = [reserved(answers, 'first_name'), reserved(answers, 'last_name')].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(' ') : null
}

type Main = { kind: 'individual' | 'company'; name: string | null }

/** In the order of the form. Screened unless the field says no. */
export function screenedNames(answers: readonly FormAnswer[], main: Main): ScreenedName[] {
  const groups = new Map<string | null, FormAnswer[]>()
  for (const answer of answers) groups.set(answer.entity, [...(groups.get(answer.entity) ?? []), answer])
  return [...groups].flatMap(([entity, group]) => {
    const listName = entity?.slice(0, entity.lastIndexOf('['))
    const list = answers.find((one) => one.field.type === 'entity_array' && one.key === listName)
    return namesOf(group, entity, list?.field.validate_lists !== false).map(({ field_key, ...name }) => {
      if (entity === null && isOfSubject(name, field_key, main)) return name
      return { ...name, bearer: isOfGroup(name, group) ? bearerIn(group, name.kind) : UNKNOWN }
    })
  })
}

type FoundName = ScreenedName & { field_key: string }

function namesOf(group: readonly FormAnswer[], entity: string | null, isListScreened: boolean): FoundName[] {
  const names = group.flatMap((answer): FoundName[] => {
    const { field, key } = answer
    const isNamed = field.type === 'name' || isCompanyName(answer) || field.field_key === 'full_name'
    const value = textOf(answer.value)
    if (value === null || (!isNamed && (field.validate_lists !== true || field.type !== 'text'))) return []
    const kind = isCompanyName(answer) || field.name_type === 'company' ? 'company' : 'individual'
    const isScreened = isListScreened && field.validate_lists !== false
    return [{ value, source: `form.${key}`, validate_lists: isScreened, kind, field_key: field.field_key }]
  })
  const pieced = names.some((name) => name.kind === 'individual') ? null : personName(group)
  if (pieced === null) return names
  const source = `form.${entity === null ? '' : `${entity}.`}first_name+last_name`
  return [
    ...names,
    { value: pieced, source, validate_lists: isListScreened, kind: 'individual', field_key: 'full_name' },
  ]
}

/** Keys that say "another name of the same person": what is known of the subject speaks for and against these too. */
const OTHER_NAME_KEY = /(^|_)(alias|aliases|aka|maiden|(former|previous|other|native|birth)_name|name_at_birth)(_|$)/i

function isOfSubject(name: ScreenedName, fieldKey: string, main: Main): boolean {
  if (name.kind !== main.kind || main.name === null) return false
  return isSame(name.value, main.name) || OTHER_NAME_KEY.test(fieldKey)
}

const isSame = (left: string, right: string): boolean => identityName(left) === identityName(right)

/** A group speaks of one person and one company; further names in it are of others, of whom it says nothing more. */
function isOfGroup(name: ScreenedName, group: readonly FormAnswer[]): boolean {
  const company = textOf(group.find(isCompanyName)?.value)
  const bearer = name.kind === 'company' ? company : personName(group)
  return bearer !== null && isSame(name.value, bearer)
}

const UNKNOWN: NameBearer = { date_of_birth: null, gender: null, countries: [], identifiers: [] }

function bearerIn(group: readonly FormAnswer[], kind: ScreenedName['kind']): NameBearer {
  const ofCompany = kind === 'company'
  const numbers = ofCompany ? ['registration_number', 'tax_id'] : ['document_number']
  return {
    date_of_birth: ofCompany ? null : reserved(group, 'date_of_birth'),
    gender: ofCompany ? null : reserved(group, 'gender'),
    countries: namedCountries(group)
      .filter((one) => one.type !== (ofCompany ? 'nationality' : 'incorporation'))
      .map((one) => one.country_code),
    identifiers: numbers.map((key) => reserved(group, key)).filter((number) => number !== null),
  }
}
