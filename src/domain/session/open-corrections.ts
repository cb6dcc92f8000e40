// What a correction round has opened on a step, and what is still owed before its items close. A field that a corrected
// field has revealed is open too. The rest of the step is closed: it may be sent again, but not changed.

import { isCurrent } from '../document/document.ts'
import type { ErrorDetail } from '../errors.ts'
import { equalJson } from '../canonical-json.ts'
import { isVisible } from '../workflow/conditions.ts'
import type { FormField, FormFillStep, WorkflowStep } from '../workflow/definition.ts'
import { originalData } from './original-data.ts'
import { requirementFor } from './requirements.ts'
import type { Correction, FormData, JsonValue, SessionState } from './state.ts'
import { emit } from './turn.ts'
import type { Turn } from './turn.ts'

export const openItems = (state: SessionState, stepId: string): Correction[] =>
  state.corrections.filter((item) => item.status === 'open' && item.step_id === stepId)

export const opensWholeStep = (item: Correction): boolean =>
  item.field_ids.length === 0 && item.document_types.length === 0

/** Whether a field may change: listed, or shown now where it was hidden when the round began. */
export function isFieldOpen(
  step: FormFillStep,
  items: readonly Correction[],
  present: FormData,
  field: FormField,
): boolean {
  if (items.some((item) => opensWholeStep(item) || item.field_ids.includes(field.field_id))) return true
  const original = originalData(present, items)
  return !isVisible(field, original, step.custom_fields) && isVisible(field, present, step.custom_fields)
}

/** `data` is what the step would hold; `before` what it holds now. Fields that changed though nobody asked. */
export function closedFieldsChanged(
  step: FormFillStep,
  items: readonly Correction[],
  before: FormData,
  data: FormData,
): ErrorDetail[] {
  const original = originalData(before, items)
  return step.custom_fields
    .filter((field) => !equalJson(before[field.field_id] ?? null, data[field.field_id] ?? null))
    .filter((field) => !items.some((item) => opensWholeStep(item) || item.field_ids.includes(field.field_id)))
    .filter((field) => {
      const wasVisible = isVisible(field, original, step.custom_fields)
      const isShown = isVisible(field, data, step.custom_fields)
      const isRevealed = !wasVisible && isShown
      const isDroppedWithItsCondition = !isShown && data[field.field_id] === undefined
      return !isRevealed && !isDroppedWithItsCondition
    })
    .map((field) => ({
      path: `form_data.${field.field_id}`,
      message: `"${field.name}" was not asked to be corrected; leave it as it is.`,
    }))
}

export function isDocumentOpen(definition: WorkflowStep, items: readonly Correction[], documentType: string): boolean {
  return items.some(
    (item) => opensWholeStep(item) || item.document_types.some((asked) => answers(definition, asked, documentType)),
  )
}

function answers(definition: WorkflowStep, asked: string, documentType: string): boolean {
  if (asked === documentType) return true
  return definition.type === 'document_upload' && requirementFor(definition, documentType)?.document_type === asked
}

/** Listed fields that were not sent again, and listed documents without a new one. */
export function owedByItems(input: {
  state: SessionState
  definition: WorkflowStep
  items: readonly Correction[]
  data: FormData
  sent: ReadonlySet<string>
}): ErrorDetail[] {
  const { state, definition, items, data, sent } = input
  const fields = definition.type === 'form_fill' ? definition.custom_fields : []
  return items.flatMap((item) => {
    const owedFields = item.field_ids
      .filter((id) => !sent.has(id) && !item.changes.some((change) => change.field_id === id))
      .filter((id) => fields.some((field) => field.field_id === id && isVisible(field, data, fields)))
      .map((id) => ({ path: `form_data.${id}`, message: `Please send this again: ${item.message}` }))
    const owedDocuments = item.document_types
      .filter((type) => !item.changes.some((change) => isNewDocument(state, definition, type, change)))
      .map((type) => ({ path: `documents.${type}`, message: `Please upload a new one: ${item.message}` }))
    return [...owedFields, ...owedDocuments]
  })
}

function isNewDocument(
  state: SessionState,
  definition: WorkflowStep,
  asked: string,
  change: Correction['changes'][number],
): boolean {
  if (change.document_type === null) return false
  const document = state.documents.find((one) => one.doc_id === change.new_value)
  return document !== undefined && isCurrent(document) && answers(definition, asked, document.document_type)
}

/** Writes down what each open item's fields were and are, sent ones also where the value is the same. */
export function recordFieldChanges(
  turn: Turn,
  stepId: string,
  before: FormData,
  after: FormData,
  sent: ReadonlySet<string>,
): void {
  const items = openItems(turn.state, stepId)
  const touched = [...new Set([...Object.keys(before), ...Object.keys(after), ...sent])].filter(
    (id) => sent.has(id) || !equalJson(before[id] ?? null, after[id] ?? null),
  )
  for (const item of items) {
    const isFirst = item === items[0]
    const changes = touched
      .filter((id) => item.field_ids.includes(id) || (isFirst && !items.some((one) => one.field_ids.includes(id))))
      .filter((id) => item.field_ids.includes(id) || !equalJson(before[id] ?? null, after[id] ?? null))
      .filter((id) => !isKnown(item, id, after[id] ?? null))
      .map((id) => fieldChange(turn, id, before[id] ?? null, after[id] ?? null))
    if (changes.length > 0) emit(turn, { type: 'correction_changed', correction_id: item.correction_id, changes })
  }
}

const isKnown = (item: Correction, fieldId: string, value: JsonValue): boolean =>
  item.changes.some((change) => change.field_id === fieldId && equalJson(change.new_value, value))

const fieldChange = (
  turn: Turn,
  fieldId: string,
  before: JsonValue,
  after: JsonValue,
): Correction['changes'][number] => ({
  field_id: fieldId,
  document_type: null,
  old_value: before,
  new_value: after,
  at: turn.context.now,
  by: turn.context.actor,
})
