import { describe, expect, it } from 'vitest'
import type { WorkflowInput, WorkflowStepInput } from '../../../src/domain/workflow/input.ts'
import { normalizeDefinition } from '../../../src/domain/workflow/normalize.ts'
import { publicWorkflow } from '../../../src/domain/workflow/public-definition.ts'
import { TEMPLATE_NAMES, templateNamed } from '../../../src/domain/workflow/templates/index.ts'
import type { FormFieldInput } from '../../../src/domain/workflow/input.ts'

const form = (...custom_fields: FormFieldInput[]): WorkflowStepInput => ({ type: 'form_fill', custom_fields })
const text = (name: string, changes: Partial<FormFieldInput> = {}): FormFieldInput => ({
  name,
  type: 'text',
  ...changes,
})
const workflow = (steps: WorkflowStepInput[], changes: Partial<WorkflowInput> = {}): WorkflowInput => ({
  name: 'W',
  steps,
  ...changes,
})

function normalized(input: WorkflowInput) {
  const result = normalizeDefinition(input)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
/** `path: message` of everything that is wrong. */
const problems = (input: WorkflowInput): string[] => {
  const result = normalizeDefinition(input)
  return result.ok ? [] : result.error.map((detail) => `${detail.path}: ${detail.message}`)
}

describe('defaults', () => {
  it('fill what was left out', () => {
    const definition = normalized(
      workflow(
        [
          form(text('Date of birth', { type: 'date' })),
          { type: 'selfie' },
          { type: 'document_upload', document_requirements: [{ document_type: 'id' }, { document_type: 'passport' }] },
          { type: 'liveness' },
          { type: 'subsession_collection' },
        ],
        {
          consent: { version: '1', text: 'Yes' },
        },
      ),
    )
    expect(definition).toMatchObject({
      template_type: 'custom',
      description: null,
      tags: [],
      ttl_days: null,
      consent: { privacy_url: null, required: true },
      subsession_workflow_id: null,
      validation_config: {
        run_lists: false,
        list_match_threshold: 0.85,
        automation_rules: { enabled: true, auto_process: false, default_action: 'manual_review', country_rules: [] },
      },
    })
    expect(definition.steps.map((step) => [step.step_id, step.order, step.name, step.required])).toEqual([
      ['step_1', 1, 'Your details', true],
      ['step_2', 2, 'Selfie', true],
      ['step_3', 3, 'Documents', true],
      ['step_4', 4, 'Liveness check', true],
      ['step_5', 5, 'Related people', true],
    ])
    expect(definition.steps[0]).toMatchObject({
      custom_fields: [{ field_id: 'date_of_birth', field_key: 'date_of_birth', required: false }],
    })
    expect(definition.steps[2]).toMatchObject({
      document_requirements: [
        {
          sides: ['front', 'back'],
          required: true,
          auto_extract: false,
          max_size: 15 * 1024 * 1024,
          accepted_mime_types: { length: 5 },
        },
        { sides: [] },
      ],
    })
    expect(definition.steps[3]).toMatchObject({
      liveness_config: { min_confidence: 80, challenge_type: 'active', max_retries: 3 },
    })
    expect(definition.steps[4]).toMatchObject({ min: 1, max: 20 })
  })
  it('leave consent optional where no face is taken', () => {
    expect(normalized(workflow([form(text('A'))], { consent: { version: '1', text: 'Yes' } })).consent?.required).toBe(
      false,
    )
  })
  it('make ids that do not collide, across forms too', () => {
    const definition = normalized(
      workflow([form(text('Straße & Ort'), text('strasse ort'), text('Übung')), form(text('Übung'), text('国籍'))]),
    )
    expect(
      definition.steps.flatMap((step) =>
        step.type === 'form_fill' ? step.custom_fields.map((field) => field.field_id) : [],
      ),
    ).toEqual(['stra_e_ort', 'strasse_ort', 'ubung', 'ubung_2', 'field_2'])
  })
  it('put the steps into their order', () => {
    const definition = normalized(
      workflow([
        { ...form(text('B')), order: 2, name: 'Second' },
        { ...form(text('A')), order: 1, name: 'First' },
      ]),
    )
    expect(definition.steps.map((step) => step.step_id)).toEqual(['first', 'second'])
  })
  it('point a condition that names a field_key at the field', () => {
    const definition = normalized(
      workflow([
        form(
          text('Kind', { field_key: 'k' }),
          text('More', { conditional_logic: { show_if: { field_id: 'k', operator: 'equals', value: 'x' } } }),
        ),
      ]),
    )
    expect(definition.steps[0]).toMatchObject({
      custom_fields: [{}, { conditional_logic: { show_if: { field_id: 'kind' } } }],
    })
  })
  it('change nothing in a definition that was read back', () => {
    for (const name of TEMPLATE_NAMES) {
      const template = templateNamed(name)
      if (template === null) throw new Error(name)
      const once = normalized(template)
      expect(normalized(once)).toEqual(once)
    }
  })
})

describe('what does not fit together is refused with its path', () => {
  it.each<[string, WorkflowInput, string]>([
    ['no steps', workflow([]), 'steps: give at least one step'],
    [
      '51 steps',
      workflow(Array.from({ length: 51 }, (_, index) => form(text(`F${index}`)))),
      'steps: give at most 50 steps; there are 51',
    ],
    [
      'two equal step ids',
      workflow([
        { ...form(text('A')), step_id: 'x' },
        { ...form(text('B')), step_id: 'x' },
      ]),
      'steps[1].step_id: step_id "x" is already used by steps[0].step_id; give each its own',
    ],
    [
      'a gap in the order',
      workflow([
        { ...form(text('A')), order: 1 },
        { ...form(text('B')), order: 3 },
      ]),
      'steps[1].order: orders must run from 1 to 2 without a gap; this is 3',
    ],
    [
      'an order twice',
      workflow([
        { ...form(text('A')), order: 1 },
        { ...form(text('B')), order: 1 },
      ]),
      'steps[1].order: order 1 is already used by steps[0].order',
    ],
    [
      'a condition on nothing',
      workflow([
        form(text('A')),
        form(text('B', { conditional_logic: { show_if: { field_id: 'a', operator: 'is_empty' } } })),
      ]),
      'steps[1].custom_fields[0].conditional_logic.show_if.field_id: no such field: name a field of the same step, not "a"',
    ],
    [
      'a condition on an impossible option',
      workflow([
        form(
          text('A', { type: 'select', options: [{ value: 'x', label: 'X' }] }),
          text('B', { conditional_logic: { show_if: { field_id: 'a', operator: 'equals', value: 'y' } } }),
        ),
      ]),
      'steps[0].custom_fields[1].conditional_logic.show_if.value: is not one of the options of a',
    ],
    [
      'a condition without a value',
      workflow([form(text('A'), text('B', { conditional_logic: { show_if: { field_id: 'a', operator: 'equals' } } }))]),
      'steps[0].custom_fields[1].conditional_logic.show_if.value: equals needs a value to compare with',
    ],
    [
      'a choice without options',
      workflow([form(text('A', { type: 'select' }))]),
      'steps[0].custom_fields[0].options: give 1 to 500 options for a select',
    ],
    [
      'options on a text',
      workflow([form(text('A', { options: [{ value: 'x', label: 'X' }] }))]),
      'steps[0].custom_fields[0].options: belongs to select, multi_select, not to text',
    ],
    [
      'two equal field ids in two forms',
      workflow([form(text('A', { field_id: 'x' })), form(text('B', { field_id: 'x', field_key: 'y' }))]),
      'steps[1].custom_fields[0].field_id: field_id "x" is already used by steps[0].custom_fields[0].field_id; give each its own',
    ],
    [
      'a key that is another id',
      workflow([form(text('A'), text('B', { field_key: 'a', field_id: 'b' }))]),
      'steps[0].custom_fields[1].field_key: field_key "a" is already used by steps[0].custom_fields[0].field_key; give each its own',
    ],
    [
      'a hanging pattern',
      workflow([form(text('A', { validation_rules: { pattern: '(a+)+' } }))]),
      'steps[0].custom_fields[0].validation_rules.pattern: could take too long on some input: avoid a repetition inside a repetition, alternatives inside a repetition, and more than three open-ended repetitions',
    ],
    [
      'limits upside down',
      workflow([form(text('A', { type: 'number', min_value: 5, max_value: 1 }))]),
      'steps[0].custom_fields[0].min_value: must not be more than max_value (1)',
    ],
    [
      'dates upside down',
      workflow([form(text('A', { type: 'date', min_date: '2020-01-01', max_date: '2019-01-01' }))]),
      'steps[0].custom_fields[0].min_date: must not be after max_date (2019-01-01)',
    ],
    [
      'a date that is none',
      workflow([form(text('A', { type: 'date', min_date: '2020-13-01' }))]),
      'steps[0].custom_fields[0].min_date: use a date that exists, as YYYY-MM-DD, or today',
    ],
    [
      'a default that is no answer',
      workflow([form(text('A', { type: 'country', default_value: 'UK' }))]),
      'steps[0].custom_fields[0].default_value: is no valid answer to this field: Please give the country as its two-letter code, for example GB.',
    ],
    [
      'a list inside a list',
      workflow([form(text('A', { type: 'entity_array', item_fields: [text('B', { type: 'file' })] }))]),
      'steps[0].custom_fields[0].item_fields[0].type: a file cannot be inside an entity_array; put it into the form itself',
    ],
    [
      'an empty list of entries',
      workflow([form(text('A', { type: 'entity_array' }))]),
      'steps[0].custom_fields[0].item_fields: give at least one field',
    ],
    ['an empty form', workflow([form()]), 'steps[0].custom_fields: give at least one field'],
    [
      'a document twice',
      workflow([
        { type: 'document_upload', document_requirements: [{ document_type: 'other' }, { document_type: 'other' }] },
      ]),
      'steps[0].document_requirements[1].document_type: document_type "other" is already used by steps[0].document_requirements[0].document_type; give each its own',
    ],
    [
      'a file that is too big',
      workflow([{ type: 'document_upload', document_requirements: [{ document_type: 'other', max_size: 1e9 }] }]),
      'steps[0].document_requirements[0].max_size: use bytes from 1 to 15728640',
    ],
    [
      'min over max',
      workflow([{ type: 'subsession_collection', min: 3, max: 2 }]),
      'steps[0].min: must not be more than max (2)',
    ],
    [
      'a face match without a face',
      workflow([{ type: 'document_upload', document_requirements: [{ document_type: 'id' }] }], {
        validation_config: { auto_face_match: true },
      }),
      'validation_config.auto_face_match: needs a selfie or liveness step',
    ],
    [
      'a face match without a document',
      workflow([{ type: 'selfie' }], { validation_config: { auto_face_match: true } }),
      'validation_config.auto_face_match: needs an identity document to compare the face with',
    ],
    [
      'crypto without a wallet',
      workflow([form(text('A'))], { validation_config: { run_crypto: true } }),
      'validation_config.run_crypto: needs a field of type wallet',
    ],
    [
      'a check before its input',
      workflow([{ type: 'validation', validations: ['crypto'] }, form(text('A', { type: 'wallet' }))]),
      'steps[0].validations[0]: crypto needs a field of type wallet in a step before this one',
    ],
    [
      'a block reason without its check',
      workflow([
        form(text('A', { type: 'wallet' })),
        { type: 'validation', validations: ['crypto'], block_on: ['watchlist_hit'] },
      ]),
      'steps[1].block_on[0]: watchlist_hit comes from the check watchlists, which is not in validations',
    ],
    [
      'a list rule without lists',
      workflow([form(text('A'))], {
        validation_config: { automation_rules: { list_match_rules: [{ action: 'auto_deny' }] } },
      }),
      'validation_config.automation_rules.list_match_rules[0]: neither run_lists nor run_crypto is on, so this could never fire',
    ],
    [
      'a rule about no field',
      workflow([form(text('A'))], {
        validation_config: {
          automation_rules: { form_field_rules: [{ field_key: 'b', operator: 'is_empty', action: 'flag' }] },
        },
      }),
      'validation_config.automation_rules.form_field_rules[0].field_key: no such field: "b" is not a field of any form_fill step',
    ],
    [
      'a rule about two fields',
      workflow([form(text('A'))], {
        validation_config: {
          automation_rules: {
            form_field_rules: [{ field_key: 'a', field_id: 'a', operator: 'is_empty', action: 'flag' }],
          },
        },
      }),
      'validation_config.automation_rules.form_field_rules[0]: name the field by field_id or by field_key, one of them',
    ],
    [
      'a rule about no document',
      workflow([form(text('A'))], {
        validation_config: {
          automation_rules: { document_rules: [{ document_type: 'passport', condition: 'missing', action: 'flag' }] },
        },
      }),
      'validation_config.automation_rules.document_rules[0].document_type: this workflow does not ask for a passport',
    ],
    [
      'a rule about no country',
      workflow([form(text('A', { type: 'country', country_type: 'residence' }))], {
        validation_config: {
          automation_rules: {
            country_rules: [{ country_code: 'IR', applies_to: ['incorporation'], action: 'auto_deny' }],
          },
        },
      }),
      'validation_config.automation_rules.country_rules[0].applies_to[0]: nothing in this workflow asks for a country of the kind incorporation, so this could never fire',
    ],
    [
      'a country that is none',
      workflow([form(text('A', { type: 'country' }))], {
        validation_config: { automation_rules: { country_rules: [{ country_code: 'ZZ', action: 'auto_deny' }] } },
      }),
      'validation_config.automation_rules.country_rules[0].country_code: use a two-letter country code in capitals (ISO 3166-1 alpha-2)',
    ],
    [
      'a lifetime of years',
      workflow([form(text('A'))], { ttl_days: 366 }),
      'ttl_days: use a whole number of days from 1 to 365',
    ],
    [
      'a threshold over one',
      workflow([form(text('A'))], { validation_config: { list_match_threshold: 85 } }),
      'validation_config.list_match_threshold: use a number from 0 to 1',
    ],
  ])('%s', (_, input, expected) => expect(problems(input)).toEqual([expected]))

  it('conditions in a circle, each of them', () => {
    const shownIf = (field_id: string) => ({
      conditional_logic: { show_if: { field_id, operator: 'is_empty' as const } },
    })
    expect(
      problems(workflow([form(text('A', shownIf('b')), text('B', shownIf('c')), text('C', shownIf('b')))])),
    ).toEqual([
      'steps[0].custom_fields[1].conditional_logic.show_if.field_id: this condition leads back to the field itself',
      'steps[0].custom_fields[2].conditional_logic.show_if.field_id: this condition leads back to the field itself',
    ])
  })
  it('a key that is the id of another field', () => {
    expect(problems(workflow([form(text('A', { field_key: 'k' }), text('B', { field_key: 'a' }))]))).toEqual([
      'steps[0].custom_fields[1].field_key: field_key "a" is the field_id of steps[0].custom_fields[0]; answers may be sent under either, so use another',
    ])
  })
  it('a document rule needs what it looks at', () => {
    const rule = (
      condition: 'expired' | 'expires_within_days' | 'data_mismatch' | 'issuing_country_in',
      value?: number | string[],
    ) =>
      problems(
        workflow([{ type: 'document_upload', document_requirements: [{ document_type: 'id' }] }], {
          validation_config: {
            automation_rules: {
              document_rules: [{ document_type: 'passport', condition, value, action: 'auto_deny' }],
            },
          },
        }),
      ).map((line) => line.replace('validation_config.automation_rules.document_rules[0].', ''))
    expect(rule('expired')).toEqual(['condition: expired needs auto_extract on the id'])
    expect(rule('expires_within_days')[0]).toBe('value: give a whole number of days from 0 to 3650')
    expect(rule('issuing_country_in', ['XX'])[0]).toContain('two-letter country codes')
    expect(rule('data_mismatch')[0]).toBe('condition: data_mismatch needs cross_validation')
  })
  it('everything that is wrong is said at once', () => {
    expect(
      problems(workflow([form(text('', { type: 'select' }))], { name: ' ', language: 'english language' })).map(
        (line) => line.split(':')[0],
      ),
    ).toEqual(['name', 'language', 'steps[0].custom_fields[0].name', 'steps[0].custom_fields[0].options'])
  })
})

describe('templates', () => {
  it.each([...TEMPLATE_NAMES])('%s is a valid workflow with consent, forms, documents, checks and rules', (name) => {
    const template = templateNamed(name)
    if (template === null) throw new Error('missing')
    const definition = normalized(template)
    expect(definition.template_type).toBe(name)
    expect(definition.consent?.required).toBe(true)
    expect(new Set(definition.steps.map((step) => step.type))).toContain('form_fill')
    expect(new Set(definition.steps.map((step) => step.type))).toContain('document_upload')
    expect(definition.validation_config.run_lists).toBe(true)
    expect(definition.validation_config.automation_rules.country_rules.length).toBeGreaterThan(0)
    expect(JSON.stringify(definition).length).toBeLessThan(64 * 1024)
  })
  it('of an unknown name is none, also of names that objects have by nature', () => {
    expect(templateNamed('gold-kyc')).toBeNull()
    expect(templateNamed('constructor')).toBeNull()
  })
})

describe('the public view of a workflow', () => {
  it('shows what is asked and nothing of what is checked', () => {
    for (const name of TEMPLATE_NAMES) {
      const template = templateNamed(name)
      if (template === null) throw new Error(name)
      const shown = JSON.stringify(publicWorkflow(normalized(template)))
      for (const word of [
        'validation_config',
        'automation_rules',
        'threshold',
        'validate_lists',
        'auto_extract',
        'min_confidence',
        'block_on',
        'subsession_workflow_id',
        'custom_tags',
      ]) {
        expect(shown, word).not.toContain(word)
      }
      expect(shown).toContain('help_text')
    }
  })
  it('keeps internal descriptions of steps to the tenant', () => {
    const definition = normalized(
      workflow([{ ...form(text('A')), description: 'secret words', instructions: 'Please fill in.' }], {
        description: 'inner words',
      }),
    )
    const shown = JSON.stringify(publicWorkflow(definition))
    expect(shown).not.toContain('secret words')
    expect(shown).not.toContain('inner words')
    expect(shown).toContain('Please fill in.')
  })
})
