// How two values of one field agree. It says how far, and whether that is agreement; which values are put side by
// side is sources.ts and engine.ts.

import { civilDateToDays } from '../../domain/time.ts'
import { toCountryCode } from '../../domain/workflow/countries.ts'
import { compareAddresses } from './addresses.ts'
import { NAME_MATCH } from './names.ts'
import type { CompareNames } from './names.ts'
import { lettersAndDigits } from './text-folding.ts'

export const COMPARED_FIELDS = [
  'name',
  'date_of_birth',
  'gender',
  'nationality',
  'document_number',
  'expiry_date',
  'address',
  'company_name',
  'registration_number',
  'tax_id',
] as const
export type ComparedField = (typeof COMPARED_FIELDS)[number]

/** Null: the two cannot be compared. */
export type Agreement = { score: number; isMatch: boolean } | null

/** Equal but for letters and digits that look alike: an eye or OCR took one for the other. */
const LOOKALIKE_SCORE = 0.9

export function agreement(field: ComparedField, left: string, right: string, compareNames: CompareNames): Agreement {
  switch (field) {
    case 'name':
      return byThreshold(compareNames(left, right, 'individual'))
    case 'company_name':
      return byThreshold(compareNames(left, right, 'company'))
    case 'date_of_birth':
    case 'expiry_date':
      return whenBoth(civilDateToDays(left), civilDateToDays(right))
    case 'gender':
      return whenBoth(genderOf(left), genderOf(right))
    case 'nationality':
      return whenBoth(toCountryCode(left), toCountryCode(right))
    case 'document_number':
      return numbers(left, right, (text) => text)
    case 'registration_number':
    case 'tax_id':
      return numbers(left, right, (text) => text.replace(/^0+(?=.)/, ''))
    case 'address':
      return compareAddresses(left, right)
  }
}

const byThreshold = (score: number | null): Agreement =>
  score === null ? null : { score, isMatch: score >= NAME_MATCH }

/** A value that is not one (no date, an unknown code, unspecified) is not a conflict. */
function whenBoth<T>(left: T | null, right: T | null): Agreement {
  if (left === null || right === null) return null
  return left === right ? { score: 1, isMatch: true } : { score: 0, isMatch: false }
}

function numbers(left: string, right: string, simplify: (text: string) => string): Agreement {
  const [one, other] = [simplify(lettersAndDigits(left)), simplify(lettersAndDigits(right))]
  if (one === '' || other === '') return null
  if (one === other) return { score: 1, isMatch: true }
  return lookalike(one) === lookalike(other) ? { score: LOOKALIKE_SCORE, isMatch: true } : { score: 0, isMatch: false }
}

const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ['O', '0'],
  ['Q', '0'],
  ['I', '1'],
  ['L', '1'],
  ['S', '5'],
  ['B', '8'],
  ['Z', '2'],
])
const lookalike = (text: string): string => [...text].map((letter) => LOOKALIKES.get(letter) ?? letter).join('')

/** `X`, `<` and "other" say nothing that could contradict. */
function genderOf(text: string): 'female' | 'male' | null {
  const word = text.trim().toLowerCase()
  if (['f', 'female', 'w', 'woman'].includes(word)) return 'female'
  return ['m', 'male', 'man'].includes(word) ? 'male' : null
}
