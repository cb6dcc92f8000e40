import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SessionDocument } from '../../../src/domain/document/document.ts'
import type { FormData } from '../../../src/domain/session/state.ts'
import type { FormField, FormFillStep } from '../../../src/domain/workflow/definition.ts'
import { checkFormData } from '../../../src/domain/workflow/fields.ts'
import { formField } from '../../support/fixtures/workflow.ts'
import { uploaded } from './uploaded.ts'

const formOf = (...fields: FormField[]): FormFillStep => ({
  step_id: 'form',
  order: 1,
  name: 'Form',
  required: true,
  description: null,
  instructions: null,
  type: 'form_fill',
  custom_fields: fields,
})

const check = (
  fields: FormField[],
  data: FormData,
  purpose: 'save' | 'complete' = 'complete',
  documents: SessionDocument[] = [],
) => checkFormData({ step: formOf(...fields), data, today: '2026-11-23', documents, purpose })

/** What the one field's answer is kept as, or the messages against it. */
function answer(field: FormField, value: FormData[string], documents: SessionDocument[] = []) {
  const checked = check([field], { [field.field_id]: value }, 'complete', documents)
  return checked.ok ? checked.value[field.field_id] : checked.error
}
const message = (field: FormField, value: FormData[string]): string => {
  const checked = check([field], { [field.field_id]: value })
  return checked.ok ? 'accepted' : checked.error.map((detail) => `${detail.path}: ${detail.message}`).join('; ')
}

describe('the keys of a form', () => {
  const fields = [formField('f1', 'text', { field_key: 'full_name', required: true }), formField('f2', 'text')]

  it('may be field ids or field keys, and answers are kept by id', () => {
    expect(check(fields, { full_name: ' Ada ', f2: 'x' })).toEqual({ ok: true, value: { f1: 'Ada', f2: 'x' } })
  })
  it('are refused when no field has them', () => {
    expect(check(fields, { f1: 'Ada', hobby: 'x' })).toEqual({
      ok: false,
      error: [{ path: 'form_data.hobby', message: 'There is no such field in this form.' }],
    })
  })
  it('are refused when they give one field twice', () => {
    const checked = check(fields, { f1: 'Ada', full_name: 'Bob' })
    expect(checked.ok).toBe(false)
  })
  it('cannot reach the prototype of anything', () => {
    const data: FormData = JSON.parse('{"f1":"Ada","__proto__":{"polluted":true},"constructor":"x"}')
    const checked = check(fields, data)
    expect(checked.ok ? [] : checked.error.map((detail) => detail.path)).toEqual([
      'form_data.__proto__',
      'form_data.constructor',
    ])
  })
})

describe('saving and completing', () => {
  const fields = [
    formField('is_pep', 'boolean', { required: true }),
    formField('role', 'text', {
      required: true,
      conditional_logic: { show_if: { field_id: 'is_pep', operator: 'equals', value: true } },
    }),
    formField('code', 'text', { validation_rules: { min_length: 4, pattern: '[A-Z]+' } }),
    formField('home', 'address'),
  ]
  it('saves unfinished answers and takes back what is null or blank', () => {
    expect(check(fields, { code: 'AB', role: null, home: { line1: 'Main Street 1' } }, 'save')).toEqual({
      ok: true,
      value: { code: 'AB', role: null, home: { line1: 'Main Street 1' } },
    })
    expect(check(fields, { code: '  ' }, 'save')).toEqual({ ok: true, value: { code: null } })
  })
  it('refuses to save what could never be right', () => {
    expect(check(fields, { is_pep: 'maybe' }, 'save').ok).toBe(false)
  })
  it('completes without the answers of hidden fields', () => {
    expect(check(fields, { is_pep: false, role: 'Minister' })).toEqual({ ok: true, value: { is_pep: false } })
  })
  it('does not ask a hidden field for a good answer', () => {
    expect(check(fields, { is_pep: false, role: 42 }).ok).toBe(true)
  })
  it('names every missing field in words', () => {
    const checked = check(fields, { is_pep: true })
    expect(checked).toEqual({ ok: false, error: [{ path: 'form_data.role', message: 'Please fill in "role".' }] })
    expect(check(fields, {})).toEqual({
      ok: false,
      error: [{ path: 'form_data.is_pep', message: 'Please fill in "is pep".' }],
    })
  })
  it('takes a no for an answer to a required yes-or-no question', () => {
    expect(check([formField('agree', 'boolean', { required: true })], { agree: false }).ok).toBe(true)
  })
  it('names a mistake and a missing field together', () => {
    const checked = check([formField('mail', 'email'), formField('born', 'date', { required: true })], {
      mail: 'nobody',
    })
    expect(checked.ok ? [] : checked.error.map((detail) => detail.path)).toEqual(['form_data.mail', 'form_data.born'])
  })
  it('never completes with a required, shown field empty', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.constant(''),
      fc.constant('  '),
      fc.string(),
      fc.boolean(),
      fc.integer(),
    )
    fc.assert(
      fc.property(fc.record({ is_pep: value, role: value, code: value }, { requiredKeys: [] }), (data) => {
        const checked = check(fields, data)
        if (!checked.ok) return
        expect(typeof checked.value['is_pep']).toBe('boolean')
        if (checked.value['is_pep'] === true) expect(checked.value['role']).toMatch(/\S/)
        else expect(checked.value).not.toHaveProperty('role')
      }),
    )
  })
})

describe('each type of field', () => {
  it('text is trimmed, bounded and one line', () => {
    expect(answer(formField('t', 'text'), '  hi ')).toBe('hi')
    expect(message(formField('t', 'text', { max_length: 3 }), 'four')).toContain('at most 3 characters')
    expect(message(formField('t', 'text'), 'a\nb')).toContain('cannot be used')
    expect(answer(formField('t', 'textarea'), 'a\nb')).toBe('a\nb')
    expect(message(formField('t', 'text'), 5)).toContain('Please enter text')
    expect(answer(formField('t', 'text', { max_length: 2 }), '😀😀')).toBe('😀😀')
  })
  it('a pattern must match the whole value, and says its own message', () => {
    const iban = formField('t', 'text', {
      validation_rules: { pattern: '[A-Z]{2}\\d{2}[A-Z0-9]{11,30}', pattern_message: 'Please enter an IBAN.' },
    })
    expect(answer(iban, 'DE89370400440532013000')).toBe('DE89370400440532013000')
    expect(message(iban, 'xDE89370400440532013000')).toBe('form_data.t: Please enter an IBAN.')
    expect(answer(formField('t', 'text', { validation_rules: { pattern: 'a|b' } }), 'b')).toBe('b')
    expect(message(formField('t', 'text', { validation_rules: { pattern: 'a|b' } }), 'ab')).not.toBe('accepted')
  })
  it('a number keeps its bounds and may come as text', () => {
    const field = formField('n', 'number', { min_value: 1, max_value: 10, validation_rules: { max_value: 8 } })
    expect(answer(field, '7.5')).toBe(7.5)
    expect(message(field, 0)).toContain('at least 1')
    expect(message(field, 9)).toContain('at most 8')
    expect(message(field, '1e3')).toContain('Please enter a number')
    expect(message(field, Number.NaN)).toContain('Please enter a number')
  })
  it('a date exists, and today is the day of the answer', () => {
    const field = formField('d', 'date', { min_date: '2000-01-01', max_date: 'today' })
    expect(answer(field, '2026-11-23')).toBe('2026-11-23')
    expect(message(field, '2026-11-24')).toContain('on or before 2026-11-23')
    expect(message(field, '1999-12-31')).toContain('on or after 2000-01-01')
    expect(message(field, '2023-02-29')).toContain('a date that exists')
    expect(message(field, '23.11.2026')).toContain('YYYY-MM-DD')
  })
  it('choices are among the options', () => {
    const options = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ]
    expect(answer(formField('s', 'select', { options }), 'a')).toBe('a')
    expect(message(formField('s', 'select', { options }), 'c')).toContain('one of: a, b')
    const many = formField('s', 'multi_select', { options, validation_rules: { max_items: 1 } })
    expect(answer(many, ['b', 'b'])).toEqual(['b'])
    expect(message(many, ['a', 'b'])).toContain('at most 1 choice')
    expect(message(many, ['a', 'x'])).toContain('form_data.s[1]')
  })
  it('an e-mail address has a form, and may not be throw-away', () => {
    expect(answer(formField('e', 'email'), ' Ada.Lovelace+kyc@Example.COM ')).toBe('Ada.Lovelace+kyc@example.com')
    for (const wrong of [
      'ada',
      'ada@',
      '@example.com',
      'a..b@example.com',
      'a b@example.com',
      'ada@localhost',
      'ada@1.2.3.4',
    ]) {
      expect(message(formField('e', 'email'), wrong), wrong).toContain('Please enter an e-mail address')
    }
    expect(message(formField('e', 'email', { block_disposable: true }), 'x@eu.mailinator.com')).toContain('throw-away')
    expect(answer(formField('e', 'email'), 'x@mailinator.com')).toBe('x@mailinator.com')
  })
  it('a phone number is kept as E.164', () => {
    expect(answer(formField('p', 'phone'), '+44 (20) 7183-8750')).toBe('+442071838750')
    for (const wrong of ['020 7183 8750', '+44', '+999123456789', 'call me'])
      expect(message(formField('p', 'phone'), wrong), wrong).toContain('country code')
  })
  it('an address of the web is absolute, public in form and without a password', () => {
    expect(answer(formField('u', 'url'), 'https://example.com')).toBe('https://example.com/')
    for (const wrong of [
      'example.com',
      'ftp://example.com',
      'javascript:alert(1)',
      'https://u:p@example.com',
      'http://localhost',
      'http://127.0.0.1/',
      'http://[::1]/',
    ]) {
      expect(message(formField('u', 'url'), wrong), wrong).toContain('full web address')
    }
    expect(answer(formField('d', 'domain'), 'Bücher.example.')).toBe('xn--bcher-kva.example')
    expect(message(formField('d', 'domain'), 'https://example.com')).toContain('domain name')
  })
  it('a country is its two-letter code', () => {
    expect(answer(formField('c', 'country'), 'gb')).toBe('GB')
    expect(message(formField('c', 'country'), 'DEU')).toContain('for example DE')
    expect(message(formField('c', 'country'), 'ZZ')).toContain('two-letter code')
  })
  it('a name is text or given and family name', () => {
    expect(answer(formField('n', 'name'), ' Anna  Maria ')).toBe('Anna Maria')
    expect(answer(formField('n', 'name'), { given: 'Anna', family: 'Eriksson' })).toEqual({
      given: 'Anna',
      family: 'Eriksson',
    })
    expect(message(formField('n', 'name'), { given: 'Anna' })).toContain(
      'form_data.n.family: Please enter the family name',
    )
    expect(message(formField('n', 'name'), { given: 'A', family: 'B', title: 'Dr' })).toContain('form_data.n.title')
    expect(message(formField('n', 'name'), '!!!')).toContain('with letters')
  })
  it('a wallet names its network', () => {
    expect(answer(formField('w', 'wallet'), { network: 'Bitcoin', address: ' bc1qxy ' })).toEqual({
      network: 'bitcoin',
      address: 'bc1qxy',
    })
    expect(message(formField('w', 'wallet'), { address: 'bc1qxy' })).toContain('Please enter the network')
    expect(message(formField('w', 'wallet'), 'bc1qxy')).toContain('{network, address}')
  })
  it('an address has its parts', () => {
    const home = { line1: 'Main Street 1', city: 'Utopia City', country: 'se' }
    expect(answer(formField('a', 'address'), home)).toEqual({ ...home, country: 'SE' })
    expect(message(formField('a', 'address'), { line1: 'x' })).toBe(
      'form_data.a.city: Please enter the city.; form_data.a.country: Please enter the country.',
    )
  })
  it('a file is an uploaded document of that very field', () => {
    const bill = formField('bill', 'file', { required: true })
    const old = uploaded({ doc_id: 'doc_old', field_id: 'bill', replaced_by: 'doc_new' })
    const fresh = uploaded({ doc_id: 'doc_new', field_id: 'bill' })
    const other = uploaded({ doc_id: 'doc_other', field_id: 'letter' })
    const pending = uploaded({ doc_id: 'doc_pending', field_id: 'bill', status: 'pending_upload' })
    expect(answer(bill, 'doc_new', [fresh])).toEqual(['doc_new'])
    expect(answer(bill, ['doc_old'], [old, fresh])).toEqual(['doc_new'])
    for (const wrong of ['doc_other', 'doc_pending', 'doc_unknown']) {
      expect(answer(bill, [wrong], [fresh, other, pending]), wrong).toEqual([
        { path: 'form_data.bill', message: 'Please upload the file for this field first, then give its doc_id.' },
      ])
    }
    expect(check([bill], {}, 'complete', [old, fresh])).toEqual({ ok: true, value: { bill: ['doc_new'] } })
    expect(check([bill], {}, 'complete', [pending])).toEqual({
      ok: false,
      error: [{ path: 'form_data.bill', message: 'Please upload a file for "bill".' }],
    })
  })
  it('a list of entities is checked entry by entry', () => {
    const owners = formField('owners', 'entity_array', {
      validation_rules: { min_items: 1 },
      item_fields: [
        formField('n', 'name', { field_key: 'full_name', required: true }),
        formField('pct', 'number', { max_value: 100 }),
        formField('why', 'text', {
          required: true,
          conditional_logic: { show_if: { field_id: 'pct', operator: 'greater_than', value: 50 } },
        }),
      ],
    })
    expect(answer(owners, [{ full_name: 'Ada', pct: 10, why: 'gone' }])).toEqual([{ n: 'Ada', pct: 10 }])
    expect(message(owners, [{ full_name: 'Ada' }, { pct: 60, shoe: 1 }])).toBe(
      'form_data.owners[1].shoe: There is no such field in this form.; form_data.owners[1].n: Please fill in "n".; form_data.owners[1].why: Please fill in "why".',
    )
    expect(
      message(
        owners,
        Array.from({ length: 51 }, () => ({ full_name: 'Ada' })),
      ),
    ).toContain('at most 50 entries')
    expect(message(owners, 'Ada')).toContain('a list of entries')
  })
})

it('no answer of any shape makes the check throw', () => {
  const fields = (
    [
      'text',
      'number',
      'date',
      'email',
      'phone',
      'url',
      'domain',
      'country',
      'name',
      'wallet',
      'address',
      'file',
      'entity_array',
      'boolean',
    ] as const
  ).map((type) => formField(type, type, type === 'entity_array' ? { item_fields: [formField('x', 'name')] } : {}))
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom(...fields),
      fc.constantFrom('save' as const, 'complete' as const),
      (value, field, purpose) => {
        const data: FormData = JSON.parse(JSON.stringify({ [field.field_id]: value }))
        const checked = check([field], data, purpose)
        if (!checked.ok) for (const detail of checked.error) expect(detail.path.startsWith('form_data.')).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
