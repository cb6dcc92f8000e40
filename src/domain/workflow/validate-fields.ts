// Whether the fields of one form make sense: options where there is a choice, limits that can be met, patterns that
// are safe, conditions that lead to a field of the same form and never in a circle.

import { civilDateToDays } from '../time.ts'
import type { FieldType, FormField } from './definition.ts'
import { checkValue } from './field-values.ts'
import { patternProblem } from './patterns.ts'
import type { Problems } from './problems.ts'
import { IDENTIFIER_RULE, isIdentifier, refuseRepeats } from './problems.ts'
import { validateCondition } from './validate-condition.ts'

export const MAX_FIELDS = 100
const MAX_OPTIONS = 500

/** `entry`: the fields of an entity_array's entries, where lists and files cannot be. */
export function validateFields(fields: FormField[], problems: Problems, place: 'form' | 'entry'): void {
  if (fields.length === 0) problems.add('', 'give at least one field')
  if (fields.length > MAX_FIELDS) problems.add('', `give at most ${MAX_FIELDS} fields; there are ${fields.length}`)
  if (place === 'entry') {
    refuseRepeats(
      fields.map((field) => field.field_id),
      problems,
      (index) => `[${index}].field_id`,
      'field_id',
    )
    refuseRepeats(
      fields.map((field) => field.field_key),
      problems,
      (index) => `[${index}].field_key`,
      'field_key',
    )
  }
  for (const [index, field] of fields.entries()) {
    const own = problems.at(`[${index}]`)
    if (!isIdentifier(field.field_id)) own.add('field_id', IDENTIFIER_RULE)
    if (!isIdentifier(field.field_key)) own.add('field_key', IDENTIFIER_RULE)
    if (field.name === '' || field.name.length > 200) own.add('name', 'use 1 to 200 characters')
    refuseMisplaced(field, own)
    validateOptions(field, own)
    validateEntries(field, own, place)
    validateLimits(field, own)
    validatePattern(field, own)
    validateDefault(field, own)
    validateShowIf(field, fields, own)
  }
}

const TEXTS: readonly FieldType[] = ['text', 'textarea']
const LISTS: readonly FieldType[] = ['multi_select', 'file', 'entity_array']

/** Properties that only some types have; on others they would be silently without effect. */
function refuseMisplaced(field: FormField, problems: Problems): void {
  const rules = field.validation_rules ?? {}
  const placed: [path: string, value: unknown, types: readonly FieldType[]][] = [
    ['options', field.options, ['select', 'multi_select']],
    ['item_fields', field.item_fields, ['entity_array']],
    ['name_type', field.name_type, ['name']],
    ['country_type', field.country_type, ['country']],
    ['validate_lists', field.validate_lists, ['name', 'text', 'entity_array']],
    ['validate_email', field.validate_email, ['email']],
    ['block_disposable', field.block_disposable, ['email']],
    ['min_date', field.min_date, ['date']],
    ['max_date', field.max_date, ['date']],
    ['max_length', field.max_length, TEXTS],
    ['min_value', field.min_value, ['number']],
    ['max_value', field.max_value, ['number']],
    ['validation_rules.min_length', rules.min_length, TEXTS],
    ['validation_rules.max_length', rules.max_length, TEXTS],
    ['validation_rules.pattern', rules.pattern, TEXTS],
    ['validation_rules.min_value', rules.min_value, ['number']],
    ['validation_rules.max_value', rules.max_value, ['number']],
    ['validation_rules.min_items', rules.min_items, LISTS],
    ['validation_rules.max_items', rules.max_items, LISTS],
  ]
  for (const [path, value, types] of placed) {
    if (value !== undefined && !types.includes(field.type))
      problems.add(path, `belongs to ${types.join(', ')}, not to ${field.type}`)
  }
}

function validateOptions(field: FormField, problems: Problems): void {
  if (field.type !== 'select' && field.type !== 'multi_select') return
  const options = field.options ?? []
  if (options.length === 0 || options.length > MAX_OPTIONS)
    problems.add('options', `give 1 to ${MAX_OPTIONS} options for a ${field.type}`)
  refuseRepeats(
    options.map((option) => option.value),
    problems,
    (index) => `options[${index}].value`,
    'value',
  )
  for (const [index, option] of options.entries()) {
    if (option.value.trim() === '') problems.add(`options[${index}].value`, 'must not be empty')
    if (option.label.trim() === '') problems.add(`options[${index}].label`, 'must not be empty')
  }
}

function validateEntries(field: FormField, problems: Problems, place: 'form' | 'entry'): void {
  if (place === 'entry' && (field.type === 'entity_array' || field.type === 'file')) {
    problems.add('type', `a ${field.type} cannot be inside an entity_array; put it into the form itself`)
  } else if (field.type === 'entity_array') {
    validateFields(field.item_fields ?? [], problems.at('item_fields'), 'entry')
  }
}

function validateLimits(field: FormField, problems: Problems): void {
  const rules = field.validation_rules ?? {}
  const order = (low: number | undefined, high: number | undefined, lowPath: string, highPath: string) => {
    if (low !== undefined && high !== undefined && low > high)
      problems.add(lowPath, `must not be more than ${highPath} (${high})`)
  }
  const lowest = (...values: (number | undefined)[]) =>
    values.filter((value) => value !== undefined).toSorted((a, b) => a - b)[0]
  order(
    field.min_value ?? rules.min_value,
    lowest(field.max_value, rules.max_value),
    field.min_value === undefined ? 'validation_rules.min_value' : 'min_value',
    'max_value',
  )
  order(rules.min_length, lowest(field.max_length, rules.max_length), 'validation_rules.min_length', 'max_length')
  order(rules.min_items, rules.max_items, 'validation_rules.min_items', 'max_items')
  const counts = {
    max_length: field.max_length,
    'validation_rules.min_length': rules.min_length,
    'validation_rules.max_length': rules.max_length,
    'validation_rules.min_items': rules.min_items,
    'validation_rules.max_items': rules.max_items,
  }
  for (const [path, value] of Object.entries(counts)) {
    if (value !== undefined && (!Number.isInteger(value) || value < 0))
      problems.add(path, 'use a whole number, 0 or more')
  }
  for (const key of ['min_date', 'max_date'] as const) {
    const date = field[key]
    if (date !== undefined && date !== 'today' && civilDateToDays(date) === null)
      problems.add(key, 'use a date that exists, as YYYY-MM-DD, or today')
  }
  const [min, max] = [civilDateToDays(field.min_date ?? ''), civilDateToDays(field.max_date ?? '')]
  if (min !== null && max !== null && min > max)
    problems.add('min_date', `must not be after max_date (${field.max_date ?? ''})`)
}

function validatePattern(field: FormField, problems: Problems): void {
  const pattern = field.validation_rules?.pattern
  const problem = pattern === undefined ? null : patternProblem(pattern)
  if (problem !== null) problems.add('validation_rules.pattern', problem)
}

function validateDefault(field: FormField, problems: Problems): void {
  if (field.default_value === undefined || field.default_value === null) return
  if (field.type === 'file' || field.type === 'entity_array') {
    problems.add('default_value', `a ${field.type} has no default`)
    return
  }
  // Limits of a date may hang on the day it is answered; the rest holds today as ever.
  const { min_date: _1, max_date: _2, ...plain } = field
  const checked = checkValue(plain, field.default_value, 'default_value', {
    today: '2000-01-01',
    step_id: '',
    documents: [],
    purpose: 'complete',
  })
  if (!checked.ok) problems.add('default_value', `is no valid answer to this field: ${checked.error[0]?.message ?? ''}`)
}

function validateShowIf(field: FormField, fields: FormField[], problems: Problems): void {
  const condition = field.conditional_logic?.show_if
  if (condition === undefined) return
  const own = problems.at('conditional_logic.show_if')
  const parent = fields.find((one) => one.field_id === condition.field_id)
  if (parent === undefined)
    own.add('field_id', `no such field: name a field of the same step, not "${condition.field_id}"`)
  else if (leadsBack(field, fields)) own.add('field_id', 'this condition leads back to the field itself')
  else validateCondition(condition, parent, own)
}

function leadsBack(start: FormField, fields: FormField[]): boolean {
  const seen = new Set<string>()
  let next = start.conditional_logic?.show_if.field_id
  while (next !== undefined && !seen.has(next)) {
    if (next === start.field_id) return true
    seen.add(next)
    const parentId = next
    next = fields.find((one) => one.field_id === parentId)?.conditional_logic?.show_if.field_id
  }
  return false
}
