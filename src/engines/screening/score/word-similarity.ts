// How alike two words are, 0–1, and by which relation. Letters that spellings of one sound exchange cost less than
// others; a word without written vowels is compared by its consonants. Whole names are compared in align.ts.

import type { TokenRelation } from '../../../domain/screening/screening.ts'
import type { NameToken } from '../names/parse-name.ts'
import { koreanFold } from '../names/hangul.ts'
import { looseSkeleton } from '../names/skeleton.ts'
import { areNicknames } from '../names/tables/nicknames.ts'

export type WordMatch = {
  relation: TokenRelation
  similarity: number
  /** Letters' worth of difference; 0 for equal words. */
  edits: number
}

const GENDER_COST = 2
const LEAST_GENDERED = 4
const LETTER_A = 97
const LETTER_O = 111
const NICKNAME_SIMILARITY = 0.9
const INITIAL_SIMILARITY = 0.85
const VOWELLESS_SIMILARITY = 0.93
/** What is less alike is taken for another word. */
const MOST_DIFFERENT = 0.5

const DIFFERENT: WordMatch = { relation: 'different', similarity: 0, edits: 0 }
const TRANSLITERATED: WordMatch = { relation: 'transliteration', similarity: 0.97, edits: 0 }
const EQUAL: WordMatch = { relation: 'equal', similarity: 1, edits: 0 }

/** What differs by more than `mostDifferent` of the longer word's letters is `different`. */
export function compareWords(
  left: NameToken,
  right: NameToken,
  areNames: boolean,
  mostDifferent = MOST_DIFFERENT,
): WordMatch {
  if (left.text === right.text) return EQUAL
  if (left.kind === 'number' || right.kind === 'number') return DIFFERENT
  const [a, b] = [left.text, right.text]
  if (areNames && (a.length === 1 || b.length === 1)) {
    return a.charCodeAt(0) === b.charCodeAt(0)
      ? { relation: 'initial', similarity: INITIAL_SIMILARITY, edits: 0 }
      : DIFFERENT
  }
  if (left.origin !== right.origin) {
    if (left.origin === 'vowelless' || right.origin === 'vowelless') return compareSkeletons(a, b)
    if (koreanFold(a) === koreanFold(b)) return TRANSLITERATED
  }
  const longest = Math.max(a.length, b.length)
  const limit = longest * mostDifferent
  if (Math.abs(a.length - b.length) <= limit && !areFar(left.letters, right.letters, limit)) {
    const edits = spellingDistance(a, b, limit) + (areNames && areOtherGenders(a, b) ? GENDER_COST : 0)
    const similarity = 1 - edits / longest
    if (similarity >= 1 - mostDifferent) {
      const isNickname = areNames && similarity < NICKNAME_SIMILARITY && areNicknames(a, b)
      if (isNickname) return { relation: 'nickname', similarity: NICKNAME_SIMILARITY, edits }
      return { relation: 'typo', similarity, edits }
    }
  }
  if (areNames && areNicknames(a, b)) return { relation: 'nickname', similarity: NICKNAME_SIMILARITY, edits: 1 }
  return DIFFERENT
}

/** Antonio and Antonia: one letter, and another person. */
function areOtherGenders(a: string, b: string): boolean {
  const [end, other] = [a.charCodeAt(a.length - 1), b.charCodeAt(b.length - 1)]
  return (
    a.length === b.length &&
    a.length >= LEAST_GENDERED &&
    ((end === LETTER_A && other === LETTER_O) || (end === LETTER_O && other === LETTER_A)) &&
    a.startsWith(b.slice(0, -1))
  )
}

export function compareSkeletons(left: string, right: string): WordMatch {
  const [a, b] = [looseSkeleton(left), looseSkeleton(right)]
  if (a.length === 0 || b.length === 0) return DIFFERENT
  if (a === b) return { relation: 'transliteration', similarity: a.length > 1 ? VOWELLESS_SIMILARITY : 0.8, edits: 0 }
  const longest = Math.max(a.length, b.length)
  if (longest < 4) return DIFFERENT
  const edits = spellingDistance(a, b, longest)
  const similarity = VOWELLESS_SIMILARITY - edits / longest
  return similarity >= 0.6 ? { relation: 'transliteration', similarity, edits } : DIFFERENT
}

/** Each letter that only one of the two has costs at least half of the cheapest change. */
const CHEAPEST = 0.15

function areFar(left: number, right: number, limit: number): boolean {
  let bits = left ^ right
  let count = 0
  while (bits !== 0) {
    bits &= bits - 1
    count += 1
  }
  return count * CHEAPEST > limit
}

const code = (letter: string) => letter.charCodeAt(0) - 97
const COSTS = substitutionCosts()

function substitutionCosts(): Float64Array {
  const costs = new Float64Array(27 * 27).fill(1)
  const set = (letters: string, cost: number) => {
    for (const one of letters) for (const other of letters) costs[code(one) * 27 + code(other)] = cost
  }
  set('aeiouy', 0.6)
  set('ckq', 0.3)
  set('sz', 0.4)
  set('gk', 0.7)
  set('bp', 0.7)
  set('dt', 0.7)
  set('gj', 0.5)
  set('jy', 0.4)
  set('iy', 0.3)
  set('ou', 0.4)
  set('ei', 0.5)
  set('vw', 0.3)
  set('fv', 0.7)
  set('jz', 0.7)
  for (let letter = 0; letter < 27; letter += 1) costs[letter * 27 + letter] = 0
  return costs
}

const VOWELS = lettersSet('aeiouy')
function lettersSet(letters: string): Uint8Array {
  const set = new Uint8Array(128)
  for (const letter of letters) set[letter.charCodeAt(0)] = 1
  return set
}

/** A letter doubled, an h, a vowel: cheaper to leave out than a consonant. */
function gapCost(letter: number, before: number): number {
  if (letter === before) return 0.4
  if (letter === 104) return 0.5
  return VOWELS[letter] === 1 ? 0.75 : 1
}

const SWAP_COST = 0.75
const MOST_LETTERS = 64
const ROWS = [
  new Float64Array(MOST_LETTERS + 1),
  new Float64Array(MOST_LETTERS + 1),
  new Float64Array(MOST_LETTERS + 1),
]
const slot = (letter: number): number => (letter >= 97 && letter <= 122 ? letter - 97 : 26)

/** Optimal string alignment with the costs above; more than `limit` answers Infinity. */
export function spellingDistance(left: string, right: string, limit: number): number {
  const a = left.length > MOST_LETTERS ? left.slice(0, MOST_LETTERS) : left
  const b = right.length > MOST_LETTERS ? right.slice(0, MOST_LETTERS) : right
  let [before, previous, current] = ROWS as [Float64Array, Float64Array, Float64Array]
  previous[0] = 0
  for (let column = 1; column <= b.length; column += 1) {
    previous[column] =
      (previous[column - 1] ?? 0) + gapCost(b.charCodeAt(column - 1), column > 1 ? b.charCodeAt(column - 2) : 0)
  }
  for (let row = 1; row <= a.length; row += 1) {
    const letter = a.charCodeAt(row - 1)
    const last = row > 1 ? a.charCodeAt(row - 2) : 0
    const gap = gapCost(letter, last)
    const costs = slot(letter) * 27
    current[0] = (previous[0] ?? 0) + gap
    let least = current[0]
    for (let column = 1; column <= b.length; column += 1) {
      const other = b.charCodeAt(column - 1)
      const otherLast = column > 1 ? b.charCodeAt(column - 2) : 0
      let cost = (previous[column - 1] ?? 0) + (letter === other ? 0 : (COSTS[costs + slot(other)] ?? 1))
      cost = Math.min(cost, (previous[column] ?? 0) + gap, (current[column - 1] ?? 0) + gapCost(other, otherLast))
      if (letter === otherLast && last === other && letter !== other && row > 1 && column > 1) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + SWAP_COST)
      }
      current[column] = cost
      if (cost < least) least = cost
    }
    if (least > limit) return Infinity
    const spare = before
    before = previous
    previous = current
    current = spare
  }
  return previous[b.length] ?? 0
}
