import { describe, expect, it } from 'vitest'
import { evaluate, isEmptyValue, isVisible } from '../../../src/domain/workflow/conditions.ts'
import type { FormField } from '../../../src/domain/workflow/definition.ts'
import { formField } from '../../support/fixtures/workflow.ts'

describe('evaluate', () => {
  it('compares text exactly and numbers by value', () => {
    expect(evaluate('equals', 'GB', 'GB')).toBe(true)
    expect(evaluate('equals', 'GB', 'gb')).toBe(false)
    expect(evaluate('equals', '42', 42)).toBe(true)
    expect(evaluate('not_equals', 41, 42)).toBe(true)
  })
  it('takes true and its word for the same, but not for anything that is merely there', () => {
    expect(evaluate('equals', true, 'true')).toBe(true)
    expect(evaluate('equals', 'yes', true)).toBe(false)
    expect(evaluate('equals', 1, true)).toBe(false)
  })
  it('takes false and zero for answers', () => {
    expect(isEmptyValue(false)).toBe(false)
    expect(isEmptyValue(0)).toBe(false)
    expect(evaluate('is_empty', { line1: '', city: null }, undefined)).toBe(true)
    expect(evaluate('is_not_empty', [], undefined)).toBe(false)
  })
  it('finds a value in a list, and any member of a list in another', () => {
    expect(evaluate('in', 'b', ['a', 'b'])).toBe(true)
    expect(evaluate('in', ['x', 'b'], ['a', 'b'])).toBe(true)
    expect(evaluate('not_in', 'c', ['a', 'b'])).toBe(true)
    expect(evaluate('not_in', undefined, ['a'])).toBe(true)
  })
  it('equates lists as sets', () => {
    expect(evaluate('equals', ['a', 'b'], ['b', 'a'])).toBe(true)
    expect(evaluate('equals', ['a', 'b'], ['a'])).toBe(false)
    expect(evaluate('equals', ['a'], 'a')).toBe(true)
  })
  it('contains looks into text in any case and into lists exactly', () => {
    expect(evaluate('contains', 'Crypto Exchange', 'crypto')).toBe(true)
    expect(evaluate('contains', ['wire', 'cash'], 'cash')).toBe(true)
    expect(evaluate('contains', ['cashier'], 'cash')).toBe(false)
    expect(evaluate('contains', 'abc', '')).toBe(false)
  })
  it('orders numbers and dates, and nothing else', () => {
    expect(evaluate('greater_than', '10', 9)).toBe(true)
    expect(evaluate('less_than', '1990-05-31', '2000-01-01')).toBe(true)
    expect(evaluate('greater_than', 'b', 'a')).toBe(false)
    expect(evaluate('less_than', undefined, 5)).toBe(false)
    expect(evaluate('greater_than', '2020-01-01', 5)).toBe(false)
  })
  it('reads a name in parts and a wallet by its address', () => {
    expect(evaluate('equals', { given: 'Anna Maria', family: 'Eriksson' }, 'Anna Maria Eriksson')).toBe(true)
    expect(evaluate('equals', { network: 'bitcoin', address: 'bc1q' }, 'bc1q')).toBe(true)
  })
})

describe('isVisible', () => {
  const shownIf = (parent: string, value: string | boolean): Partial<FormField> => ({
    conditional_logic: { show_if: { field_id: parent, operator: 'equals', value } },
  })
  const fields = [
    formField('is_pep', 'boolean', { field_key: 'pep' }),
    formField('role', 'select', shownIf('is_pep', true)),
    formField('other_role', 'text', shownIf('role', 'other')),
  ]
  const visible = (data: Record<string, string | boolean>) =>
    fields.filter((field) => isVisible(field, data, fields)).map((field) => field.field_id)

  it('shows a field when its condition holds', () => {
    expect(visible({ is_pep: true, role: 'other' })).toEqual(['is_pep', 'role', 'other_role'])
    expect(visible({})).toEqual(['is_pep'])
  })
  it('reads the parent by its key too', () => {
    expect(visible({ pep: true })).toEqual(['is_pep', 'role'])
  })
  it('hides the child of a hidden parent, whatever that still holds', () => {
    expect(visible({ is_pep: false, role: 'other' })).toEqual(['is_pep'])
  })
})
