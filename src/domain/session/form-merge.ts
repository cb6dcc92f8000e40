// A form's saved values with newly sent ones over them. Keys may be field_id or field_key; the result has field_ids. It
// judges nothing (workflow/fields.ts does), and passes unknown keys on so that they are refused there by name.

import type { FormFillStep } from '../workflow/definition.ts'
import type { FormData, JsonValue } from './state.ts'

export function byFieldId(step: FormFillStep, sent: FormData): FormData {
  // fromEntries, not assignment: a key named __proto__ must stay a key.
  return Object.fromEntries(
    Object.entries(sent).map(([key, value]): [string, JsonValue] => [fieldIdOf(step, key), value]),
  )
}

function fieldIdOf(step: FormFillStep, key: string): string {
  const byId = step.custom_fields.find((field) => field.field_id === key)
  return (byId ?? step.custom_fields.find((field) => field.field_key === key))?.field_id ?? key
}

/** By top-level field; null takes an answer back. */
export function mergeForm(saved: FormData, sent: FormData): FormData {
  const merged = new Map<string, JsonValue>([...Object.entries(saved), ...Object.entries(sent)])
  return Object.fromEntries([...merged].filter(([, value]) => value !== null))
}
