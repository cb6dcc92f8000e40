// Form fields with their ids and keys made and their conditions pointed at ids. Whether they make sense is
// validate-fields.ts.

import type { FormField } from './definition.ts'
import type { FormFieldInput } from './input.ts'
import { slugOf, uniqueSlugs } from './slug.ts'

/** `taken` holds the ids of earlier forms: made ids are unique in the whole workflow. */
export function normalizeFields(inputs: FormFieldInput[], taken: Set<string>): FormField[] {
  const ids = uniqueSlugs(
    inputs.map((input, index) => ({ given: input.field_id, wanted: slugOf(input.name) ?? `field_${index + 1}` })),
    taken,
  )
  const fields = inputs.map((input, index): FormField => {
    const { item_fields, ...rest } = input
    const fieldId = ids[index] ?? ''
    const field: FormField = {
      ...rest,
      field_id: fieldId,
      field_key: input.field_key ?? fieldId,
      name: input.name.trim(),
      required: input.required ?? false,
    }
    // The ids of entries are theirs alone: each list is a form of its own.
    return item_fields === undefined ? field : { ...field, item_fields: normalizeFields(item_fields, new Set()) }
  })
  return fields.map((field) => withConditionById(field, fields))
}

function withConditionById(field: FormField, fields: FormField[]): FormField {
  const condition = field.conditional_logic?.show_if
  if (condition === undefined || fields.some((one) => one.field_id === condition.field_id)) return field
  const parent = fields.find((one) => one.field_key === condition.field_id)
  return parent === undefined
    ? field
    : { ...field, conditional_logic: { show_if: { ...condition, field_id: parent.field_id } } }
}
