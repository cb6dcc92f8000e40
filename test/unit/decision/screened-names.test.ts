import { describe, expect, it } from 'vitest'
import { gatherInputs } from '../../../src/domain/decision/inputs.ts'
import type { FormData } from '../../../src/domain/session/state.ts'
import type { FormField, ListMatchRule } from '../../../src/domain/workflow/definition.ts'
import {
  automationRules,
  formField,
  simpleWorkflow,
  validationConfig,
  workflowOf,
} from '../../support/fixtures/workflow.ts'
import { sessionOf } from './session-state.ts'

function namesIn(fields: FormField[], form: FormData, entityTypes: ('individual' | 'company')[] = ['individual']) {
  const [step] = simpleWorkflow().steps
  if (step?.type !== 'form_fill') throw new Error('fixture')
  const workflow = workflowOf([{ ...step, step_id: 'form', custom_fields: fields }], { entity_types: entityTypes })
  const state = sessionOf(workflow, { form })
  return gatherInputs({ state, workflow, previous: {}, explainMisses: false }).subject.names
}

const NOTHING = { date_of_birth: null, gender: null, countries: [], identifiers: [] }
const bearers = (names: ReturnType<typeof namesIn>) => names.map(({ value, bearer }) => [value, bearer])

describe('whose facts go with a name', () => {
  it('the subject has its own, under another name of its own too', () => {
    const fields = [
      formField('full_name', 'name'),
      formField('maiden_name', 'name'),
      formField('date_of_birth', 'date'),
    ]
    const names = namesIn(fields, { full_name: 'Anna Eriksson', maiden_name: 'Anna Berg', date_of_birth: '1974-08-12' })
    expect(bearers(names)).toEqual([
      ['Anna Eriksson', undefined],
      ['Anna Berg', undefined],
    ])
  })

  it('somebody whom the form names beside it has none of them', () => {
    const fields = [formField('full_name', 'name'), formField('spouse', 'name'), formField('date_of_birth', 'date')]
    const names = namesIn(fields, { full_name: 'Anna Eriksson', spouse: 'Bo Berg', date_of_birth: '1974-08-12' })
    expect(bearers(names)).toEqual([
      ['Anna Eriksson', undefined],
      ['Bo Berg', NOTHING],
    ])
  })

  it('an owner in a list has those of the same entry', () => {
    const item = [
      formField('full_name', 'name'),
      formField('date_of_birth', 'date'),
      formField('gender', 'text'),
      formField('passport_country', 'country', { country_type: 'nationality' }),
      formField('document_number', 'text'),
    ]
    const fields = [
      formField('company_name', 'name', { name_type: 'company' }),
      formField('owners', 'entity_array', { item_fields: item }),
    ]
    const owner = {
      full_name: 'Bo',
      date_of_birth: '1990-01-02',
      gender: 'M',
      passport_country: 'IR',
      document_number: 'P1',
    }
    const names = namesIn(fields, { company_name: 'Acme', owners: [owner, { full_name: 'Cy' }] }, ['company'])
    expect(bearers(names)).toEqual([
      ['Acme', undefined],
      ['Bo', { date_of_birth: '1990-01-02', gender: 'M', countries: ['IR'], identifiers: ['P1'] }],
      ['Cy', NOTHING],
    ])
  })

  it('the person of a company form has what the form says of a person, the company what it says of a company', () => {
    const fields = [
      formField('company_name', 'name', { name_type: 'company' }),
      formField('registration_number', 'text'),
      formField('full_name', 'name'),
      formField('date_of_birth', 'date'),
      formField('seat', 'country', { country_type: 'incorporation' }),
    ]
    const form = {
      company_name: 'Acme',
      registration_number: 'HRB 1',
      full_name: 'Bo',
      date_of_birth: '1990-01-02',
      seat: 'CY',
    }
    expect(bearers(namesIn(fields, form, ['company']))).toEqual([
      ['Acme', undefined],
      ['Bo', { ...NOTHING, date_of_birth: '1990-01-02' }],
    ])
    expect(bearers(namesIn(fields, form))).toEqual([
      ['Acme', { ...NOTHING, identifiers: ['HRB 1'], countries: ['CY'] }],
      ['Bo', undefined],
    ])
  })
})

describe('the score that the search is asked for', () => {
  const thresholdOf = (rules: Partial<ListMatchRule>[], enabled = true) => {
    const list_match_rules = rules.map((rule) => ({ lists: [], min_score: 0.9, action: 'flag' as const, ...rule }))
    const automation_rules = automationRules({ list_match_rules, enabled })
    const workflow = workflowOf(simpleWorkflow().steps, { validation_config: validationConfig({ automation_rules }) })
    const inputs = gatherInputs({ state: sessionOf(workflow), workflow, previous: {}, explainMisses: false })
    return inputs.options.list_match_threshold
  }

  it("is the workflow's, or that of a rule that wants to know of less, down to a half", () => {
    expect(thresholdOf([])).toBe(0.85)
    expect(thresholdOf([{ min_score: 0.95 }])).toBe(0.85)
    expect(thresholdOf([{ min_score: 0.7 }])).toBe(0.7)
    expect(thresholdOf([{ min_score: 0 }])).toBe(0.5)
    expect(thresholdOf([{ min_score: 0.7 }], false)).toBe(0.85)
  })
})
