// What kind of document a text is of: by its machine-readable zone, else by the titles that such documents print on
// themselves, in the languages of the templates. Words inside sentences count for nothing: every letter may name a passport.

import type { DocumentType } from '../../domain/workflow/definition.ts'
import { fold } from './fields/segments.ts'
import type { ParsedMrz } from './mrz/parse-mrz.ts'

export type Classification = { document_type: DocumentType; confidence: number }

/** A title is a short line; longer ones are sentences. */
const MAX_TITLE_WORDS = 9
const CERTAIN = 0.9
const LIKELY = 0.7
const SECOND_TITLE = 0.05

const list = (text: string): string[] => text.split(',').map((title) => title.trim())

type Titles = { document_type: DocumentType; certain: string[]; likely: string[] }

const TITLES: readonly Titles[] = [
  {
    document_type: 'driver_license',
    certain: list(
      'DRIVING LICENCE, DRIVING LICENSE, DRIVER LICENSE, DRIVER LICENCE, DRIVERS LICENSE, DRIVER S LICENSE, PERMIS DE CONDUIRE, ' +
        'PERMISO DE CONDUCCION, PERMISO DE CONDUCIR, LICENCIA DE CONDUCIR, CARTA DE CONDUCAO, CARTEIRA NACIONAL DE HABILITACAO, ' +
        'FUHRERSCHEIN, FUEHRERSCHEIN',
    ),
    likely: [],
  },
  {
    document_type: 'residence_permit',
    certain: list(
      'RESIDENCE PERMIT, RESIDENCE CARD, PERMANENT RESIDENT, TITRE DE SEJOUR, CARTE DE SEJOUR, CARTE DE RESIDENT, PERMISO DE RESIDENCIA, ' +
        'TARJETA DE RESIDENCIA, TITULO DE RESIDENCIA, AUTORIZACAO DE RESIDENCIA, AUFENTHALTSTITEL, AUFENTHALTSERLAUBNIS, ' +
        'NIEDERLASSUNGSERLAUBNIS',
    ),
    likely: [],
  },
  {
    document_type: 'id',
    certain: list(
      'IDENTITY CARD, IDENTIFICATION CARD, NATIONAL ID, NATIONAL IDENTITY CARD, CARTE NATIONALE D IDENTITE, CARTE D IDENTITE, ' +
        'DOCUMENTO NACIONAL DE IDENTIDAD, CEDULA DE CIUDADANIA, CARTAO DE CIDADAO, BILHETE DE IDENTIDADE, PERSONALAUSWEIS',
    ),
    likely: [],
  },
  { document_type: 'passport', certain: list('PASSPORT, PASSEPORT, PASAPORTE, PASSAPORTE, REISEPASS'), likely: [] },
  {
    document_type: 'company_charter',
    certain: list(
      'CERTIFICATE OF INCORPORATION, ARTICLES OF ASSOCIATION, ARTICLES OF INCORPORATION, MEMORANDUM OF ASSOCIATION, EXTRAIT KBIS, ' +
        'EXTRAIT K BIS, ESCRITURA DE CONSTITUCION, ESTATUTOS SOCIALES, CERTIDAO PERMANENTE, CONTRATO DE SOCIEDADE, CONTRATO SOCIAL, ' +
        'HANDELSREGISTERAUSZUG, GESELLSCHAFTSVERTRAG',
    ),
    likely: list(
      'STATUTS, ESTATUTOS, REGISTRO MERCANTIL, HANDELSREGISTER, REGISTRE DU COMMERCE, COMPANIES HOUSE, SATZUNG',
    ),
  },
  {
    document_type: 'bank_ownership',
    certain: list(
      'CONFIRMATION OF ACCOUNT, ACCOUNT CONFIRMATION, BANK CONFIRMATION, BANK ACCOUNT CERTIFICATE, CERTIFICATE OF ACCOUNT OWNERSHIP, ' +
        'PROOF OF ACCOUNT OWNERSHIP, RELEVE D IDENTITE BANCAIRE, CERTIFICADO DE TITULARIDAD, CERTIFICADO DE TITULARIDAD BANCARIA, ' +
        'COMPROVATIVO DE IBAN, COMPROVATIVO DE TITULARIDADE, KONTOBESTATIGUNG, KONTOBESTAETIGUNG',
    ),
    likely: list('IBAN, RIB'),
  },
  {
    document_type: 'proof_of_address',
    certain: list(
      'ELECTRICITY BILL, GAS BILL, WATER BILL, UTILITY BILL, ENERGY BILL, TELEPHONE BILL, COUNCIL TAX, TAX INVOICE, BANK STATEMENT, ' +
        'FACTURA DE ELECTRICIDAD, FACTURA DE LUZ, FACTURA DE AGUA, FACTURA DE GAS, FATURA DE ELETRICIDADE, FATURA DE AGUA, ' +
        'FACTURE D ELECTRICITE, FACTURE D EAU, FACTURE DE GAZ, JUSTIFICATIF DE DOMICILE, STROMRECHNUNG, GASRECHNUNG, WASSERRECHNUNG, ' +
        'MELDEBESTATIGUNG, MELDEBESCHEINIGUNG, CERTIFICADO DE EMPADRONAMIENTO, VOLANTE DE EMPADRONAMIENTO, PROOF OF ADDRESS',
    ),
    likely: list(
      'BILL DATE, BILLING PERIOD, INVOICE, FACTURA, FATURA, FACTURE, RECHNUNG, SERVICE ADDRESS, SUPPLY ADDRESS, STATEMENT',
    ),
  },
]

export function classify(text: string, mrz: ParsedMrz | null): Classification | null {
  const titles = text
    .split('\n')
    .map((line) => ` ${fold(line)} `)
    .filter((line) => line.split(' ').length - 2 <= MAX_TITLE_WORDS)
  if (mrz !== null) return byMrz(mrz, titles)
  const found = TITLES.map((kind) => ({ document_type: kind.document_type, confidence: confidenceOf(kind, titles) }))
    .filter((one) => one.confidence > 0)
    .toSorted((left, right) => right.confidence - left.confidence)
  const [best, second] = found
  if (best === undefined) return null
  // Two titles of one weight: a licence that is also an identity card, a statement that names an account.
  return second !== undefined && best.confidence - second.confidence < SECOND_TITLE / 2 && best.confidence < CERTAIN
    ? { ...best, confidence: best.confidence / 2 }
    : best
}

function confidenceOf(kind: Titles, titles: readonly string[]): number {
  const count = (phrases: readonly string[]) =>
    phrases.filter((phrase) => titles.some((line) => line.includes(` ${phrase} `))).length
  const [certain, likely] = [count(kind.certain), count(kind.likely)]
  if (certain + likely === 0) return 0
  const base = certain > 0 ? CERTAIN : LIKELY
  return Math.min(0.99, base + (certain + likely - 1) * SECOND_TITLE)
}

/** Part 5 of Doc 9303 leaves the second letter to the issuer; R is what the permits of the European Union carry. */
function byMrz(mrz: ParsedMrz, titles: readonly string[]): Classification {
  const { document_code: code, issuing_state: state, nationality } = mrz.fields
  const confidence = mrz.valid ? 0.98 : 0.85
  if (code.startsWith('V')) return { document_type: 'other', confidence }
  if (code.startsWith('P')) return { document_type: 'passport', confidence }
  const permit = TITLES.find((kind) => kind.document_type === 'residence_permit')
  const isTitled = permit !== undefined && confidenceOf(permit, titles) > 0
  if (isTitled || /^[AIC]R$/.test(code)) return { document_type: 'residence_permit', confidence }
  if (nationality !== state) return { document_type: 'residence_permit', confidence: 0.6 }
  return { document_type: 'id', confidence }
}
