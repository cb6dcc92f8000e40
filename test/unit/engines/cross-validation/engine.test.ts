import { describe, expect, it } from 'vitest'
import type {
  CheckInputs,
  DocumentExtraction,
  ExtractionResult,
} from '../../../../src/domain/decision/check-results.ts'
import type { StoredDocumentType } from '../../../../src/domain/workflow/definition.ts'
import { createCrossValidationEngine } from '../../../../src/engines/cross-validation/engine.ts'
import type { NamePair } from '../../../../src/engines/cross-validation/engine.ts'
import { likeness } from '../../../../src/engines/screening/score/compare-names.ts'
import { checkInputs } from '../check-inputs.ts'

const NOW = Date.UTC(2026, 10, 23)
type Read = { type: StoredDocumentType; side?: string; fields: Record<string, string> }
type FormField = CheckInputs['form_fields'][number]

const extractionOf = (doc_id: string, read: Read): DocumentExtraction => ({
  doc_id,
  document_type: read.type,
  issuing_country: null,
  fields: Object.fromEntries(
    Object.entries(read.fields).map(([key, value]) => [
      key,
      { value, raw: value, confidence: 1, source: 'mrz' as const },
    ]),
  ),
  mrz: null,
  quality: null,
  warnings: [],
})
const extractionResult = (
  state: ExtractionResult['state'],
  documents: DocumentExtraction[] = [],
): ExtractionResult => ({
  state,
  checked_at: NOW,
  provider: 'test',
  documents,
})
const field = (field_key: string, type: string, value: unknown): FormField => ({
  field_key,
  field_id: field_key,
  type,
  name: field_key,
  value,
})

function session(parts: {
  documents?: Read[]
  name?: string
  company?: string
  people?: string[]
  form?: FormField[]
}): CheckInputs {
  const read = parts.documents ?? []
  const extractions = read.map((one, index) => extractionOf(`doc_${index + 1}`, one))
  const base = checkInputs()
  const name = (value: string, source: string, kind: 'individual' | 'company') => ({
    value,
    source,
    kind,
    validate_lists: true,
  })
  return checkInputs({
    subject: {
      ...base.subject,
      kind: parts.company === undefined ? 'individual' : 'company',
      name: parts.company ?? parts.name ?? null,
      company_name: parts.company ?? null,
      names: [
        ...(parts.name === undefined ? [] : [name(parts.name, 'form.full_name', 'individual')]),
        ...(parts.company === undefined ? [] : [name(parts.company, 'form.company_name', 'company')]),
        ...(parts.people ?? []).map((person, index) => name(person, `form.owners[${index}].name`, 'individual')),
      ],
    },
    form_fields: parts.form ?? [],
    documents: read.map((one, index) => ({
      doc_id: `doc_${index + 1}`,
      document_type: one.type,
      side: one.side ?? null,
      mime_type: 'image/jpeg',
      size: 1,
      sha256: '',
      auto_extract: true,
      extraction: null,
    })),
    previous: { extraction: extractionResult('ok', extractions) },
  })
}

const run = createCrossValidationEngine()
const passport: Read = {
  type: 'passport',
  fields: {
    surname: 'ERIKSSON',
    given_names: 'ANNA MARIA',
    date_of_birth: '1974-08-12',
    nationality: 'SWE',
    sex: 'F',
    document_number: 'L898902C3',
    expiry_date: '2030-04-15',
  },
}
const bill: Read = {
  type: 'proof_of_address',
  fields: { full_name: 'Mrs A. Eriksson', address: 'Storgatan 5, 111 22 STOCKHOLM' },
}
const form: FormField[] = [
  field('date_of_birth', 'date', '1974-08-12'),
  field('nationality', 'country', 'SE'),
  field('gender', 'select', 'female'),
  field('document_number', 'text', 'l898902c3'),
  field('home', 'address', { line1: 'Storgatan 5', city: 'Stockholm', postal_code: '111 22', country: 'SE' }),
]
const outcomes = async (inputs: CheckInputs) =>
  Object.fromEntries(
    (await run(inputs, NOW)).comparisons.map((one) => [
      `${one.field}: ${one.left.source} ~ ${one.right.source}`,
      one.outcome,
    ]),
  )

describe('cross-validation', () => {
  it('finds one story where form, passport and bill tell it', async () => {
    const result = await run(session({ documents: [passport, bill], name: 'Anna Eriksson', form }), NOW)
    expect(result).toMatchObject({
      state: 'ok',
      is_consistent: true,
      checked_at: NOW,
      provider: 'kyc-sessions/cross-validation',
    })
    expect(await outcomes(session({ documents: [passport, bill], name: 'Anna Eriksson', form }))).toEqual({
      'name: passport.doc_1 ~ form.full_name': 'match',
      'name: proof_of_address.doc_2 ~ form.full_name': 'match',
      'name: proof_of_address.doc_2 ~ passport.doc_1': 'match',
      'date_of_birth: passport.doc_1 ~ form.date_of_birth': 'match',
      'gender: passport.doc_1 ~ form.gender': 'match',
      'nationality: passport.doc_1 ~ form.nationality': 'match',
      'document_number: passport.doc_1 ~ form.document_number': 'match',
      'address: proof_of_address.doc_2 ~ form.home': 'match',
    })
  })

  it('shows both values of a conflict and their agreement', async () => {
    const result = await run(
      session({ documents: [passport], form: [field('date_of_birth', 'date', '1974-12-08')] }),
      NOW,
    )
    expect(result.is_consistent).toBe(false)
    expect(result.comparisons).toEqual([
      {
        field: 'date_of_birth',
        outcome: 'conflict',
        score: 0,
        left: { source: 'passport.doc_1', value: '1974-08-12' },
        right: { source: 'form.date_of_birth', value: '1974-12-08' },
      },
    ])
  })

  it.each([
    ['name', session({ documents: [passport], name: 'Karin Svensson' })],
    ['gender', session({ documents: [passport], form: [field('gender', 'select', 'male')] })],
    ['nationality', session({ documents: [passport], form: [field('nationality', 'country', 'NO')] })],
    ['document_number', session({ documents: [passport], form: [field('document_number', 'text', 'X1234567')] })],
    ['expiry_date', session({ documents: [passport], form: [field('expiry_date', 'date', '2031-04-15')] })],
    [
      'address',
      session({
        documents: [bill],
        form: [field('home', 'address', { line1: 'Storgatan 7', city: 'Stockholm', country: 'SE' })],
      }),
    ],
    [
      'company_name',
      session({ documents: [{ type: 'company_charter', fields: { company_name: 'Zenith AB' } }], company: 'Acme AB' }),
    ],
    [
      'registration_number',
      session({
        documents: [{ type: 'company_charter', fields: { registration_number: '556-1' } }],
        company: 'A',
        form: [field('registration_number', 'text', '556-2')],
      }),
    ],
    [
      'tax_id',
      session({
        documents: [{ type: 'company_charter', fields: { tax_id: 'SE1' } }],
        company: 'A',
        form: [field('tax_id', 'text', 'SE2')],
      }),
    ],
  ])('names a conflict of %s', async (name, inputs) => {
    const result = await run(inputs, NOW)
    expect(result.is_consistent).toBe(false)
    expect(result.comparisons.filter((one) => one.outcome === 'conflict').map((one) => one.field)).toEqual([name])
  })

  it('finds a conflict between two documents that the form does not mention', async () => {
    const other: Read = {
      type: 'driver_license',
      side: 'front',
      fields: { full_name: 'Anna Maria Eriksson', date_of_birth: '1975-08-12' },
    }
    const result = await outcomes(session({ documents: [passport, other] }))
    expect(result).toEqual({
      'name: driver_license.doc_2 ~ passport.doc_1': 'match',
      'date_of_birth: driver_license.doc_2 ~ passport.doc_1': 'conflict',
    })
  })

  it('compares numbers and expiry of the two sides of one card, never of two documents', async () => {
    const front: Read = { type: 'id', side: 'front', fields: { document_number: 'AB123', expiry_date: '2030-01-01' } }
    const back: Read = { type: 'id', side: 'back', fields: { document_number: 'AB124', expiry_date: '2030-01-01' } }
    expect(await outcomes(session({ documents: [passport, front, back] }))).toEqual({
      'document_number: id.doc_2 ~ id.doc_3': 'conflict',
      'expiry_date: id.doc_2 ~ id.doc_3': 'match',
    })
    expect((await run(session({ documents: [passport, front] }), NOW)).state).toBe('no_input')
    expect((await run(session({ documents: [front, front, back] }), NOW)).state).toBe('no_input')
  })

  it('is content when one of several documents has the number of the form', async () => {
    const card: Read = { type: 'id', side: 'front', fields: { document_number: 'AB123' } }
    const result = await run(
      session({ documents: [card, passport], form: [field('document_number', 'text', 'L898902C3')] }),
      NOW,
    )
    expect(result.is_consistent).toBe(true)
    expect(result.comparisons).toHaveLength(1)
  })

  it('takes an O for a zero in a number, but says that it is not equal', async () => {
    const result = await run(
      session({ documents: [passport], form: [field('document_number', 'text', 'L8989O2C3')] }),
      NOW,
    )
    expect(result.comparisons[0]).toMatchObject({ outcome: 'match', score: 0.9 })
  })

  it('reads passport codes of countries, and leaves open what no country has', async () => {
    const of = async (nationality: string, country: string) => {
      const read: Read = { type: 'passport', fields: { ...passport.fields, nationality } }
      const result = await run(
        session({ documents: [read], name: 'Anna Eriksson', form: [field('nationality', 'country', country)] }),
        NOW,
      )
      return [result.comparisons.find((one) => one.field === 'nationality')?.outcome, result.is_consistent]
    }
    expect(await of('D', 'DE')).toEqual(['match', true])
    expect(await of('D<<', 'DE')).toEqual(['match', true])
    expect(await of('GBD', 'GB')).toEqual(['match', true])
    expect(await of('UTO', 'SE')).toEqual(['not_comparable', true])
    expect(await of('SWE', 'FI')).toEqual(['conflict', false])
  })

  it('takes the nationality that fits when the form names two, and never a residence for one', async () => {
    const two = [field('nationality', 'country', 'NO'), field('second_nationality', 'country', 'SE')]
    expect(await outcomes(session({ documents: [passport], form: two }))).toEqual({
      'nationality: passport.doc_1 ~ form.second_nationality': 'match',
    })
    const residence = { ...field('land', 'country', 'NO'), country_type: 'residence' as const }
    expect((await run(session({ documents: [passport], form: [residence] }), NOW)).state).toBe('no_input')
    const nationality = { ...field('land', 'country', 'NO'), country_type: 'nationality' as const }
    expect(await outcomes(session({ documents: [passport], form: [nationality] }))).toEqual({
      'nationality: passport.doc_1 ~ form.land': 'conflict',
    })
  })

  it('takes an unspecified sex or a broken date for no contradiction', async () => {
    const read: Read = { type: 'passport', fields: { ...passport.fields, sex: 'X', date_of_birth: '1974-08-00' } }
    expect(await outcomes(session({ documents: [read], name: 'Anna Eriksson', form }))).toMatchObject({
      'gender: passport.doc_1 ~ form.gender': 'not_comparable',
      'date_of_birth: passport.doc_1 ~ form.date_of_birth': 'not_comparable',
      'name: passport.doc_1 ~ form.full_name': 'match',
    })
  })

  it('does not call a name in another script consistent, nor a conflict', async () => {
    const result = await run(session({ documents: [passport], name: 'Анна Ерикссон', form }), NOW)
    expect(result.comparisons.find((one) => one.field === 'name')?.outcome).toBe('not_comparable')
    expect(result.comparisons.some((one) => one.outcome === 'conflict')).toBe(false)
    expect(result.is_consistent).toBe(false)
  })

  it('never compares a document with a name that was read from it', async () => {
    const inputs = session({ documents: [passport] })
    inputs.subject.name = 'ANNA MARIA ERIKSSON'
    inputs.subject.names = [
      { value: 'ANNA MARIA ERIKSSON', source: 'document.passport', validate_lists: true, kind: 'individual' },
    ]
    expect(await run(inputs, NOW)).toMatchObject({ state: 'no_input', is_consistent: false })
  })

  it('holds a person against their own name, not against others in the form', async () => {
    const inputs = session({ documents: [passport], name: 'Karl Svensson', people: ['Anna Maria Eriksson'] })
    expect(await outcomes(inputs)).toEqual({ 'name: passport.doc_1 ~ form.full_name': 'conflict' })
  })

  it('finds the owner of each passport among the people of a company', async () => {
    const second: Read = { type: 'passport', fields: { full_name: 'Karl Svensson', date_of_birth: '1980-01-01' } }
    const inputs = session({
      documents: [passport, second],
      company: 'Acme AB',
      people: ['Karl Svensson', 'Anna Eriksson'],
    })
    expect(await outcomes(inputs)).toEqual({
      'name: passport.doc_1 ~ form.owners[1].name': 'match',
      'name: passport.doc_2 ~ form.owners[0].name': 'match',
    })
  })

  it('compares addresses of documents with each other only when the form has none', async () => {
    const card: Read = { type: 'id', side: 'front', fields: { address: 'Kungsgatan 1, Malmö' } }
    expect(await outcomes(session({ documents: [card, bill] }))).toEqual({
      'address: proof_of_address.doc_2 ~ id.doc_1': 'conflict',
    })
    const home = field('home', 'address', { line1: 'Storgatan 5', city: 'Stockholm', country: 'SE' })
    expect(Object.keys(await outcomes(session({ documents: [card, bill], form: [home] })))).toEqual([
      'address: id.doc_1 ~ form.home',
      'address: proof_of_address.doc_2 ~ form.home',
    ])
  })

  it.each([
    ['Musterstraße 12, 10115 Berlin', 'MUSTERSTR. 12 10115 BERLIN', 'match'],
    ['10 Downing Street, London SW1A 2AA', '10 DOWNING ST, LONDON, SW1A 2AA, UNITED KINGDOM', 'match'],
    ['Flat 3, 10 High Road, Leeds', '10 High Rd, Leeds', 'match'],
    ['10 High Road, Leeds', '12 High Road, Leeds', 'conflict'],
    ['Musterstraße 12, 10115 Berlin', 'Musterstraße 12, 80331 Berlin', 'conflict'],
    ['Storgatan 5, Stockholm', 'Kungsgatan 5, Malmö', 'conflict'],
    ['улица Ленина 5, Москва', 'Lenina 5, Moscow', 'not_comparable'],
  ])('address: %s and %s: %s', async (left, right, outcome) => {
    const read: Read = { type: 'proof_of_address', fields: { address: left } }
    const result = await run(session({ documents: [read], form: [field('home', 'address', { line1: right })] }), NOW)
    expect(result.comparisons[0]?.outcome).toBe(outcome)
  })

  describe('names in two scripts', () => {
    const asked: NamePair[][] = []
    const across = createCrossValidationEngine({
      compareAcrossScripts: async (pairs) => {
        asked.push(pairs)
        return pairs.map(({ left, right }) => likeness(left, right, 'person'))
      },
    })
    const outcome = async (engine: typeof across, name: string) =>
      (await engine(session({ documents: [passport], name }), NOW)).comparisons.find((one) => one.field === 'name')
        ?.outcome

    it('are asked for, and are one name or two like any others', async () => {
      expect(await outcome(across, 'Анна Мария Эрикссон')).toBe('match')
      expect(await outcome(across, 'Елена Петрова')).toBe('conflict')
      expect(asked).toHaveLength(2)
    })

    it('stay open without an answer, and names in one script are never asked for', async () => {
      const silent = createCrossValidationEngine({ compareAcrossScripts: () => Promise.reject(new Error('gone')) })
      expect(await outcome(silent, 'Анна Мария Эрикссон')).toBe('not_comparable')
      const before = asked.length
      expect(await outcome(across, 'Anna Maria Eriksson')).toBe('match')
      expect(asked).toHaveLength(before)
    })
  })
})

describe('cross-validation says no_input, and never consistent', () => {
  it.each(['not_configured', 'error', 'no_input', 'rate_limited', 'stale'] as const)(
    'when extraction ended as %s',
    async (state) => {
      const inputs = {
        ...session({ documents: [passport], name: 'Anna Eriksson' }),
        previous: { extraction: extractionResult(state) },
      }
      const result = await run(inputs, NOW)
      expect(result).toMatchObject({ state: 'no_input', is_consistent: false, comparisons: [] })
      expect(result.message).toContain(state)
    },
  )

  it('without any document', async () => {
    expect(await run(checkInputs(), NOW)).toMatchObject({ state: 'no_input', is_consistent: false })
  })

  it('when the documents held nothing that is compared', async () => {
    expect(
      await run(session({ documents: [{ type: 'other', fields: { title: 'x', surname: ' ' } }], name: 'A B' }), NOW),
    ).toMatchObject({ state: 'no_input' })
  })

  it('when there is one source only', async () => {
    const result = await run(session({ documents: [passport] }), NOW)
    expect(result).toMatchObject({ state: 'no_input', is_consistent: false })
    expect(result.message).toContain('no second source')
  })
})

describe('cross-validation takes what was read earlier', () => {
  it('when this run asked for no extraction', async () => {
    const inputs = session({ documents: [passport], name: 'Anna Eriksson' })
    const [document] = inputs.documents
    const kept = document === undefined ? [] : [{ ...document, extraction: extractionOf('doc_1', passport) }]
    expect(await run({ ...inputs, previous: {}, documents: kept }, NOW)).toMatchObject({
      state: 'ok',
      is_consistent: true,
    })
  })
})
