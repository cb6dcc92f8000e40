// Which facts a session states where: what was read from each document, and what the form says. It gathers them under
// the names that are compared; it does not compare.

import type { CheckInputs, DocumentExtraction } from '../../domain/decision/check-results.ts'
import { IDENTITY_DOCUMENT_TYPES } from '../../domain/workflow/definition.ts'
import type { ComparedField } from './fields.ts'

export type Fact = { field: ComparedField; source: string; value: string }
export type SourceDocument = {
  doc_id: string
  document_type: string
  side: string | null
  isIdentity: boolean
  facts: Fact[]
}

const EXTRACTED: readonly (readonly [ComparedField, readonly string[]])[] = [
  ['date_of_birth', ['date_of_birth']],
  ['gender', ['sex', 'gender']],
  ['nationality', ['nationality']],
  ['document_number', ['document_number']],
  ['expiry_date', ['expiry_date']],
  ['address', ['address']],
  ['company_name', ['company_name']],
  ['registration_number', ['registration_number']],
  ['tax_id', ['tax_id']],
]

/** Reserved keys of the contract; the expiry of the identity document has none, these are the words for it. */
const FORM_KEYS: ReadonlyMap<string, ComparedField> = new Map<string, ComparedField>([
  ['date_of_birth', 'date_of_birth'],
  ['gender', 'gender'],
  ['document_number', 'document_number'],
  ['expiry_date', 'expiry_date'],
  ['document_expiry', 'expiry_date'],
  ['document_expiry_date', 'expiry_date'],
  ['registration_number', 'registration_number'],
  ['tax_id', 'tax_id'],
])

/** Facts about a holder: articles of a company name many people, none of whom is its holder. */
const PERSONAL: ReadonlySet<ComparedField> = new Set<ComparedField>(['name', 'date_of_birth', 'gender', 'nationality'])

/** Documents of which something was read, identity documents first: the first to state a fact is the one that others are held against. */
export function documentSources(inputs: CheckInputs): SourceDocument[] {
  const fresh = new Map((inputs.previous.extraction?.documents ?? []).map((one) => [one.doc_id, one]))
  return inputs.documents
    .flatMap((document) => {
      const extraction = fresh.get(document.doc_id) ?? document.extraction
      if (extraction === null) return []
      const source = `${document.document_type}.${document.doc_id}`
      const facts = factsOf(extraction, source).filter(
        (fact) => document.document_type !== 'company_charter' || !PERSONAL.has(fact.field),
      )
      const isIdentity = IDENTITY_DOCUMENT_TYPES.some((type) => type === document.document_type)
      return facts.length === 0 ? [] : [{ ...document, isIdentity, facts }]
    })
    .toSorted((left, right) => Number(right.isIdentity) - Number(left.isIdentity))
}

function factsOf(extraction: DocumentExtraction, source: string): Fact[] {
  const read = (key: string): string => extraction.fields[key]?.value.trim() ?? ''
  const name = [read('given_names'), read('surname')].filter((part) => part !== '').join(' ')
  const wholeName =
    name !== '' && read('surname') !== '' && read('given_names') !== '' ? name : read('full_name') || name
  const facts: Fact[] = wholeName === '' ? [] : [{ field: 'name', source, value: wholeName }]
  for (const [field, keys] of EXTRACTED) {
    const value = keys.map(read).find((text) => text !== '')
    if (value !== undefined) facts.push({ field, source, value })
  }
  return facts
}

export function formFacts(inputs: CheckInputs): Fact[] {
  const facts: Fact[] = formNames(inputs)
  for (const field of inputs.form_fields) {
    const source = `form.${field.field_key}`
    const reserved = FORM_KEYS.get(field.field_key)
    if (reserved !== undefined) facts.push({ field: reserved, source, value: scalarText(field.value) })
    if (field.type === 'country' && isNationality(field))
      facts.push({ field: 'nationality', source, value: scalarText(field.value) })
    if (field.type === 'address') facts.push({ field: 'address', source, value: addressText(field.value) })
  }
  return facts.filter((fact) => fact.value !== '')
}

/** Of a person: the subject's own name, not the names of others in the form. Of a company: everyone whom it names. */
function formNames(inputs: CheckInputs): Fact[] {
  const { subject } = inputs
  const stated = subject.names.filter((name) => name.source.startsWith('form.'))
  const people = stated.filter((name) => name.kind === 'individual')
  const own = people.filter((name) => !name.source.includes('['))
  const subjects = own.filter((name) => name.value === subject.name)
  const named = subject.kind === 'company' ? people : subjects.length > 0 ? subjects : own
  const companies = stated.filter((name) => name.kind === 'company' && !name.source.includes('['))
  return [
    ...named.map((name): Fact => ({ field: 'name', source: name.source, value: name.value })),
    ...companies.map((name): Fact => ({ field: 'company_name', source: name.source, value: name.value })),
  ]
}

const isNationality = (field: CheckInputs['form_fields'][number]): boolean =>
  field.country_type === undefined ? /national|citizen/i.test(field.field_key) : field.country_type === 'nationality'

const scalarText = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

/** Without the country: a bill for a neighbour does not print it. */
function addressText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return scalarText(value)
  const parts = new Map<string, unknown>(Object.entries(value))
  return ['line1', 'line2', 'postal_code', 'city', 'region']
    .map((key) => scalarText(parts.get(key)))
    .filter((text) => text !== '')
    .join(', ')
}
