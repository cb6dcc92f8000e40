// What speaks for and against two names being one, as numbers of comparable size. calibration.ts weighs them.

import type { NameToken, ParsedName } from '../names/parse-name.ts'
import { SON_OF } from '../names/tables/person-words.ts'
import { align } from './align.ts'
import type { Alignment } from './align.ts'
import { spellingDistance } from './word-similarity.ts'

export type NameFeatures = {
  /** Share of letters that differ, over all words that were compared. */
  spelling: number
  /** The worst word's share of letters that differ. */
  worstWord: number
  /** Both sides have a word that the other lacks: the share of the whole that hangs on it, less where they are near. */
  conflict: number
  /** Only one side has further words: their share. */
  extra: number
  /** How little was agreed on: 0 from two rare words on, 1 for nothing. */
  thin: number
  nickname: number
  initial: number
  /** Words that change places more than a family name put first does. */
  disorder: number
  /** "son of" with both names changed. */
  lineage: number
  /** Both have a number, another one. */
  numberConflict: number
  /** One has a number, the other none. */
  numberMissing: number
  /** Legal forms of different kinds. */
  formConflict: number
  joined: number
  /** One word is all that agrees, and one side has more. */
  single: number
  /** Both are written in Han, Kana or Hangul: the share of characters that differ. */
  characters: number
}

const ENOUGH = 1.6
/** Of people: three further names are not three times as doubtful as one. */
const MOST_EXTRA = 0.4
const NEAR_CONFLICT = 0.9

/** `matched`: weight of the words that agree. */
export type Compared = { alignment: Alignment; features: NameFeatures; matched: number }

export function compareParsed(left: ParsedName, right: ParsedName): Compared {
  const alignment = align(left, right)
  const [a, b] = [left.tokens, right.tokens]
  let [edits, letters, worst, matched, nickname, initial, joined] = [0, 0, 0, 0, 0, 0, 0]
  let [leftWeight, rightWeight, words] = [0, 0, 0]
  for (const { left: i, leftCount, right: j, rightCount, match } of alignment.pairings) {
    const one = sumWeight(a, i, leftCount)
    const other = sumWeight(b, j, rightCount)
    leftWeight += one
    rightWeight += other
    const weight = Math.min(one, other)
    const length = (lettersOf(a, i, leftCount) + lettersOf(b, j, rightCount)) / 2
    if (weight < 0.1) continue
    matched += weight * match.similarity
    words += Math.min(leftCount, rightCount)
    letters += length
    if (match.relation === 'nickname') nickname += weight
    else if (match.relation === 'initial') initial += weight
    else {
      const loss =
        match.edits > 0 ? match.edits : match.relation === 'transliteration' ? (1 - match.similarity) * length : 0
      edits += loss
      worst = Math.max(worst, loss / length)
    }
    if (match.relation === 'joined') joined = 1
  }
  const leftOver = overOf(a, alignment.leftOver)
  const rightOver = overOf(b, alignment.rightOver)
  leftWeight += leftOver.weight
  rightWeight += rightOver.weight
  const total = leftWeight + rightWeight
  const near = nearness(leftOver.words, rightOver.words)
  const numberConflict = leftOver.number > 0 && rightOver.number > 0 ? 1 : 0
  const [less, more] = leftOver.weight < rightOver.weight ? [leftOver, rightOver] : [rightOver, leftOver]
  const conflictEdits = less.weight > 0 ? near.edits : 0
  return {
    alignment,
    matched,
    features: {
      spelling:
        letters + near.letters === 0 ? 0 : (edits + conflictEdits) / (letters + (less.weight > 0 ? near.letters : 0)),
      worstWord: worst,
      conflict: total === 0 ? 1 : ((2 * less.weight) / total) * (1 - NEAR_CONFLICT * near.similarity),
      extra: total === 0 ? 1 : Math.min(left.of === 'person' ? MOST_EXTRA : 1, (more.weight - less.weight) / total),
      thin: Math.max(0, 1 - matched / ENOUGH),
      nickname: total === 0 ? 0 : (2 * nickname) / total,
      initial: total === 0 ? 0 : (2 * initial) / total,
      disorder: disorder(alignment, left.of === 'person'),
      lineage: left.of === 'person' ? lineage(alignment, a, b) : 0,
      numberConflict,
      numberMissing: numberConflict === 0 && (leftOver.number > 0 || rightOver.number > 0) ? 1 : 0,
      formConflict:
        left.forms.length > 0 && right.forms.length > 0 && !left.forms.some((form) => right.forms.includes(form))
          ? 1
          : 0,
      joined,
      single: words === 1 && more.weight > 0 ? 1 : 0,
      characters: characterConflict(left, right),
    },
  }
}

function overOf(tokens: readonly NameToken[], places: readonly number[]) {
  const words: NameToken[] = []
  let [weight, number] = [0, 0]
  for (const at of places) {
    const token = tokens[at]
    if (token === undefined) continue
    if (token.kind === 'number') number += 1
    else if (token.kind !== 'title' && token.kind !== 'particle' && token.kind !== 'stop' && token.kind !== 'suffix') {
      words.push(token)
      weight += token.weight
    }
  }
  return { words, weight, number }
}

/** Words that found no partner may still be nearly alike: Kyong Min and Kyong Il are nearer than Kyong Min and Kyong Chol. */
function nearness(
  left: readonly NameToken[],
  right: readonly NameToken[],
): { similarity: number; edits: number; letters: number } {
  if (left.length === 0 || right.length === 0) return { similarity: 0, edits: 0, letters: 0 }
  const one = left.map((token) => token.text).join('')
  const other = right.map((token) => token.text).join('')
  const edits = spellingDistance(one, other, Infinity)
  const longest = Math.max(one.length, other.length)
  return { similarity: Math.max(0, 1 - edits / longest), edits, letters: (one.length + other.length) / 2 }
}

function sumWeight(tokens: readonly NameToken[], from: number, count: number): number {
  let sum = 0
  for (let at = from; at < from + count; at += 1) sum += tokens[at]?.weight ?? 0
  return sum
}

function lettersOf(tokens: readonly NameToken[], from: number, count: number): number {
  let sum = 0
  for (let at = from; at < from + count; at += 1) sum += tokens[at]?.text.length ?? 0
  return sum
}

/** Share of neighbours that stand the other way round; of a person one turn (family name first) is free. */
function disorder({ pairings }: Alignment, isPerson: boolean): number {
  if (pairings.length < 2) return 0
  const order = pairings.toSorted((one, other) => one.left - other.left).map((pairing) => pairing.right)
  let turns = 0
  for (let at = 1; at < order.length; at += 1) if ((order[at] ?? 0) < (order[at - 1] ?? 0)) turns += 1
  return Math.max(0, turns - (isPerson ? 1 : 0)) / (order.length - 1)
}

/** Traditional and simplified forms sound alike and are other characters: where all words agree, they count for less. */
const SAME_SOUND = 0.15

function characterConflict(left: ParsedName, right: ParsedName): number {
  const [one, other] = [[...left.characters], [...right.characters]]
  const shorter = Math.min(one.length, other.length)
  if (shorter === 0 || isHangul(left.characters) !== isHangul(right.characters)) return 0
  const [few, many] = one.length <= other.length ? [one, other] : [other, one]
  let missing = 0
  for (const character of few) {
    const at = many.indexOf(character)
    if (at === -1) missing += 1
    else many.splice(at, 1)
  }
  const soundsAlike = left.tokens.every((token) => right.tokens.some((its) => its.text === token.text))
  return (missing / shorter) * (soundsAlike ? SAME_SOUND : 1)
}

const isHangul = (characters: string): boolean => /\p{Script=Hangul}/u.test(characters)

/** X son of Y is not Y son of X. */
function lineage({ pairings }: Alignment, a: readonly NameToken[], b: readonly NameToken[]): number {
  const [i, j] = [sonAt(a), sonAt(b)]
  if (i === -1 || j === -1) return 0
  const partnerOf = (at: number) => pairings.find((pairing) => pairing.left === at)?.right
  const [father, son] = [partnerOf(i + 1), partnerOf(i - 1)]
  return father !== undefined && son !== undefined && father < j && son > j ? 1 : 0
}

const sonAt = (tokens: readonly NameToken[]): number =>
  tokens.findIndex((token, at) => at > 0 && at < tokens.length - 1 && SON_OF.has(token.text))
