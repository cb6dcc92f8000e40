// Codes that may stand for an issuer or a nationality in an MRZ: ISO 3166-1 alpha-3, and those that ICAO Doc 9303-3,
// section 5, adds for organisations, for people without a state, for Germany and for specimens.

import { toCountryCode } from '../../../domain/workflow/countries.ts'

const SPECIAL = new Set(
  (
    'UTO D GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XXA XXB XXC XXX XBA XCC XCE XCO XCT XDC XEC XES XIM XMP XOM XPO XSM ' +
    'IAO NTZ ANT'
  ).split(' '),
)
/** Stateless, refugee, other, unspecified: no country whose citizen the holder is. */
const WITHOUT_A_STATE = new Set(['XXA', 'XXB', 'XXC', 'XXX'])

/** As printed, fillers included: `D<<`, `UTO`. */
export function isKnownState(code: string): boolean {
  const plain = code.replaceAll('<', '')
  return SPECIAL.has(plain) || (plain.length === 3 && toCountryCode(plain) !== null)
}

/** ISO alpha-2 where there is one, else the code itself. */
export function stateOf(code: string): string {
  const plain = code.replaceAll('<', '')
  return toCountryCode(plain) ?? plain
}

export const isWithoutState = (code: string): boolean => WITHOUT_A_STATE.has(code.replaceAll('<', ''))
