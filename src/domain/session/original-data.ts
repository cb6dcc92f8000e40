// A form as it was when its open corrections were asked for: the present values with their recorded changes undone.

import type { Correction, FormData, JsonValue } from './state.ts'

/** `items` in the order they were requested; the first record of a field has its oldest value. */
export function originalData(present: FormData, items: readonly Correction[]): FormData {
  const values = new Map<string, JsonValue>(Object.entries(present))
  const undone = new Set<string>()
  for (const change of items.flatMap((item) => item.changes)) {
    if (change.field_id === null || undone.has(change.field_id)) continue
    undone.add(change.field_id)
    if (change.old_value === null) values.delete(change.field_id)
    else values.set(change.field_id, change.old_value)
  }
  return Object.fromEntries(values)
}
