// Holds what is printed for people against the machine-readable zone of the same document: a forger often changes one of
// the two. OCR misreads too, so only a reading that is sure of itself, and differs by more than a misread letter, counts.

import { isSpelledSo, mrzSpellings } from './mrz/names.ts'
import { editDistance } from './edit-distance.ts'
import type { Fields } from './fields/find-fields.ts'
import type { Warning } from './warnings.ts'

const SURE = 0.8
const NAMES = ['surname', 'given_names'] as const
const EXACT = ['date_of_birth', 'expiry_date', 'sex'] as const

export function compareZones(mrz: Fields, printed: Fields): Warning[] {
  const differing: string[] = []
  const pairOf = (name: string): [string, string] | null => {
    const [left, right] = [mrz[name], printed[name]]
    return left === undefined || right === undefined || right.confidence < SURE || left.confidence < SURE
      ? null
      : [left.value, right.value]
  }
  for (const name of NAMES) {
    const pair = pairOf(name)
    if (pair !== null && !isSameName(...pair)) differing.push(name)
  }
  for (const name of EXACT) {
    const pair = pairOf(name)
    if (pair !== null && pair[0] !== pair[1]) differing.push(name)
  }
  const nationalities = pairOf('nationality')
  if (nationalities !== null && nationalities[1].length <= 3 && nationalities[0] !== nationalities[1])
    differing.push('nationality')
  const numbers = pairOf('document_number')
  if (numbers !== null && lookalike(numbers[0]) !== lookalike(numbers[1])) differing.push('document_number')
  return differing.length === 0
    ? []
    : [
        {
          code: 'mrz_mismatch',
          message: `What is printed differs from the machine-readable zone: ${differing.join(', ')}.`,
        },
      ]
}

/** The MRZ cuts long names off and gives all names or the first ones. */
function isSameName(mrz: string, printed: string): boolean {
  if (isSpelledSo(mrz, printed)) return true
  return mrzSpellings(printed).some(
    (spelling) => spelling.startsWith(mrz) || mrz.startsWith(spelling) || editDistance(spelling, mrz) <= allowed(mrz),
  )
}

const allowed = (name: string): number => (name.length >= 8 ? 2 : 1)

const LOOKALIKES: Record<string, string> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' }
const lookalike = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/[A-Z]/g, (letter) => LOOKALIKES[letter] ?? letter)
