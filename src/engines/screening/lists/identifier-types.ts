// Which kind of identifier a list's own label names. OFAC's labels are those of its remarks and of `idType`; the other
// lists word theirs freely, so that words decide. What fits none is `other`; what is no identifier has no type.

import type { IdentifierType, ListedIdentifier } from '../entity.ts'

const OFAC_LABELS: readonly (readonly [IdentifierType, string])[] = [
  [
    'passport',
    'Passport|Diplomatic Passport|British National Overseas Passport|Stateless Person Passport|Travel Document Number|Refugee Travel Document',
  ],
  [
    'national_id',
    'National ID No.|National ID Number|Cedula No.|Cedula de Ciudadania|Cedula de Residencia|C.U.R.P.|CURP|D.N.I.|SSN|' +
      "Personal ID Card|Citizen's Card Number|Identification Number|Numero de Identidad|Tarjeta de Identidad|" +
      'Residency Number|National Foreign ID Number|Turkish Identification Number|Bosnian Personal ID No.|' +
      'Stateless Person ID Card|Personal Identification|Electoral Registry No.|I.F.E.|Kenyan ID No.|' +
      'Birth Certificate Number|Immigration No.|Refugee ID Card|US Social Security No|Afghan Identification Card|' +
      'Pakistani Identification Number|NIE Number|N.I.E.|UAE Identification|Tazkira National ID Card|' +
      'Moroccan Personal ID No.|Credencial electoral|Cartilla de Servicio Militar Nacional|LE Number|C.U.I.P.|Numero Unico de Identificacao Tributaria (NUIT)',
  ],
  [
    'tax_id',
    'Tax ID No.|NIT|R.F.C.|RFC|RUC|RIF|V.A.T. Number|RTN|C.U.I.T.|C.U.I.|RUT|R.U.T.|C.N.P.J.|C.P.F.|US FEIN|' +
      'Italian Fiscal Code|Fiscal Code|C.I.F.|N.I.F.|Tax Identification Number|Romanian Tax Registration|RNC|Paraguayan tax number',
  ],
  [
    'registration',
    'Registration Number|Registration ID|Company Number|Commercial Registry Number|Business Registration Number|' +
      'Business Registration Document|Business Number|C.R. No.|Matricula Mercantil No|Matricula Mercantil|Folio Mercantil No.|' +
      'Trade License No.|License|Government Gazette Number|Public Registration Number|Legal Entity Number|' +
      'Enterprise Number|UK Company Number|Unified Social Credit Code (USCC)|Chamber of Commerce Number|' +
      'Certificate of Incorporation Number|Economic Register Number (CBLS)|D-U-N-S Number|Trade Registration Number|' +
      'Trademark number|File Number|Registered Charity No.|Romanian C.R.|Dubai Chamber of Commerce Membership No.|' +
      'Company ID|Organization Code|Tourism License No.|Central Registration System Number (MERSIS)|' +
      'Central Registration System Number|Istanbul Chamber of Comm. No.|Business Registration|United Social Credit Code Certificate (USCCC)',
  ],
  ['imo', 'Vessel Registration Identification'],
  [
    'other',
    'MMSI|SWIFT/BIC|BIK (RU)|ISIN|Aircraft Tail Number|Previous Aircraft Tail Number|Aircraft Mode S Transponder Code|' +
      "Driver's License No.|Interpol Red Notice File No.|Interpol: Red Notice. File No.|" +
      'Seafarer’s Identification Document|Vessel Registration Number|Other Vessel Call Sign|Bank Identifier Code|Credential Number',
  ],
]

const BY_OFAC_LABEL: ReadonlyMap<string, IdentifierType> = new Map(
  OFAC_LABELS.flatMap(([type, labels]) => labels.split('|').map((label) => [label.toLowerCase(), type] as const)),
)

/** The longest first: `Registration Number` before `Registration`. */
const OFAC_PREFIXES = [...BY_OFAC_LABEL.keys()].toSorted((a, b) => b.length - a.length)

export const ofacIdentifierType = (label: string): IdentifierType | null =>
  BY_OFAC_LABEL.get(label.toLowerCase().replace(/\s*#$/u, '')) ?? null

/** A remark into the label it begins with and what follows; null when it begins with none. */
export function ofacLabelled(remark: string): { type: IdentifierType; rest: string } | null {
  const lower = remark.toLowerCase()
  const label = OFAC_PREFIXES.find((prefix) => lower.startsWith(prefix) && /^[ #:]/u.test(lower.slice(prefix.length)))
  const type = label === undefined ? undefined : BY_OFAC_LABEL.get(label)
  if (label === undefined || type === undefined) return null
  return { type, rest: remark.slice(label.length).replace(/^[\s#:]*/u, '') }
}

/** By the words of a label in a list that words them freely. */
export function wordedIdentifierType(label: string): IdentifierType {
  if (/pass?aport|passeport|passport|pasaporte|travel document/iu.test(label)) return 'passport'
  if (/\btax\b|fiscal|\bVAT\b|\bINN\b|\bTIN\b/iu.test(label)) return 'tax_id'
  if (/\bIMO\b/iu.test(label)) return 'imo'
  if (/regist|OGRN|incorporation|company|trade licen|commercial|\bLEI\b|legal entity|gazette/iu.test(label))
    return 'registration'
  if (/national|identi|\bID\b|social security|tazkira|citizen|civil|personal/iu.test(label)) return 'national_id'
  return 'other'
}

/** Each value of a type once; the lists repeat them. */
export const distinctIdentifiers = (identifiers: readonly ListedIdentifier[]): ListedIdentifier[] => [
  ...new Map(identifiers.map((identifier) => [`${identifier.type} ${identifier.value}`, identifier])).values(),
]
