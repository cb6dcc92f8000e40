import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/cli/api-client.ts'
import { answers } from '../../../src/cli/demo-person.ts'
import { checkFormData } from '../../../src/domain/workflow/fields.ts'
import { FIELD_TYPES } from '../../../src/domain/workflow/definition.ts'
import type { FormField, FormFillStep } from '../../../src/domain/workflow/definition.ts'
import { normalizeDefinition } from '../../../src/domain/workflow/normalize.ts'
import { TEMPLATE_NAMES, templateNamed } from '../../../src/domain/workflow/templates/index.ts'
import { formField } from '../../support/fixtures/workflow.ts'

// The answers of the demo person are given to the service's own form check.

const asJson = (fields: FormField[]): JsonObject[] => JSON.parse(JSON.stringify(fields))

function check(fields: FormField[]) {
  const step: FormFillStep = {
    step_id: 's1',
    order: 1,
    name: 'Form',
    required: true,
    description: null,
    instructions: null,
    type: 'form_fill',
    custom_fields: fields,
  }
  return checkFormData({
    step,
    data: Object.fromEntries(answers(asJson(fields))),
    today: '2026-11-23',
    documents: [],
    purpose: 'complete',
  })
}

const OPTIONS = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
]

describe('the demo person', () => {
  it.each(FIELD_TYPES.filter((type) => type !== 'file'))('has a good answer for a required %s', (type) => {
    const field = formField('one', type, {
      required: true,
      ...(type.includes('select') ? { options: OPTIONS } : {}),
      ...(type === 'entity_array' ? { item_fields: [formField('part', 'name', { required: true })] } : {}),
    })
    expect(check([field])).toMatchObject({ ok: true })
  })

  it.each(TEMPLATE_NAMES)('has good answers for every form of the template %s', (name) => {
    const input = templateNamed(name)
    const normalized = input === null ? null : normalizeDefinition(input)
    if (normalized === null || !normalized.ok) throw new Error(`the template ${name} is not a good workflow`)
    for (const step of normalized.value.steps) {
      if (step.type !== 'form_fill') continue
      // Files come by upload; life.ts sends them.
      expect(check(step.custom_fields.filter((field) => field.type !== 'file')), step.name).toMatchObject({ ok: true })
    }
  })

  it('keeps within the limits of numbers, texts and dates', () => {
    const fields = [
      formField('n', 'number', { required: true, min_value: 500, max_value: 900 }),
      formField('t', 'text', { required: true, max_length: 4 }),
      formField('expiry_date', 'date', { required: true, min_date: 'today' }),
      formField('date_of_birth', 'date', { required: true, max_date: 'today' }),
    ]
    expect(check(fields)).toMatchObject({ ok: true })
  })

  it('names a company where a company is asked for', () => {
    expect(answers(asJson([formField('company', 'name', { name_type: 'company' })]))).toEqual([
      ['company', 'Utopia Trading Ltd'],
    ])
  })

  it('says no when asked about politics', () => {
    expect(answers(asJson([formField('is_pep', 'boolean')]))).toEqual([['is_pep', false]])
  })
})
