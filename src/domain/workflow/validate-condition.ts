// Whether an operator and its value can ever say anything of a field's answers; the same for show_if and for
// form_field_rules.

import { civilDateToDays } from '../time.ts'
import { isCountryCode } from './countries.ts'
import type { Condition, FormField } from './definition.ts'
import type { Problems } from './problems.ts'

export function validateCondition(condition: Omit<Condition, 'field_id'>, field: FormField, problems: Problems): void {
  const { operator, value } = condition
  if (operator === 'is_empty' || operator === 'is_not_empty') {
    if (value !== undefined && value !== null) problems.add('value', `${operator} takes no value`)
    return
  }
  if (value === undefined || value === null) {
    problems.add('value', `${operator} needs a value to compare with`)
    return
  }
  if (field.type === 'file' || field.type === 'entity_array' || field.type === 'address') {
    problems.add('operator', `of a ${field.type} only is_empty and is_not_empty can be asked`)
    return
  }
  if ((operator === 'in' || operator === 'not_in') && (!Array.isArray(value) || value.length === 0)) {
    problems.add('value', `${operator} needs a list of values`)
    return
  }
  if (operator === 'greater_than' || operator === 'less_than') {
    const isOrdered =
      typeof value === 'number' ||
      (typeof value === 'string' && (civilDateToDays(value) !== null || /^-?\d+(\.\d+)?$/.test(value)))
    if (!isOrdered) problems.add('value', `${operator} needs a number, or a date as YYYY-MM-DD`)
    return
  }
  validateChoice(condition, field, problems)
}

/** A value that the field can never have is a mistake that would otherwise show only as a rule that never fires. */
function validateChoice({ operator, value }: Omit<Condition, 'field_id'>, field: FormField, problems: Problems): void {
  const values = Array.isArray(value) ? value : [value]
  const isChoice = field.type === 'select' || field.type === 'multi_select'
  if (operator === 'contains' && !isChoice) return
  for (const [index, one] of values.entries()) {
    const path = Array.isArray(value) ? `value[${index}]` : 'value'
    if (isChoice && !(field.options ?? []).some((option) => option.value === String(one))) {
      problems.add(path, `is not one of the options of ${field.field_id}`)
    }
    if (field.type === 'boolean' && !['true', 'false'].includes(String(one).toLowerCase()))
      problems.add(path, 'use true or false')
    if (field.type === 'country' && !isCountryCode(String(one)))
      problems.add(path, 'use a two-letter country code (ISO 3166-1 alpha-2)')
  }
}
