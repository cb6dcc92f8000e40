// What each feature of a pair of names counts, in logits, and what a score means. The numbers were fitted by
// bench/screening/fit.ts; docs/screening.md says on what and how they hold on what was kept back.

import type { MatchBand } from '../../../domain/screening/screening.ts'
import type { NameKind } from '../entity.ts'
import type { NameClass } from '../names/parse-name.ts'
import type { NameFeatures } from './features.ts'

const INTERCEPT = 3.97
type Weight = number | Record<NameClass, number>
const WEIGHTS: Record<keyof NameFeatures, Weight> = {
  spelling: -16.77,
  worstWord: -5.29,
  conflict: -17.7,
  extra: { person: -12.76, organization: -6.17 },
  thin: -1.5,
  nickname: -5.22,
  initial: -1.05,
  disorder: { person: -2.31, organization: -3.5 },
  lineage: -6.06,
  numberConflict: -1.0,
  numberMissing: -7.45,
  formConflict: -6.69,
  joined: -1.87,
  single: -2.0,
  characters: -8.0,
}
/**
 * Puts the default threshold of a search, 0.85, between the best wrong and the worst right of the first half: what was
 * fitted on pairs alone says how alike two names are, not how many there are to meet by chance.
 */
const SEARCH_SHIFT = 0.3
/** Agreement on more and rarer words is surer: what a doubling of it adds. */
const INFORMATION = 0.2

const FEATURES = Object.keys(WEIGHTS) as (keyof NameFeatures)[]
const weightsOf = (of: NameClass) =>
  Object.fromEntries(
    Object.entries(WEIGHTS).map(([feature, weight]) => [feature, typeof weight === 'number' ? weight : weight[of]]),
  ) as Record<keyof NameFeatures, number>
const BY_CLASS: Record<NameClass, Record<keyof NameFeatures, number>> = {
  person: weightsOf('person'),
  organization: weightsOf('organization'),
}

export function nameLogit(features: NameFeatures, of: NameClass, information: number): number {
  let logit = INTERCEPT + SEARCH_SHIFT + INFORMATION * Math.log2(1 + information)
  for (const feature of FEATURES) logit += BY_CLASS[of][feature] * features[feature]
  return logit
}

/** A weak alias proves less; authorities publish it to help identify, not to match by. */
const KIND_LOGIT: Record<NameKind, number> = {
  primary: 0,
  aka: -0.05,
  former: -0.15,
  original_script: -0.05,
  weak_aka: -0.8,
}
export const kindLogit = (kind: NameKind): number => KIND_LOGIT[kind]

export const probability = (logit: number): number => 1 / (1 + Math.exp(-logit))
/** Four places: enough to keep the order at the top. */
export const asScore = (logit: number): number => Math.round(probability(logit) * 10_000) / 10_000

/** At which a pair of names alone is called the same. */
export const PAIR_THRESHOLD = 0.67

const BANDS: readonly [MatchBand, number][] = [
  ['strong', 0.95],
  ['likely', 0.85],
  ['possible', 0.5],
]
export const bandOf = (score: number): MatchBand => BANDS.find(([, from]) => score >= from)?.[0] ?? 'weak'
