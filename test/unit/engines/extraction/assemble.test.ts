import { describe, expect, it } from 'vitest'
import type { StoredDocumentType } from '../../../../src/domain/workflow/definition.ts'
import { assemble } from '../../../../src/engines/extraction/assemble.ts'
import { classify } from '../../../../src/engines/extraction/classify.ts'
import { parseMrz } from '../../../../src/engines/extraction/mrz/parse-mrz.ts'
import type { MrzFormat } from '../../../../src/engines/extraction/mrz/formats.ts'
import { settleType } from '../../../../src/engines/extraction/settle-type.ts'
import { ANNA } from '../../../support/documents/people.ts'
import { writeMrz } from '../../../support/documents/write-mrz.ts'
import type { Holder } from '../../../support/documents/write-mrz.ts'
import { page } from './text-page.ts'

const SWEDE: Holder = { ...ANNA, state: 'SWE', nationality: 'SWE' }
const PRINT = [
  'PASSPORT',
  'Surname',
  'ERIKSSON',
  'Given names',
  'ANNA MARIA',
  'Date of birth',
  '12.08.1974',
  'Date of expiry',
  '15.04.2032',
]
const SHARP = { blur: 0.1, glare: 0, size: 1_200, skew: 0 }

type Case = {
  type?: StoredDocumentType
  side?: 'front' | 'back'
  holder?: Partial<Holder>
  format?: MrzFormat
  mrz?: string[] | null
  print?: string[]
  today?: string
}

function read({
  type = 'passport',
  side,
  holder = {},
  format = 'TD3',
  mrz,
  print = PRINT,
  today = '2026-11-23',
}: Case) {
  const lines = mrz === undefined ? writeMrz(format, { ...SWEDE, ...holder }) : mrz
  const { extraction } = assemble(
    { doc_id: 'doc_1', document_type: type, side: side ?? null, today },
    {
      mrz: lines === null ? null : parseMrz(lines),
      lines: page(print),
      source: 'visual',
      quality: SHARP,
      warnings: [],
    },
  )
  return { ...extraction, codes: extraction.warnings.map((warning) => warning.code) }
}

describe('a passport whose zone and print agree', () => {
  it('is read without a warning, the zone before the print', () => {
    const passport = read({})
    expect(passport).toMatchObject({ document_type: 'passport', issuing_country: 'SE', codes: [] })
    expect(passport.mrz).toMatchObject({ format: 'TD3', valid: true })
    expect(passport.fields).toMatchObject({
      surname: { value: 'ERIKSSON', source: 'mrz' },
      date_of_birth: { value: '1974-08-12', raw: '740812', confidence: 0.99 },
      expiry_date: { value: '2032-04-15' },
      nationality: { value: 'SE', raw: 'SWE' },
    })
  })
})

describe('a second look is asked for', () => {
  it('when the document has run out, from the day after on', () => {
    expect(read({ today: '2032-04-15' }).codes).toEqual([])
    expect(read({ today: '2032-04-16' }).codes).toEqual(['expired'])
  })

  it('when a check digit is wrong, and says which', () => {
    const [first = '', second = ''] = writeMrz('TD3', SWEDE)
    const wrong = read({ mrz: [first, second.replace('740812', '740813')] })
    expect(wrong.codes).toEqual(['mrz_check_failed'])
    expect(wrong.warnings[0]?.message).toContain('date_of_birth, composite')
    // The print, which no digit refutes, is the better witness.
    expect(wrong.fields['date_of_birth']).toMatchObject({ value: '1974-08-12', source: 'visual' })
  })

  it('when the print says something else than the zone', () => {
    const other = PRINT.map((line) => line.replace('12.08.1974', '12.08.1984'))
    const forged = read({ print: other })
    expect(forged.codes).toEqual(['mrz_mismatch'])
    expect(forged.warnings[0]?.message).toContain('date_of_birth')
    expect(read({ print: PRINT.map((line) => line.replace('ERIKSSON', 'STEVENSON')) }).codes).toEqual(['mrz_mismatch'])
  })

  it('but not for one letter that OCR may have misread, nor for another spelling of the same name', () => {
    expect(read({ print: PRINT.map((line) => line.replace('ERIKSSON', 'ERlKSSON')) }).codes).toEqual([])
    const umlaut = { holder: { surname: 'Müller' }, print: PRINT.map((line) => line.replace('ERIKSSON', 'MÜLLER')) }
    expect(read(umlaut).codes).toEqual([])
  })

  it('when it is younger than its issue date, or its dates do not follow each other', () => {
    expect(read({ print: [...PRINT, 'Date of issue', '01.12.2026'] }).codes).toEqual(['issued_in_future'])
    expect(read({ print: [...PRINT, 'Date of issue', '01.12.1970'] }).codes).toEqual(['dates_out_of_order'])
  })

  it('when it names a state that there is not, or calls itself a specimen', () => {
    expect(read({ holder: { state: 'QQQ' } }).codes).toEqual(['mrz_unknown_state'])
    expect(read({ print: ['SPECIMEN', ...PRINT] }).codes).toEqual(['specimen'])
  })

  it('when a zone has to be there and is not, and nowhere else', () => {
    expect(read({ mrz: null }).codes).toEqual(['mrz_not_found'])
    expect(read({ mrz: null }).mrz).toBeNull()
    const card = ['IDENTITY CARD', ...PRINT.slice(1)]
    expect(read({ mrz: null, type: 'id', side: 'back', print: card }).codes).toEqual(['mrz_not_found'])
    expect(read({ mrz: null, type: 'id', side: 'front', print: card }).codes).toEqual([])
    expect(read({ mrz: null, type: 'driver_license', print: ['DRIVING LICENCE', ...PRINT.slice(1)] }).codes).toEqual([])
  })

  it('when nothing could be read', () => {
    expect(read({ mrz: null, type: 'id', print: [] })).toMatchObject({ codes: ['unreadable'], fields: {} })
  })
})

describe('another kind of document', () => {
  const bill = [
    'NORTHWIND ENERGY LTD',
    'Electricity bill',
    'Account holder: Anna Maria Eriksson',
    'Bill date: 14 June 2026',
  ]

  it('is named, and read as what it is', () => {
    const sent = read({ type: 'passport', mrz: null, print: bill })
    expect(sent).toMatchObject({ document_type: 'proof_of_address', codes: ['type_mismatch'] })
    expect(sent.fields['full_name']?.value).toBe('Anna Maria Eriksson')
    expect(sent.warnings[0]?.message).toBe(
      'This looks like a bill or a letter that shows an address, and a passport was asked for. Is it the right file?',
    )
  })

  it('is no other kind where any will do', () => {
    expect(read({ type: 'id' })).toMatchObject({ document_type: 'passport', codes: [] })
    expect(read({ type: 'other', mrz: null, print: bill }).codes).toEqual([])
  })

  it.each([
    ['passport', 'TD3', {}, []],
    ['id', 'TD1', {}, []],
    ['residence_permit', 'TD1', {}, ['TITRE DE SÉJOUR']],
    ['other', 'MRV-A', {}, []],
  ] as const)('is told by its zone: %s', (type, format, holder, print) => {
    expect(classify(print.join('\n'), parseMrz(writeMrz(format, { ...SWEDE, ...holder })))?.document_type).toBe(type)
  })

  it.each([
    ['driver_license', 'FÜHRERSCHEIN'],
    ['driver_license', 'PERMISO DE CONDUCCIÓN'],
    ['residence_permit', 'TÍTULO DE RESIDÊNCIA'],
    ['id', "CARTE NATIONALE D'IDENTITÉ"],
    ['passport', 'REISEPASS'],
    ['company_charter', 'Certificate of Incorporation'],
    ['company_charter', 'Escritura de constitución'],
    ['bank_ownership', "Relevé d'identité bancaire"],
    ['proof_of_address', 'Stromrechnung'],
  ])('is told by its title: %s from %s', (type, title) => {
    expect(classify(title, null)).toMatchObject({ document_type: type })
  })

  it('is not told by a word in a sentence, nor by nothing', () => {
    expect(
      classify('Please bring your passport or your identity card with you to the branch on Monday.', null),
    ).toBeNull()
    expect(classify('', null)).toBeNull()
  })

  it('has to be clear to be called so', () => {
    expect(settleType('passport', { document_type: 'id', confidence: 0.7 })).toEqual({
      document_type: null,
      isOther: false,
    })
    expect(settleType('bank_ownership', { document_type: 'proof_of_address', confidence: 0.95 })).toEqual({
      document_type: 'bank_ownership',
      isOther: false,
    })
    expect(settleType('id', { document_type: 'driver_license', confidence: 0.9 })).toMatchObject({ isOther: false })
    expect(settleType('driver_license', { document_type: 'id', confidence: 0.9 })).toMatchObject({ isOther: true })
  })
})
