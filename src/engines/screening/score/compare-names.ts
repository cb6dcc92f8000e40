// Two names side by side: a calibrated score and, word by word, where it comes from.

import type { TokenMatch, TokenRelation } from '../../../domain/screening/screening.ts'
import { parseName } from '../names/parse-name.ts'
import type { NameClass, NameToken, ParsedName } from '../names/parse-name.ts'
import { skeletonOf } from '../names/skeleton.ts'
import type { Alignment } from './align.ts'
import { PAIR_THRESHOLD, asScore, nameLogit } from './calibration.ts'
import { compareParsed } from './features.ts'

export type NameComparison = { logit: number; alignment: Alignment }

export function scoreNames(left: ParsedName, right: ParsedName): NameComparison {
  const { alignment, features, matched } = compareParsed(left, right)
  return { logit: nameLogit(features, left.of, matched), alignment }
}

/** Names alone: 0–1, and whether they are taken for one (PAIR_THRESHOLD). */
export function compareNames(left: string, right: string, of: NameClass): { score: number; isMatch: boolean } {
  const score = asScore(scoreNames(parseName(left, of), parseName(right, of)).logit)
  return { score, isMatch: score >= PAIR_THRESHOLD }
}

/** The score on the scale of cross validation, where 0.85 parts one name from two. */
export function likeness(left: string, right: string, of: NameClass): number {
  const { score, isMatch } = compareNames(left, right, of)
  return isMatch ? Math.max(score, SAME_NAME) : Math.min(score, SAME_NAME - 0.01)
}

const SAME_NAME = 0.85

export function explainWords(
  left: ParsedName,
  right: ParsedName,
  { pairings, leftOver, rightOver }: Alignment,
): TokenMatch[] {
  const total = weightOf(left.tokens) + weightOf(right.tokens)
  const share = (weight: number) => Math.round((weight / total) * 1000) / 1000
  const matched = pairings
    .toSorted((one, other) => one.left - other.left)
    .map(({ left: i, leftCount, right: j, rightCount, match }): TokenMatch => {
      const [one, other] = [left.tokens.slice(i, i + leftCount), right.tokens.slice(j, j + rightCount)]
      return {
        subject: textOf(one),
        listed: textOf(other),
        relation: isSameSound(match.relation, one, other) ? 'phonetic' : match.relation,
        similarity: Math.round(match.similarity * 1000) / 1000,
        weight: share(weightOf(one) + weightOf(other)),
      }
    })
  const missing = (token: NameToken | undefined, side: 'subject' | 'listed'): TokenMatch => ({
    subject: side === 'subject' ? (token?.text ?? null) : null,
    listed: side === 'listed' ? (token?.text ?? null) : null,
    relation: 'missing',
    similarity: 0,
    weight: share(token?.weight ?? 0),
  })
  return [
    ...matched,
    ...leftOver.map((at) => missing(left.tokens[at], 'subject')),
    ...rightOver.map((at) => missing(right.tokens[at], 'listed')),
  ]
}

/** The vowels differ, or how the consonants are written. */
const isSameSound = (relation: TokenRelation, one: NameToken[], other: NameToken[]): boolean =>
  relation === 'typo' && skeletonOf(textOf(one)) === skeletonOf(textOf(other))

const textOf = (tokens: readonly NameToken[]): string => tokens.map((token) => token.text).join(' ')
const weightOf = (tokens: readonly NameToken[]): number => tokens.reduce((sum, token) => sum + token.weight, 0)
