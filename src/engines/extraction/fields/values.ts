// What may be the value of a field: a date must be one, a sex one of three letters, a name has no digits. Text that
// cannot be what its label says is not taken, so that a misplaced line gives no value rather than a wrong one.

import { toCountryCode } from '../../../domain/workflow/countries.ts'
import { isKnownState, stateOf } from '../mrz/states.ts'
import type { LabelledField } from './labels.ts'
import type { DateOrder } from './printed-dates.ts'
import { printedDate } from './printed-dates.ts'
import { fold } from './segments.ts'

/** The value as it is stored; null when the text cannot be one. */
export function valueOfField(field: LabelledField, text: string, order: DateOrder): string | null {
  const trimmed = text.replace(/^[\s:;.,/|=\-–—]+|[\s:;,/|=\-–—]+$/g, '').replace(/\s+/g, ' ')
  if (trimmed === '') return null
  switch (field) {
    case 'date_of_birth':
    case 'expiry_date':
    case 'issue_date':
    case 'incorporation_date':
      return printedDate(trimmed, order)
    case 'sex':
      return sexOf(trimmed)
    case 'nationality':
      return nationalityOf(trimmed)
    case 'document_number':
    case 'registration_number':
    case 'tax_id':
      return numberOf(trimmed)
    case 'surname':
    case 'given_names':
    case 'full_name':
    case 'place_of_birth':
    case 'directors':
      return /\d/.test(trimmed) || (trimmed.match(/\p{L}/gu)?.length ?? 0) < 2 ? null : trimmed
    case 'address':
    case 'issuer':
    case 'company_name':
    case 'bank_name':
      return (trimmed.match(/\p{L}/gu)?.length ?? 0) < 3 ? null : trimmed
    case 'bic':
      return /\b[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b/.exec(trimmed)?.[0] ?? null
    case 'iban':
    case 'other':
      return null
  }
}

function sexOf(text: string): string | null {
  const first = fold(text).split(' ')[0] ?? ''
  if (['F', 'FEMALE', 'FEMININ', 'FEMENINO', 'FEMININO', 'W', 'WEIBLICH', 'MUJER'].includes(first)) return 'F'
  if (['M', 'MALE', 'MASCULIN', 'MASCULINO', 'MANNLICH', 'H', 'HOMBRE'].includes(first)) return 'M'
  return first === 'X' ? 'X' : null
}

/** A code as a code; a name of a people or country as it is printed. */
function nationalityOf(text: string): string | null {
  const folded = fold(text)
  const code = folded.split(' ').find((word) => word.length === 3 && isKnownState(word))
  if (code !== undefined && folded.length <= 8) return stateOf(code)
  if (/\d/.test(text) || folded.length < 4) return toCountryCode(folded)
  return text
}

/** Neighbouring groups of letters and digits, as numbers are printed: `4471 0098 2216`, `AB 123456 C`. */
function numberOf(text: string): string | null {
  const groups: string[] = []
  for (const word of text.toUpperCase().split(' ')) {
    if (!/^[A-Z0-9./-]+$/.test(word) || (!/\d/.test(word) && word.length > 3)) break
    groups.push(word)
  }
  const number = groups.join(' ')
  return number.length >= 5 && (number.match(/\d/g)?.length ?? 0) >= 3 ? number : null
}
