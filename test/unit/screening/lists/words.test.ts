import { describe, expect, it } from 'vitest'
import { COUNTRY_CODES } from '../../../../src/domain/workflow/countries.ts'
import { birthDate, calendarDay } from '../../../../src/engines/screening/lists/birth-dates.ts'
import { countriesOf, countryOf } from '../../../../src/engines/screening/lists/country-names.ts'
import { wordedIdentifierType } from '../../../../src/engines/screening/lists/identifier-types.ts'
import { personName } from '../../../../src/engines/screening/lists/listed-names.ts'
import { unAliases } from '../../../../src/engines/screening/lists/un-names.ts'

describe('a day of birth', () => {
  it.each([
    ['04 Nov 1962', 'exact', '1962-11-04', '1962-11-04'],
    ['1962-11-04', 'exact', '1962-11-04', '1962-11-04'],
    ['4 November 1962', 'exact', '1962-11-04', '1962-11-04'],
    ['04/11/1962', 'exact', '1962-11-04', '1962-11-04'],
    ['1962', 'year', '1962-01-01', '1962-12-31'],
    ['dd/mm/1962', 'year', '1962-01-01', '1962-12-31'],
    ['00/00/1975', 'year', '1975-01-01', '1975-12-31'],
    ['dd/02/1964', 'range', '1964-02-01', '1964-02-29'],
    ['1962-11', 'range', '1962-11-01', '1962-11-30'],
    ['Sep 1961', 'range', '1961-09-01', '1961-09-30'],
    ['Sep. 1961.', 'range', '1961-09-01', '1961-09-30'],
    ['1958 to 1963', 'range', '1958-01-01', '1963-12-31'],
    ['1955-1957', 'range', '1955-01-01', '1957-12-31'],
    ['Between Aug. and Sep. 1977', 'range', '1977-08-01', '1977-09-30'],
    ['01 Jan 1957 to 31 Dec 1959', 'range', '1957-01-01', '1959-12-31'],
    ['circa 1962', 'circa', '1962-01-01', '1962-12-31'],
    ['circa 1979-1982', 'circa', '1979-01-01', '1982-12-31'],
    ['Approximately 1965', 'circa', '1965-01-01', '1965-12-31'],
    ['circa 01 Mar 1970', 'circa', '1970-03-01', '1970-03-01'],
  ])('written %s is %s from %s to %s', (text, precision, from, to) => {
    expect(birthDate(text)).toEqual({ precision, from, to })
  })

  it.each([
    '',
    'unknown',
    '15/08/19yy',
    '31 Feb 1960',
    '30-35 years old',
    '32/01/1960',
    '1963 to 1958',
    'Foo 1961',
    '19',
  ])('is left out when it is no date: %s', (text) => {
    expect(birthDate(text)).toBeNull()
  })

  it('of less than a day is no calendar day', () => {
    expect(calendarDay('2026-02-27T00:00:09.554Z')).toBe('2026-02-27')
    expect(calendarDay('13-Feb-2026')).toBe('2026-02-13')
    expect(calendarDay('Feb 2026')).toBeNull()
  })
})

describe('a country', () => {
  it.each([
    ['Iran (Islamic Republic of)', 'IR'],
    ['Congo, Democratic Republic of the', 'CD'],
    ['Congo (Democratic Republic)', 'CD'],
    ['Congo, Republic of the', 'CG'],
    ['Korea, North', 'KP'],
    ["Democratic People's Republic of Korea", 'KP'],
    ['Korea, Republic of', 'KR'],
    ['St. Kitts & Nevis', 'KN'],
    ['Cote d Ivoire', 'CI'],
    ["Côte d'Ivoire", 'CI'],
    ['Virgin Islands, British', 'VG'],
    ['Macedonia, The Former Yugoslav Republic of', 'MK'],
    ['Bahamas, The', 'BS'],
    ['Türkiye', 'TR'],
    ['China, Hong Kong Special Administrative Region', 'HK'],
    ['Region: Gaza', 'PS'],
    ['Burma', 'MM'],
    ['Zaire', 'CD'],
    ['RUS', 'RU'],
  ])('written %s is %s', (name, code) => {
    expect(countryOf(name)).toBe(code)
  })

  it('that is no more stands for those that followed it', () => {
    expect(countriesOf('Czechoslovakia')).toEqual(['CZ', 'SK'])
    expect(countriesOf('former Soviet Union')).toContain('UA')
    expect(countryOf('former Yugoslavia')).toBeUndefined()
  })

  it.each(['', 'undetermined', 'None Identified', 'na', '00', 'UNKNOWN', 'Jalisco', '(', 'EU'])(
    'is none for %s',
    (name) => {
      expect(countriesOf(name)).toEqual([])
    },
  )

  it('of ISO 3166 is known by its English name', () => {
    const names = new Intl.DisplayNames('en', { type: 'region' })
    const unknown = COUNTRY_CODES.filter((code) => !countriesOf(names.of(code) ?? '').includes(code))
    expect(unknown).toEqual([])
  })
})

describe('a name', () => {
  it.each([
    ['MADURO MOROS, Nicolas', 'Nicolas MADURO MOROS', 'MADURO MOROS'],
    ['KNOWLES, JR., Samuel', 'Samuel KNOWLES JR.', 'KNOWLES'],
    ['LAVILLA, Ruben Pestano, Jr.', 'Ruben Pestano LAVILLA Jr.', 'LAVILLA'],
    ['MARUF, Taha, Muhyi al-Din', 'Taha Muhyi al-Din MARUF', 'MARUF'],
    ['ABU ZUBAYDAH', 'ABU ZUBAYDAH', undefined],
    ['Hilarion Santos, III', 'Hilarion Santos III', undefined],
  ])('written %s is %s', (written, value, family) => {
    expect(personName(written, 'aka')).toEqual({ value, kind: 'aka', ...(family === undefined ? {} : { family }) })
  })

  it.each([
    ['Abou Mouhadjir (ابو مهاجر)', ['aka: Abou Mouhadjir', 'original_script: ابو مهاجر']],
    ['حسن غول (Hassan Ghul; Hassan Gul)', ['original_script: حسن غول', 'aka: Hassan Ghul', 'aka: Hassan Gul']],
    ['Encep Nurjaman (birth name)', ['aka: Encep Nurjaman']],
    ['"GODANE"', ['aka: GODANE']],
    ['Lom-ali Butayev (Butaev)', ['aka: Lom-ali Butayev (Butaev)']],
    ['Safia Example, born 1 Jan. 1953 (Oman passport no.03825239)', ['aka: Safia Example']],
    [') Abdel Example', ['aka: Abdel Example']],
    ['', []],
  ])('of the UN written %s is opened', (written, names) => {
    expect(unAliases(written, 'Good', 'person').map(({ value, kind }) => `${kind}: ${value}`)).toEqual(names)
  })
})

describe('an identifier', () => {
  it.each([
    ['Número de pasaporte', 'passport'],
    ['National Identification Number Italian Fiscal Code:', 'tax_id'],
    ['Tax identification number taxid', 'tax_id'],
    ['INN', 'tax_id'],
    ['OGRN', 'registration'],
    ['National identification card id', 'national_id'],
    ['Afghan national ID card (tazkira)', 'national_id'],
    ['SWIFT BIC swiftbic', 'other'],
  ])('labelled %s is a %s', (label, type) => {
    expect(wordedIdentifierType(label)).toBe(type)
  })
})
