import { asText, field, objectsIn } from './api-client.ts'
import type { Json, JsonObject } from './api-client.ts'

// The person of the demo: the specimen of ICAO Doc 9303, with addresses and numbers that are reserved for examples.

const PERSON: Record<string, Json> = {
  full_name: 'Anna Maria Eriksson',
  first_name: 'Anna Maria',
  last_name: 'Eriksson',
  date_of_birth: '1974-08-12',
  document_number: 'D23145890',
  company_name: 'Utopia Trading Ltd',
  registration_number: 'HRB 123456',
  tax_id: 'DE123456789',
  website: 'https://www.example.com',
  email: 'anna.eriksson@example.com',
  phone: '+442079460958',
  gender: 'female',
  is_pep: false,
}

/** Who plays: as the documents say, with a form that says another, or with a card that has run out. */
export const PERSONAS = ['consistent', 'other-form', 'expired'] as const
export type Persona = (typeof PERSONAS)[number]

const OTHER_FORM: Record<string, Json> = {
  full_name: 'Karin Lindqvist',
  first_name: 'Karin',
  last_name: 'Lindqvist',
  date_of_birth: '1991-02-03',
}
const FILES_INSTEAD: Partial<Record<Persona, Record<string, string>>> = {
  expired: { 'drawn-card-back.jpg': 'drawn-card-expired.jpg' },
}
/** The file that this person sends where the specimen would be sent. */
export const fileOf = (persona: Persona, file: string): string => FILES_INSTEAD[persona]?.[file] ?? file

const BY_TYPE: Record<string, Json> = {
  text: 'Specimen answer',
  textarea: 'A specimen answer of the demo.',
  boolean: true,
  date: '2015-06-01',
  email: 'anna.eriksson@example.com',
  phone: '+442079460958',
  url: 'https://www.example.com',
  domain: 'example.com',
  country: 'SE',
  // The coinbase address of the first Bitcoin block, known to everyone.
  wallet: { network: 'btc', address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' },
  address: { line1: '12 Lighthouse Lane', city: 'Stockholm', postal_code: '111 29', country: 'SE' },
}

/** A good answer for a field of the public workflow; undefined for one that only an upload can answer. */
export function answerFor(formField: JsonObject): Json | undefined {
  const type = asText(formField['type']) ?? 'text'
  switch (type) {
    case 'file':
      return undefined
    case 'name':
      return formField['name_type'] === 'company' ? 'Utopia Trading Ltd' : { given: 'Anna Maria', family: 'Eriksson' }
    case 'number':
      return between(10, formField)
    case 'select':
      return options(formField)[0] ?? null
    case 'multi_select':
      return options(formField).slice(0, 1)
    case 'date':
      return dateFor(formField)
    case 'boolean':
      return !/pep|sanction|crime|convict/i.test(keyOf(formField))
    case 'entity_array':
      return [Object.fromEntries(answers(objectsIn(formField['item_fields'])))]
    case 'text':
    case 'textarea':
      return fit(asText(PERSON[keyOf(formField)] ?? BY_TYPE[type]) ?? '', formField)
    default:
      return PERSON[keyOf(formField)] ?? BY_TYPE[type] ?? 'Specimen'
  }
}

/** The answers of one person to a form, by field id. */
export const answersOf = (persona: Persona, fields: JsonObject[]): JsonObject =>
  Object.fromEntries(
    fields.flatMap((formField): [string, Json][] => {
      const id = asText(formField['field_id'])
      const value = persona === 'other-form' ? (otherAnswer(formField) ?? answerFor(formField)) : answerFor(formField)
      return value === undefined || id === null ? [] : [[id, value]]
    }),
  )

const otherAnswer = (formField: JsonObject): Json | undefined =>
  formField['type'] === 'name' && formField['name_type'] !== 'company'
    ? { given: 'Karin', family: 'Lindqvist' }
    : OTHER_FORM[keyOf(formField)]

export function answers(fields: JsonObject[]): [string, Json][] {
  return fields.flatMap((formField) => {
    const value = answerFor(formField)
    const id = asText(formField['field_id'])
    return value === undefined || id === null ? [] : [[id, value]]
  })
}

const keyOf = (formField: JsonObject): string => asText(formField['field_key']) ?? asText(formField['field_id']) ?? ''
const options = (formField: JsonObject): string[] =>
  objectsIn(formField['options']).flatMap((option) => asText(option['value']) ?? [])

function dateFor(formField: JsonObject): string {
  const known = asText(PERSON[keyOf(formField)])
  if (known !== null) return known
  const least = asText(formField['min_date'])
  if (least === 'today' || /expir/i.test(keyOf(formField))) return '2032-04-15'
  const date = asText(BY_TYPE['date']) ?? ''
  const most = asText(formField['max_date'])
  if (least !== null && date < least) return least
  return most !== null && most !== 'today' && date > most ? most : date
}

function between(wanted: number, formField: JsonObject): number {
  const rules = formField['validation_rules']
  const least = numberOf(formField['min_value']) ?? numberOf(field(rules, 'min_value')) ?? wanted
  const most = numberOf(formField['max_value']) ?? numberOf(field(rules, 'max_value')) ?? Math.max(wanted, least)
  return Math.min(Math.max(wanted, least), most)
}

function fit(text: string, formField: JsonObject): string {
  const rules = formField['validation_rules']
  const most = numberOf(formField['max_length']) ?? numberOf(field(rules, 'max_length')) ?? text.length
  const least = numberOf(field(rules, 'min_length')) ?? 0
  return text.padEnd(least, '.').slice(0, Math.max(most, least))
}

const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null)
