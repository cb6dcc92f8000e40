// Whether a condition holds, and whether a field is shown. The same operators serve `show_if` and form_field_rules.
// It does not know what a field may hold (fields.ts) nor what follows from a rule (decision/rules.ts).

import type { FormData } from '../session/state.ts'
import { civilDateToDays } from '../time.ts'
import type { FormField, Operator } from './definition.ts'

/** Nothing there: absent, null, blank text, an empty list, or an object of such. `false` and 0 are answers. */
export function isEmptyValue(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object') return Object.values(value).every(isEmptyValue)
  return false
}

/**
 * Text is compared exactly, but a number equals its text and `true` its word, since forms send both. Dates compare as
 * dates. A name given in parts is compared as `given family`, a wallet by its address. Two lists are equal as sets.
 */
export function evaluate(operator: Operator, actual: unknown, expected: unknown): boolean {
  switch (operator) {
    case 'is_empty':
      return isEmptyValue(actual)
    case 'is_not_empty':
      return !isEmptyValue(actual)
    case 'equals':
      return equals(actual, expected)
    case 'not_equals':
      return !equals(actual, expected)
    case 'in':
      return isOneOf(actual, expected)
    case 'not_in':
      return !isOneOf(actual, expected)
    case 'contains':
      return contains(actual, expected)
    case 'greater_than':
      return order(actual, expected) === 1
    case 'less_than':
      return order(actual, expected) === -1
  }
}

/** A field without a condition is shown. One whose parent is hidden is hidden too, whatever the parent still holds. */
export function isVisible(field: FormField, data: FormData, fields: FormField[]): boolean {
  return isShown(field, data, fields, new Set())
}

function isShown(field: FormField, data: FormData, fields: FormField[], seen: Set<string>): boolean {
  const condition = field.conditional_logic?.show_if
  if (condition === undefined || seen.has(field.field_id)) return true
  seen.add(field.field_id)
  const parent = fields.find((candidate) => candidate.field_id === condition.field_id)
  if (parent === undefined) return true
  if (!isShown(parent, data, fields, seen)) return false
  return evaluate(condition.operator, data[parent.field_id] ?? data[parent.field_key], condition.value)
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

function comparable(value: unknown): unknown {
  if (typeof value === 'string') return value.trim()
  if (typeof value !== 'object' || value === null) return value
  if ('address' in value && typeof value.address === 'string') return value.address.trim()
  const parts = [
    'given' in value && typeof value.given === 'string' ? value.given.trim() : '',
    'family' in value && typeof value.family === 'string' ? value.family.trim() : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(' ') : value
}

function equalScalars(left: unknown, right: unknown): boolean {
  if (isEmptyValue(left) || isEmptyValue(right)) return isEmptyValue(left) && isEmptyValue(right)
  const [a, b] = [comparable(left), comparable(right)]
  if (a === b) return true
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [asNumber(a), asNumber(b)]
    return x !== null && x === y
  }
  if (typeof a === 'boolean' && typeof b === 'string') return String(a) === b.toLowerCase()
  if (typeof b === 'boolean' && typeof a === 'string') return String(b) === a.toLowerCase()
  return false
}

function equals(actual: unknown, expected: unknown): boolean {
  if (!Array.isArray(actual) && !Array.isArray(expected)) return equalScalars(actual, expected)
  if (isEmptyValue(actual) || isEmptyValue(expected)) return isEmptyValue(actual) && isEmptyValue(expected)
  const [left, right] = [asList(actual), asList(expected)]
  const covers = (all: unknown[], some: unknown[]) => some.every((one) => all.some((other) => equalScalars(one, other)))
  return covers(left, right) && covers(right, left)
}

/** A list is in another when any of its members is. */
const isOneOf = (actual: unknown, expected: unknown): boolean =>
  asList(actual).some((one) => asList(expected).some((other) => equalScalars(one, other)))

function contains(actual: unknown, expected: unknown): boolean {
  if (isEmptyValue(actual) || isEmptyValue(expected)) return false
  if (Array.isArray(actual)) return isOneOf(actual, expected)
  const text = comparable(actual)
  if (typeof text !== 'string') return false
  return asList(expected).some(
    (part) => !isEmptyValue(part) && text.toLowerCase().includes(String(part).trim().toLowerCase()),
  )
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : null
}

/** -1, 0 or 1 for two numbers or two dates; null for what has no order. */
function order(actual: unknown, expected: unknown): -1 | 0 | 1 | null {
  const rank = (value: unknown) => asNumber(value) ?? null
  const day = (value: unknown) => (typeof value === 'string' ? civilDateToDays(value.trim()) : null)
  const [x, y] = [rank(actual) ?? day(actual), rank(expected) ?? day(expected)]
  const sameKind = (rank(actual) === null) === (rank(expected) === null)
  if (x === null || y === null || !sameKind) return null
  return x < y ? -1 : x > y ? 1 : 0
}
