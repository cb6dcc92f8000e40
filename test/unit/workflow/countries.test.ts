import { describe, expect, it } from 'vitest'
import { CALL_FOR_ACTION, INCREASED_MONITORING } from '../../../src/domain/decision/high-risk-countries.ts'
import { COUNTRY_CODES, isCountryCode, toCountryCode } from '../../../src/domain/workflow/countries.ts'

describe('countries', () => {
  it('are the 249 of ISO 3166-1 and Kosovo, each known to Intl by a name', () => {
    expect(COUNTRY_CODES).toHaveLength(250)
    const names = new Intl.DisplayNames('en', { type: 'region' })
    for (const code of COUNTRY_CODES) expect(names.of(code), code).not.toBe(code)
  })
  it('are found by passport codes', () => {
    expect(toCountryCode('DEU')).toBe('DE')
    expect(toCountryCode('D<<')).toBe('DE')
    expect(toCountryCode('RKS')).toBe('XK')
    expect(toCountryCode('GBO')).toBe('GB')
    expect(toCountryCode('UTO')).toBeNull()
  })
  it('on the FATF lists are countries, each on one list', () => {
    for (const code of [...CALL_FOR_ACTION, ...INCREASED_MONITORING]) expect(isCountryCode(code), code).toBe(true)
    expect([...CALL_FOR_ACTION].filter((code) => INCREASED_MONITORING.has(code))).toEqual([])
  })
})
