// Which word of one name answers to which of the other: each word once, equal ones first, then the most alike, also
// where one side runs words together ("abdul rahman" and "abdurrahman"). How much the rest costs is decided in features.ts.

import type { NameToken, ParsedName } from '../names/parse-name.ts'
import { koreanFold } from '../names/hangul.ts'
import type { Origin } from '../names/scripts.ts'
import { compareSkeletons, compareWords, spellingDistance } from './word-similarity.ts'
import type { WordMatch } from './word-similarity.ts'

export type Pairing = {
  /** First word and number of words on each side. */
  left: number
  leftCount: number
  right: number
  rightCount: number
  match: WordMatch
}
export type Alignment = { pairings: Pairing[]; leftOver: number[]; rightOver: number[] }

const EQUAL: WordMatch = { relation: 'equal', similarity: 1, edits: 0 }
const MOST_WORDS = 24
const LEAST_JOINED_LETTERS = 5
const LEAST_JOINED_SIMILARITY = 0.8
const MOST_JOINED = 3
const MOST_JOINED_DIFFERENCE = 2
const JOINED_COST = 0.02

export function align(left: ParsedName, right: ParsedName): Alignment {
  const areNames = left.of === 'person'
  const [a, b] = [left.tokens.slice(0, MOST_WORDS), right.tokens.slice(0, MOST_WORDS)]
  const pairings: Pairing[] = []
  let [leftUsed, rightUsed] = [0, 0]
  const isFree = (bits: number, at: number, count: number) => (bits & (((1 << count) - 1) << at)) === 0
  const take = (pairing: Pairing) => {
    pairings.push(pairing)
    leftUsed |= ((1 << pairing.leftCount) - 1) << pairing.left
    rightUsed |= ((1 << pairing.rightCount) - 1) << pairing.right
  }
  const takeEqual = (isTurn: (token: NameToken) => boolean) => {
    for (let i = 0; i < a.length; i += 1) {
      const one = a[i] as NameToken
      if (!isFree(leftUsed, i, 1) || !isTurn(one)) continue
      const j = b.findIndex((other, at) => other.text === one.text && isFree(rightUsed, at, 1))
      if (j !== -1) take({ left: i, leftCount: 1, right: j, rightCount: 1, match: EQUAL })
    }
  }
  takeEqual((token) => !binds(token))
  const candidates: { pairing: Pairing; rank: number }[] = []
  const consider = (pairing: Pairing, weight: number) =>
    candidates.push({ pairing, rank: pairing.match.similarity + weight / 10 })
  for (let i = 0; i < a.length; i += 1) {
    const one = a[i] as NameToken
    if (!isFree(leftUsed, i, 1) || binds(one)) continue
    for (let j = 0; j < b.length; j += 1) {
      if (!isFree(rightUsed, j, 1)) continue
      const other = b[j] as NameToken
      const match = compareWords(one, other, areNames)
      if (match.relation !== 'different')
        consider({ left: i, leftCount: 1, right: j, rightCount: 1, match }, Math.min(one.weight, other.weight))
    }
  }
  const joins = (
    from: readonly NameToken[],
    fromUsed: number,
    to: readonly NameToken[],
    toUsed: number,
    isLeft: boolean,
  ) => {
    for (let j = 0; j < to.length; j += 1) {
      const whole = to[j] as NameToken
      if (!isFree(toUsed, j, 1) || whole.text.length < LEAST_JOINED_LETTERS || whole.kind === 'number') continue
      for (let i = 0; i + 1 < from.length; i += 1) {
        let text = from[i]?.text ?? ''
        for (let count = 2; count <= MOST_JOINED && i + count <= from.length; count += 1) {
          text += from[i + count - 1]?.text ?? ''
          if (!isFree(fromUsed, i, count)) continue
          const match = compareJoined(text, from[i]?.origin ?? 'plain', whole)
          if (match === null) continue
          const pairing = isLeft
            ? { left: i, leftCount: count, right: j, rightCount: 1, match }
            : { left: j, leftCount: 1, right: i, rightCount: count, match }
          consider(pairing, whole.weight)
        }
      }
    }
  }
  joins(a, leftUsed, b, rightUsed, true)
  joins(b, rightUsed, a, leftUsed, false)
  candidates.sort((one, other) => other.rank - one.rank)
  for (const { pairing } of candidates) {
    if (isFree(leftUsed, pairing.left, pairing.leftCount) && isFree(rightUsed, pairing.right, pairing.rightCount))
      take(pairing)
  }
  takeEqual(binds)
  return { pairings, leftOver: unused(leftUsed, a.length), rightOver: unused(rightUsed, b.length) }
}

function compareJoined(text: string, origin: Origin, whole: NameToken): WordMatch | null {
  if (origin !== whole.origin && (origin === 'vowelless' || whole.origin === 'vowelless')) {
    const match = compareSkeletons(text, whole.text)
    return match.relation !== 'different' && match.edits === 0 ? { ...match, relation: 'joined' } : null
  }
  if (origin !== whole.origin && koreanFold(text) === koreanFold(whole.text))
    return { relation: 'joined', similarity: 0.97, edits: 0 }
  const longest = Math.max(text.length, whole.text.length)
  if (Math.abs(text.length - whole.text.length) > MOST_JOINED_DIFFERENCE) return null
  const edits = text === whole.text ? 0 : spellingDistance(text, whole.text, 3)
  const similarity = 1 - JOINED_COST - edits / longest
  return similarity < LEAST_JOINED_SIMILARITY ? null : { relation: 'joined', similarity, edits }
}

/** Left to the end: "abd al-rahman" is one with "abdulrahman", and its article must be free for that. */
const binds = (token: NameToken): boolean => token.kind === 'particle' || token.kind === 'stop'

function unused(used: number, count: number): number[] {
  const left: number[] = []
  for (let at = 0; at < count; at += 1) if ((used & (1 << at)) === 0) left.push(at)
  return left
}
