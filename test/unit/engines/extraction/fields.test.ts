import { describe, expect, it } from 'vitest'
import { findFields } from '../../../../src/engines/extraction/fields/find-fields.ts'
import { findIban, isIban } from '../../../../src/engines/extraction/fields/iban.ts'
import { printedDate } from '../../../../src/engines/extraction/fields/printed-dates.ts'
import { letterhead, numberedFields, provenIban } from '../../../../src/engines/extraction/fields/unlabelled.ts'
import type { DocumentFamily } from '../../../../src/engines/extraction/document-families.ts'
import { page } from './text-page.ts'

const read = (family: DocumentFamily, rows: readonly string[]) =>
  Object.fromEntries(
    Object.entries(findFields(page(rows), family, { source: 'visual', order: 'day_first' })).map(([name, field]) => [
      name,
      field.value,
    ]),
  )

describe('dates as documents print them', () => {
  it.each([
    ['12.08.1974', '1974-08-12'],
    ['12/08/1974', '1974-08-12'],
    ['1974-08-12', '1974-08-12'],
    ['12 08 1974', '1974-08-12'],
    ['12 AUG 1974', '1974-08-12'],
    ['12 AUG/AOÛT 1974', '1974-08-12'],
    ['14 June 2026', '2026-06-14'],
    ['June 14, 2026', '2026-06-14'],
    ['1st of nothing, 3 de marzo de 2026', '2026-03-03'],
    ['9 de fevereiro de 2026', '2026-02-09'],
    ['21 août 2026', '2026-08-21'],
    ['21 aodt 2026', '2026-08-21'],
    ['21 ao(it 2026', '2026-08-21'],
    ['2. März 2026', '2026-03-02'],
    ['31.12.2029', '2029-12-31'],
    ['12/25/2026', '2026-12-25'],
  ])('%s is %s', (text, date) => {
    expect(printedDate(text, 'day_first')).toBe(date)
  })

  it('are read month first where the land writes so', () => {
    expect(printedDate('03/04/2026', 'day_first')).toBe('2026-04-03')
    expect(printedDate('03/04/2026', 'month_first')).toBe('2026-03-04')
    expect(printedDate('25/04/2026', 'month_first')).toBe('2026-04-25')
  })

  it.each(['31.02.2026', '12.13.', 'tomorrow', '', '99/99/9999', '12 Foo 2026'])('%s is none', (text) => {
    expect(printedDate(text, 'day_first')).toBeNull()
  })
})

describe('an IBAN', () => {
  // The examples of the SWIFT registry.
  it.each([
    'GB33BUKB20201555555555',
    'DE89370400440532013000',
    'FR1420041010050500013M02606',
    'ES9121000418450200051332',
    'PT50000201231234567890154',
  ])('%s is one, and is none with a digit exchanged or lost', (iban) => {
    expect(isIban(iban)).toBe(true)
    expect(isIban(iban.slice(0, -1) + (iban.endsWith('0') ? '1' : '0'))).toBe(false)
    expect(isIban(iban.slice(0, -1))).toBe(false)
  })

  it('is found in groups of four, between other words', () => {
    expect(findIban('IBAN: DE89 3704 0044 0532 0130 00 BIC COBADEFF')?.value).toBe('DE89370400440532013000')
    expect(findIban('Reference AB12 and GB33 BUKB 2020 1555 5555 55')?.value).toBe('GB33BUKB20201555555555')
    expect(findIban('DE89 3704 0044 0532 0130 01')).toBeNull()
  })

  it('of a land that has none is none', () => {
    expect(isIban('US33BUKB20201555555555')).toBe(false)
  })
})

describe('fields by their labels', () => {
  it('stand under their labels in columns', () => {
    expect(
      read('card', [
        'Surname / Nom',
        'ERIKSSON',
        'Given names / Prénoms',
        'ANNA MARIA',
        'Date of birth                Sex            Nationality',
        '12.08.1974                   F              UTO',
        'Date of expiry               Passport No.',
        '15.04.2032                   L898902C3',
      ]),
    ).toEqual({
      surname: 'ERIKSSON',
      given_names: 'ANNA MARIA',
      date_of_birth: '1974-08-12',
      sex: 'F',
      nationality: 'UTO',
      expiry_date: '2032-04-15',
      document_number: 'L898902C3',
    })
  })

  it.each([
    [
      'es',
      [
        'Apellidos',
        'GARCÍA LÓPEZ',
        'Nombre',
        'LUCÍA',
        'Fecha de nacimiento',
        '01 02 1990',
        'Válido hasta',
        '03 04 2031',
      ],
    ],
    [
      'pt',
      [
        'Apelidos',
        'GARCÍA LÓPEZ',
        'Nomes',
        'LUCÍA',
        'Data de nascimento',
        '01/02/1990',
        'Data de validade',
        '03/04/2031',
      ],
    ],
    ['fr', ['Nom', 'GARCÍA LÓPEZ', 'Prénoms', 'LUCÍA', 'Né(e) le', '01.02.1990', "Date d'expiration", '03.04.2031']],
    [
      'de',
      ['Nachname', 'GARCÍA LÓPEZ', 'Vornamen', 'LUCÍA', 'Geburtsdatum', '01.02.1990', 'Giiltig bis', '03.04.2031'],
    ],
  ])('are known in %s', (_language, rows) => {
    expect(read('card', rows)).toMatchObject({
      surname: 'GARCÍA LÓPEZ',
      given_names: 'LUCÍA',
      date_of_birth: '1990-02-01',
      expiry_date: '2031-04-03',
    })
  })

  it('stand behind their labels in letters, addresses over several lines', () => {
    expect(
      read('letter', [
        'Account holder: Anna Maria Eriksson',
        'Service address: 27 Kingfisher Lane, Flat 3B',
        'Oxford OX4 2QP, United Kingdom',
        'Account number: 4471 0098 2216',
        'Bill date: 14 June 2026',
        'Please keep this letter as proof of address.',
      ]),
    ).toEqual({
      full_name: 'Anna Maria Eriksson',
      address: '27 Kingfisher Lane, Flat 3B, Oxford OX4 2QP, United Kingdom',
      issue_date: '2026-06-14',
    })
  })

  it('of a company are its name, number, date and directors', () => {
    expect(
      read('charter', [
        'CERTIFICATE OF INCORPORATION',
        'Company name: Utopia Trading Ltd',
        'Company number: 0123 4567',
        'Date of incorporation: 3 March 2019',
        'Directors:',
        'Anna Maria Eriksson',
        'Peter John Stevenson',
        'Registered office: 12 Lighthouse Lane, Zenith',
      ]),
    ).toEqual({
      company_name: 'Utopia Trading Ltd',
      registration_number: '0123 4567',
      incorporation_date: '2019-03-03',
      directors: 'Anna Maria Eriksson; Peter John Stevenson',
      address: '12 Lighthouse Lane, Zenith',
    })
  })

  it('are absent where what stands there cannot be their value', () => {
    expect(read('card', ['Date of birth', 'ZENITH', 'Sex', '172 cm', 'Surname', '12345', 'Date of expiry'])).toEqual({})
    expect(read('card', ['The date of birth is in your passport, and the surname too.'])).toEqual({})
    expect(read('card', [])).toEqual({})
  })

  it('take no label for a value', () => {
    expect(read('card', ['Surname', 'Given names', 'ANNA'])).toEqual({ given_names: 'ANNA' })
  })
})

describe('fields without labels', () => {
  it('of a driving licence go by their numbers', () => {
    const fields = numberedFields(
      page([
        '1. ERIKSSON',
        '2. ANNA MARIA',
        '3. 12.08.1974 ZENITH',
        '4a. 01.02.2020 4c. CITY OF ZENITH',
        '4b. 31.01.2035',
        '5. ERIKS708124AM9',
      ]),
      'visual',
    )
    expect(Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]))).toEqual({
      surname: 'ERIKSSON',
      given_names: 'ANNA MARIA',
      date_of_birth: '1974-08-12',
      issue_date: '2020-02-01',
      issuer: 'CITY OF ZENITH',
      expiry_date: '2035-01-31',
      document_number: 'ERIKS708124AM9',
    })
  })

  it('of a letter are its head and an account number that proves itself', () => {
    const lines = page(['NORTHWIND ENERGY LTD', 'Electricity bill', 'IBAN GB33 BUKB 2020 1555 5555 55'])
    expect(letterhead(lines, 'pdf_text')['issuer']?.value).toBe('NORTHWIND ENERGY LTD')
    expect(provenIban(lines, 'pdf_text')['iban']?.value).toBe('GB33BUKB20201555555555')
    expect(letterhead(page(['Dear Anna', 'thank you']), 'pdf_text')).toEqual({})
  })
})
