// How alike two names of one person, or of one company, are: 0–1. Meant for names that should be equal and differ by
// spelling, order, initials or a middle name; not for searching lists, where the screening engine's scorer belongs.

import { foldLegalForm } from './legal-forms.ts'
import { foldings, isWrittenInLatin, tokensOf } from './text-folding.ts'

/** Null when the two cannot be compared (different scripts). */
export type CompareNames = (left: string, right: string, kind: 'individual' | 'company') => number | null

/** From here on two names are taken for the same. Below it a whole word differs, or more letters than a slip of the pen. */
export const NAME_MATCH = 0.85

/** "A. Eriksson" agrees with "Anna Eriksson" but proves less than the whole word. */
const INITIAL_SCORE = 0.85
/** Each word that only one side has (a middle name, a second surname) takes this off … */
const EXTRA_WORD_COST = 0.04
/** … but one word against several ("Eriksson" against "Anna Eriksson") names a family, not a person. */
const SINGLE_WORD_CAP = 0.7
/** A word without any partner, such as another given name, is another person however long the rest is. */
const STRANGER_CAP = 0.8
/** A word weighs by its letters, but an initial or "Jo" is not nothing. */
const MIN_WORD_WEIGHT = 3
/** Forms of address that bills and bank letters put before a name. */
const TITLES = new Set([
  'MR',
  'MRS',
  'MS',
  'MISS',
  'DR',
  'PROF',
  'HERR',
  'FRAU',
  'MME',
  'MLLE',
  'SR',
  'SRA',
  'SIG',
  'DHR',
  'MEVR',
])
/** The same words under another legal form are another company. */
const OTHER_LEGAL_FORM_FACTOR = 0.8
const MISSING_LEGAL_FORM_FACTOR = 0.97

export const compareNames: CompareNames = (left, right, kind) => {
  if (left.normalize('NFC').toLowerCase() === right.normalize('NFC').toLowerCase()) return 1
  if (isWrittenInLatin(left) !== isWrittenInLatin(right)) return null
  let best = 0
  for (const one of foldings(left)) {
    for (const other of foldings(right)) {
      best = Math.max(
        best,
        kind === 'company' ? companyScore(one, other) : personScore(personWords(one), personWords(other)),
      )
    }
  }
  return best
}

function companyScore(left: string, right: string): number {
  const [one, other] = [foldLegalForm(left), foldLegalForm(right)]
  const score =
    joined(one.words) === joined(other.words) ? 1 : wordScore(one.words, other.words, { allowsExtra: false })
  if (one.form === other.form) return score
  return score * (one.form === null || other.form === null ? MISSING_LEGAL_FORM_FACTOR : OTHER_LEGAL_FORM_FACTOR)
}

function personWords(folded: string): string[] {
  const words = tokensOf(folded)
  const first = words.findIndex((word) => !TITLES.has(word))
  return words.length - first >= 2 ? words.slice(Math.max(first, 0)) : words
}

function personScore(left: string[], right: string[]): number {
  if (left.length === 0 || right.length === 0) return 0
  // "De La Cruz" and "Delacruz", "Mc Donald" and "McDonald".
  if (joined(left) === joined(right)) return 1
  return wordScore(left, right, { allowsExtra: true })
}

/** Words of the shorter side find their best partners; what they share is weighed by length, since long words say more. */
function wordScore(left: string[], right: string[], rule: { allowsExtra: boolean }): number {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  if (short.length === 0) return 0
  const free = [...long]
  let agreed = 0
  let weight = 0
  let hasStranger = false
  // Longest first: an initial must not take the partner of a whole word.
  for (const word of short.toSorted((one, other) => other.length - one.length)) {
    const [score, at] = bestPartner(word, free)
    if (at !== -1) free.splice(at, 1)
    hasStranger ||= at === -1
    const wordWeight = Math.max(word.length, MIN_WORD_WEIGHT)
    agreed += score * wordWeight
    weight += wordWeight
  }
  const score = hasStranger ? Math.min(agreed / weight, STRANGER_CAP) : agreed / weight
  if (!rule.allowsExtra) return (score * 2 * short.length) / (short.length + long.length)
  if (short.length === 1 && long.length > 1) return Math.min(score, SINGLE_WORD_CAP)
  return Math.max(0, score - EXTRA_WORD_COST * free.length)
}

function bestPartner(word: string, candidates: readonly string[]): [score: number, index: number] {
  let best: [number, number] = [0, -1]
  candidates.forEach((candidate, index) => {
    const score = tokenScore(word, candidate)
    if (score > best[0]) best = [score, index]
  })
  return best
}

/** Short words must be equal: John and Joan, Maria and Mario are different people. */
function tokenScore(left: string, right: string): number {
  if (left === right) return 1
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  if (short.length === 1) return long.startsWith(short) ? INITIAL_SCORE : 0
  const allowed = short.length <= 5 ? 0 : short.length <= 9 ? 1 : 2
  if (allowed === 0 || long.length - short.length > allowed) return 0
  const edits = editDistance(left, right)
  return edits <= allowed ? 1 - edits / long.length : 0
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let before: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      )
      const isSwap = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (isSwap) cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    before = previous
    previous = current
  }
  return previous[right.length] ?? 0
}

const joined = (words: readonly string[]): string => words.join('')
