// What about a document deserves a second look, as codes for rules and words for people. A warning states what was seen;
// whether it stops anybody is decided by rules and floors.

import type { DocumentExtraction } from '../../domain/decision/check-results.ts'
import type { CivilDate } from '../../domain/time.ts'
import type { DocumentSide, StoredDocumentType } from '../../domain/workflow/definition.ts'
import type { Fields } from './fields/find-fields.ts'
import type { Quality } from './image/quality.ts'
import type { ParsedMrz } from './mrz/parse-mrz.ts'
import { isKnownState } from './mrz/states.ts'
import { TYPE_WORDS } from './settle-type.ts'

export type Warning = DocumentExtraction['warnings'][number]

const BLURRED = 0.35
const GLARING = 0.04
const SMALL_PIXELS = 600
/** With so many fields read the picture was good enough. */
const ENOUGH_FIELDS = 4

export function dateWarnings(fields: Fields, today: CivilDate): Warning[] {
  const date = (name: string): CivilDate | null => fields[name]?.value ?? null
  const [expiry, issue, birth] = [date('expiry_date'), date('issue_date'), date('date_of_birth')]
  const warnings: Warning[] = []
  if (expiry !== null && expiry < today)
    warnings.push({ code: 'expired', message: `The document ran out on ${expiry}.` })
  if (issue !== null && issue > today)
    warnings.push({ code: 'issued_in_future', message: `The document says that it was issued on ${issue}.` })
  const isDisordered =
    (issue !== null && expiry !== null && issue >= expiry) || (birth !== null && issue !== null && birth > issue)
  if (isDisordered || (birth !== null && expiry !== null && birth >= expiry))
    warnings.push({ code: 'dates_out_of_order', message: 'Birth, issue and expiry do not follow each other.' })
  return warnings
}

export function mrzWarnings(mrz: ParsedMrz | null, isExpected: boolean): Warning[] {
  if (mrz === null)
    return isExpected
      ? [
          {
            code: 'mrz_not_found',
            message: 'The lines of letters and arrows at the edge of the document could not be read.',
          },
        ]
      : []
  const warnings: Warning[] = []
  const wrong = Object.entries(mrz.checks).filter(([, isRight]) => !isRight)
  if (wrong.length > 0) {
    const names = wrong.map(([name]) => name).join(', ')
    warnings.push({
      code: 'mrz_check_failed',
      message: `Check digits of the machine-readable zone are wrong: ${names}.`,
    })
  } else if (!mrz.valid) {
    warnings.push({ code: 'mrz_malformed', message: 'The machine-readable zone holds what may not stand there.' })
  }
  const unknown = [mrz.fields.issuing_state, mrz.fields.nationality].filter((code) => !isKnownState(code))
  if (unknown.length > 0)
    warnings.push({
      code: 'mrz_unknown_state',
      message: `The machine-readable zone names a state that there is not: ${[...new Set(unknown)].join(', ')}.`,
    })
  return warnings
}

/** Where the MRZ has to be: on the one side of a passport, on the back of a card. */
export const isMrzExpected = (sentAs: StoredDocumentType, side: DocumentSide | null): boolean =>
  sentAs === 'passport' ? side !== 'back' : (sentAs === 'id' || sentAs === 'residence_permit') && side === 'back'

/** Only where too little was read: what was read well was good enough. */
export function qualityWarnings(quality: Quality, fields: Fields): Warning[] {
  if (Object.keys(fields).length >= ENOUGH_FIELDS) return []
  const warnings: Warning[] = []
  if (quality.blur > BLURRED)
    warnings.push({ code: 'blurred', message: 'The picture is blurred. Hold still and take it again.' })
  if (quality.glare > GLARING)
    warnings.push({ code: 'glare', message: 'Light hides a part of the document. Tilt it and take the picture again.' })
  if (quality.size < SMALL_PIXELS)
    warnings.push({ code: 'too_small', message: 'The picture is too small to be read. Take it from nearer.' })
  if (Object.keys(fields).length === 0)
    warnings.push({
      code: 'unreadable',
      message: 'Nothing could be read from the document. Take a clear picture of all of it.',
    })
  return warnings
}

export function typeWarning(sentAs: StoredDocumentType, found: StoredDocumentType): Warning {
  return {
    code: 'type_mismatch',
    message: `This looks like ${TYPE_WORDS[found]}, and ${TYPE_WORDS[sentAs]} was asked for. Is it the right file?`,
  }
}

const SPECIMEN = /\b(?:SPECIMEN|ESPECIMEN|MUSTER|MUSTERMANN|SAMPLE)\b/

export const specimenWarning = (text: string): Warning[] =>
  SPECIMEN.test(text.toUpperCase()) ? [{ code: 'specimen', message: 'The document calls itself a specimen.' }] : []
