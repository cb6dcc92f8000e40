// The fields of a machine-readable zone under the names that all documents share. What a check digit guards and proves is
// nearly certain; names and states have none.

import type { ExtractedField } from '../../../domain/decision/check-results.ts'
import type { CivilDate } from '../../../domain/time.ts'
import { mrzDate } from '../mrz/dates.ts'
import type { ParsedMrz } from '../mrz/parse-mrz.ts'
import { isKnownState, isWithoutState, stateOf } from '../mrz/states.ts'
import type { Fields } from './find-fields.ts'

const PROVEN = 0.99
const UNPROVEN = 0.9
const REFUTED = 0.3

export function fieldsFromMrz(mrz: ParsedMrz, today: CivilDate): Fields {
  const fields: Fields = {}
  const put = (name: string, value: string | null, raw: string, check?: string): void => {
    if (value === null || value === '') return
    const confidence = check === undefined ? UNPROVEN : mrz.checks[check] === true ? PROVEN : REFUTED
    fields[name] = { value, raw, confidence, source: 'mrz' } satisfies ExtractedField
  }
  const { fields: read } = mrz
  put('surname', read.surname, read.surname)
  put('given_names', read.given_names, read.given_names)
  put('document_number', read.document_number, read.document_number, 'document_number')
  put('date_of_birth', mrzDate(read.date_of_birth, 'birth', today), read.date_of_birth, 'date_of_birth')
  put('expiry_date', mrzDate(read.expiry_date, 'expiry', today), read.expiry_date, 'expiry_date')
  put('sex', /^[MFX]$/.test(read.sex) ? read.sex : null, read.sex)
  const isNation = isKnownState(read.nationality) && !isWithoutState(read.nationality)
  put('nationality', isNation ? stateOf(read.nationality) : null, read.nationality)
  const guard = ['optional', 'composite'].find((check) => check in mrz.checks)
  put('personal_number', read.optional, read.optional, guard)
  return fields
}

export const issuerOf = (mrz: ParsedMrz): string | null =>
  isKnownState(mrz.fields.issuing_state) ? stateOf(mrz.fields.issuing_state) : null
