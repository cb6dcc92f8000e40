// The answers of a session as checks and rules see them: shown fields of forms that were not skipped, with their key
// and type, and the entries of lists taken apart. It does not judge them.

import type { FormData, JsonValue, SessionState } from '../session/state.ts'
import { isEmptyValue, isVisible } from '../workflow/conditions.ts'
import type { CountryType, FormField, WorkflowDefinition } from '../workflow/definition.ts'

export type FormAnswer = {
  field: FormField
  /** The field_key, or `owners[0].name` within a list of entities. */
  key: string
  value: JsonValue
  /** Null for the form's own fields; else which entry of which list the answer belongs to, e.g. `owners[0]`. */
  entity: string | null
}

/** Answers that are there, in the order of the workflow; a list of entities is followed by its entries' answers. */
export function formAnswers(state: SessionState, workflow: WorkflowDefinition): FormAnswer[] {
  return workflow.steps.flatMap((step) => {
    const stepState = state.steps.find((one) => one.step_id === step.step_id)
    if (step.type !== 'form_fill' || stepState === undefined || stepState.status === 'skipped') return []
    return answersOf(step.custom_fields, stepState.form_data, null)
  })
}

function answersOf(fields: FormField[], data: FormData, entity: string | null): FormAnswer[] {
  return fields.flatMap((field) => {
    const value = data[field.field_id]
    if (value === undefined || isEmptyValue(value) || !isVisible(field, data, fields)) return []
    const key = entity === null ? field.field_key : `${entity}.${field.field_key}`
    const answer: FormAnswer = { field, key, value, entity }
    if (field.type !== 'entity_array' || !Array.isArray(value)) return [answer]
    const entries = value.flatMap((entry, index) =>
      isFormData(entry) ? answersOf(field.item_fields ?? [], entry, `${key}[${index}]`) : [],
    )
    return [answer, ...entries]
  })
}

const isFormData = (value: JsonValue): value is FormData =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A name, wallet or address part as text; numbers as they print. Null for what has no one-line form. */
export function textOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  if (typeof value === 'number') return String(value)
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const parts = [textOf(value['given']), textOf(value['family'])].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(' ') : null
}

export const partOf = (value: JsonValue, key: string): string | null => (isFormData(value) ? textOf(value[key]) : null)

export type NamedCountry = { country_code: string; type: CountryType; key: string; entity: string | null }

/** What a country field says when its definition does not: by its key, else residence. */
export const countryTypeOf = (field: FormField): CountryType => {
  if (field.country_type !== undefined) return field.country_type
  if (/national|citizen/i.test(field.field_key)) return 'nationality'
  if (/tax/i.test(field.field_key)) return 'tax_residence'
  return /incorporat|registration/i.test(field.field_key) ? 'incorporation' : 'residence'
}

/** Countries the form names, also of owners and directors: a rule about a country means them too. */
export function namedCountries(answers: readonly FormAnswer[]): NamedCountry[] {
  return answers.flatMap(({ field, value, key, entity }) => {
    if (field.type === 'country' && typeof value === 'string') {
      return [{ country_code: value, type: countryTypeOf(field), key, entity }]
    }
    const country = field.type === 'address' ? partOf(value, 'country') : null
    return country === null ? [] : [{ country_code: country, type: 'residence' as const, key, entity }]
  })
}
