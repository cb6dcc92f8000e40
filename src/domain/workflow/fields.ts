// Whether the answers to a form may be kept (save) or are all that was asked (complete): which fields there are, which
// are shown, which are missing. Whether one answer fits its field is field-values.ts.

import type { SessionDocument } from '../document/document.ts'
import { isCurrent } from '../document/document.ts'
import type { ErrorDetail } from '../errors.ts'
import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import type { FormData, JsonValue } from '../session/state.ts'
import type { CivilDate } from '../time.ts'
import { isEmptyValue, isVisible } from './conditions.ts'
import type { FormField, FormFillStep } from './definition.ts'
import type { Checked, ValueContext } from './field-values.ts'
import { MAX_ENTITIES, checkValue, countProblem, refuse } from './field-values.ts'

export type FormCheck = {
  step: FormFillStep
  /** By field_id or field_key; null and blank text mean "no answer". */
  data: FormData
  today: CivilDate
  documents: readonly SessionDocument[]
  purpose: 'save' | 'complete'
}

/**
 * The answers by field_id, in the form they are kept in. `save` keeps what was given, null where an answer is taken
 * back; `complete` drops what is hidden or empty and asks for what is required.
 */
export function checkFormData(input: FormCheck): Result<FormData, ErrorDetail[]> {
  const { step, today, documents, purpose } = input
  return checkFields(step.custom_fields, input.data, 'form_data', { today, documents, purpose, step_id: step.step_id })
}

type Answer = { field: FormField; path: string; value: JsonValue }

function checkFields(
  fields: FormField[],
  data: FormData,
  path: string,
  context: ValueContext,
): Result<FormData, ErrorDetail[]> {
  const { answers, details } = assignKeys(fields, data, path)
  if (context.purpose === 'complete') addUploadedFiles(fields, answers, path, context)
  const kept = new Map<string, JsonValue>()
  const problems = new Map<string, ErrorDetail[]>()
  for (const { field, path: fieldPath, value } of answers.values()) {
    const checked: Checked = isEmptyValue(value) ? ok(null) : checkAnswer(field, value, fieldPath, context)
    // What is wrong still decides what else is shown: one mistake must not hide the next.
    kept.set(field.field_id, checked.ok ? checked.value : value)
    if (!checked.ok) problems.set(field.field_id, checked.error)
  }
  const current: FormData = Object.fromEntries(kept)
  for (const field of fields) {
    const isHidden = context.purpose === 'complete' && !isVisible(field, current, fields)
    if (isHidden) {
      kept.delete(field.field_id)
      continue
    }
    details.push(...(problems.get(field.field_id) ?? []))
    if (context.purpose === 'save' || !isEmptyValue(kept.get(field.field_id))) continue
    kept.delete(field.field_id)
    if (field.required) details.push({ path: `${path}.${field.field_id}`, message: missing(field) })
  }
  return details.length > 0 ? err(details) : ok(Object.fromEntries(kept))
}

function assignKeys(
  fields: FormField[],
  data: FormData,
  path: string,
): { answers: Map<string, Answer>; details: ErrorDetail[] } {
  const answers = new Map<string, Answer>()
  const details: ErrorDetail[] = []
  for (const [key, value] of Object.entries(data)) {
    const fieldPath = `${path}.${key}`
    const field = fields.find((one) => one.field_id === key) ?? fields.find((one) => one.field_key === key)
    if (field === undefined) {
      details.push({ path: fieldPath, message: 'There is no such field in this form.' })
    } else if (answers.has(field.field_id)) {
      details.push({
        path: fieldPath,
        message: `This field was given twice, as ${field.field_id} and as ${field.field_key}; give it once.`,
      })
    } else {
      answers.set(field.field_id, { field, path: fieldPath, value })
    }
  }
  return { answers, details }
}

/** A file that was uploaded for a field answers it; the form need not repeat the doc_id. */
function addUploadedFiles(
  fields: FormField[],
  answers: Map<string, Answer>,
  path: string,
  context: ValueContext,
): void {
  for (const field of fields) {
    if (field.type !== 'file' || !isEmptyValue(answers.get(field.field_id)?.value)) continue
    const value = context.documents
      .filter((one) => isCurrent(one) && one.step_id === context.step_id && one.field_id === field.field_id)
      .map((one) => one.doc_id)
    if (value.length > 0) answers.set(field.field_id, { field, path: `${path}.${field.field_id}`, value })
  }
}

const missing = (field: FormField): string =>
  field.type === 'file' ? `Please upload a file for "${field.name}".` : `Please fill in "${field.name}".`

const checkAnswer = (field: FormField, value: JsonValue, path: string, context: ValueContext): Checked =>
  field.type === 'entity_array' ? checkEntities(field, value, path, context) : checkValue(field, value, path, context)

function checkEntities(field: FormField, value: JsonValue, path: string, context: ValueContext): Checked {
  if (!Array.isArray(value)) return refuse(path, 'Please give a list of entries.')
  if (value.length > MAX_ENTITIES)
    return refuse(path, `Please give at most ${MAX_ENTITIES} entries; there are ${value.length}.`)
  const problem = countProblem(field, value.length, 'entry', context)
  if (problem !== null) return refuse(path, problem)
  const entities: FormData[] = []
  const details: ErrorDetail[] = []
  for (const [index, entity] of value.entries()) {
    const entityPath = `${path}[${index}]`
    if (typeof entity !== 'object' || entity === null || Array.isArray(entity)) {
      details.push({ path: entityPath, message: 'Please give each entry with its fields.' })
      continue
    }
    const checked = checkFields(field.item_fields ?? [], entity, entityPath, context)
    if (checked.ok) entities.push(checked.value)
    else details.push(...checked.error)
  }
  return details.length > 0 ? err(details) : ok(entities)
}
