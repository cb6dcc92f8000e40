import { describe, expect, it } from 'vitest'
import type { ResultsByCheck } from '../../../src/domain/decision/check-results.ts'
import { gatherInputs } from '../../../src/domain/decision/inputs.ts'
import { dependenciesOf, requestedChecks } from '../../../src/domain/decision/requested-checks.ts'
import type { FormData } from '../../../src/domain/session/state.ts'
import type { FormField, WorkflowDefinition } from '../../../src/domain/workflow/definition.ts'
import {
  documentRequirement,
  formField,
  gatedWorkflow,
  richWorkflow,
  simpleWorkflow,
  validationConfig,
  workflowOf,
} from '../../support/fixtures/workflow.ts'
import { CLEAN, extractionOf, sessionOf, uploaded } from './session-state.ts'

const formOf = (fields: FormField[], changes: Partial<WorkflowDefinition> = {}) =>
  workflowOf(
    [
      {
        step_id: 'form',
        order: 1,
        name: 'Form',
        required: true,
        description: null,
        instructions: null,
        type: 'form_fill',
        custom_fields: fields,
      },
    ],
    changes,
  )

const gather = (workflow: WorkflowDefinition, form: FormData, previous: ResultsByCheck = {}) =>
  gatherInputs({ state: sessionOf(workflow, { form }), workflow, previous, explainMisses: false })

describe('which checks a workflow asks for', () => {
  it('follows the flags, the liveness step and auto_extract', () => {
    expect(requestedChecks(simpleWorkflow())).toEqual([])
    expect(requestedChecks(gatedWorkflow())).toEqual(['crypto'])
    expect(requestedChecks(richWorkflow())).toEqual([
      'watchlists',
      'crypto',
      'face_match',
      'liveness',
      'extraction',
      'cross_validation',
    ])
  })
  it('lets those that build on documents wait for extraction, if that is asked for', () => {
    const requested = requestedChecks(richWorkflow())
    expect(dependenciesOf('cross_validation', requested)).toEqual(['extraction'])
    expect(dependenciesOf('watchlists', requested)).toEqual(['extraction'])
    expect(dependenciesOf('crypto', requested)).toEqual([])
    expect(dependenciesOf('extraction', requested)).toEqual([])
    expect(dependenciesOf('watchlists', ['watchlists'])).toEqual([])
  })
})

describe('the subject of the checks', () => {
  it('is the name the form gives', () => {
    const { subject } = gather(
      formOf([
        formField('n', 'name', { name_type: 'individual' }),
        formField('b', 'date', { field_key: 'date_of_birth' }),
        formField('c', 'country', { country_type: 'nationality' }),
        formField('a', 'address'),
        formField('d', 'text', { field_key: 'document_number' }),
      ]),
      {
        n: { given: 'Anna Maria', family: 'Eriksson' },
        b: '1974-08-12',
        c: 'SE',
        a: { line1: 'x', city: 'y', country: 'DE' },
        d: 'L898902C3',
      },
    )
    expect(subject).toMatchObject({
      kind: 'individual',
      name: 'Anna Maria Eriksson',
      names: [{ value: 'Anna Maria Eriksson', source: 'form.n', validate_lists: true, kind: 'individual' }],
      date_of_birth: '1974-08-12',
      countries: [
        { country_code: 'SE', type: 'nationality' },
        { country_code: 'DE', type: 'residence' },
      ],
      document_numbers: ['L898902C3'],
    })
  })
  it('is found by reserved keys where no type says it', () => {
    const { subject } = gather(formOf([formField('first_name', 'text'), formField('last_name', 'text')]), {
      first_name: 'Ada',
      last_name: 'Byron',
    })
    expect(subject.name).toBe('Ada Byron')
    expect(subject.names).toEqual([
      { value: 'Ada Byron', source: 'form.first_name+last_name', validate_lists: true, kind: 'individual' },
    ])
  })
  it('is what extraction read when the form gives no name', () => {
    const workflow = richWorkflow()
    const documents = [uploaded(), uploaded({ doc_id: 'doc_old', replaced_by: 'doc_id' })]
    const read = extractionOf({
      surname: 'ERIKSSON',
      given_names: 'ANNA MARIA',
      date_of_birth: '1974-08-12',
      nationality: 'SWE',
      document_number: 'L898902C3',
      sex: 'F',
    })
    const stale = { ...extractionOf({ full_name: 'Somebody Else' }), doc_id: 'doc_old' }
    const inputs = gatherInputs({
      state: sessionOf(workflow, {}, { documents }),
      workflow,
      previous: { extraction: { ...CLEAN.extraction, documents: [stale, read] } },
      explainMisses: true,
    })
    expect(inputs.subject).toMatchObject({
      name: 'ANNA MARIA ERIKSSON',
      names: [{ value: 'ANNA MARIA ERIKSSON', source: 'document.passport', validate_lists: true }],
      date_of_birth: '1974-08-12',
      gender: 'F',
      countries: [{ country_code: 'SE', type: 'nationality' }],
      document_numbers: ['L898902C3'],
    })
    expect(inputs.documents).toHaveLength(1)
    expect(inputs.documents[0]).toMatchObject({
      doc_id: 'doc_id',
      auto_extract: true,
      extraction: { doc_id: 'doc_id' },
    })
    expect(inputs.options.explain_misses).toBe(true)
  })
  it('is a company with its owners and directors', () => {
    const person = [
      formField('n', 'name', { field_key: 'full_name' }),
      formField('c', 'country', { country_type: 'nationality' }),
    ]
    const { subject, wallets, urls, form } = gather(
      formOf(
        [
          formField('company_name', 'name', { name_type: 'company' }),
          formField('registration_number', 'text'),
          formField('owners', 'entity_array', { item_fields: person }),
          formField('advisers', 'entity_array', { item_fields: person, validate_lists: false }),
          formField('wallets', 'entity_array', { item_fields: [formField('w', 'wallet')] }),
          formField('shop', 'domain'),
        ],
        { entity_types: ['company'] },
      ),
      {
        company_name: 'Acme Ltd',
        registration_number: '123',
        owners: [{ n: 'Ada Byron', c: 'IR' }, { n: { given: 'Bob', family: 'Boyle' } }],
        advisers: [{ n: 'Carl' }],
        wallets: [{ w: { network: 'bitcoin', address: 'bc1q' } }],
        shop: 'acme.example',
      },
    )
    expect(subject).toMatchObject({
      kind: 'company',
      name: 'Acme Ltd',
      company_name: 'Acme Ltd',
      registration_number: '123',
      countries: [],
    })
    const bearer = { date_of_birth: null, gender: null, countries: [], identifiers: [] }
    expect(subject.names).toEqual([
      { value: 'Acme Ltd', source: 'form.company_name', validate_lists: true, kind: 'company' },
      {
        value: 'Ada Byron',
        source: 'form.owners[0].full_name',
        validate_lists: true,
        kind: 'individual',
        bearer: { ...bearer, countries: ['IR'] },
      },
      { value: 'Bob Boyle', source: 'form.owners[1].full_name', validate_lists: true, kind: 'individual', bearer },
      { value: 'Carl', source: 'form.advisers[0].full_name', validate_lists: false, kind: 'individual', bearer },
    ])
    expect(wallets).toEqual([{ field_key: 'wallets[0].w', network: 'bitcoin', address: 'bc1q' }])
    expect(urls).toEqual([{ field_key: 'shop', url: 'https://acme.example' }])
    expect(Object.keys(form)).toEqual(['company_name', 'registration_number', 'owners', 'advisers', 'wallets', 'shop'])
  })
  it('does not see hidden fields or skipped steps', () => {
    const workflow = formOf([
      formField('is_pep', 'boolean'),
      formField('n', 'name', {
        conditional_logic: { show_if: { field_id: 'is_pep', operator: 'equals', value: true } },
      }),
    ])
    expect(gather(workflow, { is_pep: false, n: 'Hidden' }).subject.names).toEqual([])
    const skipped = sessionOf(workflow, { form: { is_pep: true, n: 'Skipped' } })
    const state = { ...skipped, steps: skipped.steps.map((step) => ({ ...step, status: 'skipped' as const })) }
    expect(gatherInputs({ state, workflow, previous: {}, explainMisses: false }).form).toEqual({})
  })
  it('knows the auto_extract of the requirement that a passport sent for an id answers', () => {
    const workflow = workflowOf(
      [
        {
          step_id: 'identity',
          order: 1,
          name: 'I',
          required: true,
          description: null,
          instructions: null,
          type: 'document_upload',
          document_requirements: [documentRequirement('id', { auto_extract: true })],
        },
      ],
      { validation_config: validationConfig() },
    )
    const state = sessionOf(workflow, {}, { documents: [uploaded({ document_type: 'passport' })] })
    expect(gatherInputs({ state, workflow, previous: {}, explainMisses: false }).documents[0]?.auto_extract).toBe(true)
  })
})
