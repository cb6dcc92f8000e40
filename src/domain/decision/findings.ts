// What in a check's result counts as a finding against the subject: hits at the threshold, a face that is another,
// conflicts. Rules, floors, blocking and risk all read results through these, so that they never disagree.

import type {
  Comparison,
  CryptoHit,
  CrossValidationResult,
  FaceMatchResult,
  LivenessResult,
  ResultsByCheck,
  WatchlistHit,
} from './check-results.ts'

/** Hits that count: a whitelisted one was judged by a reviewer and counts for nothing. */
export const openHits = (results: ResultsByCheck): WatchlistHit[] =>
  (results.watchlists?.hits ?? []).filter((hit) => !hit.whitelisted)

export const openHitsAt = (results: ResultsByCheck, threshold: number): WatchlistHit[] =>
  openHits(results).filter((hit) => hit.score >= threshold)

/** More hits were found than are kept: those that are not were judged by nobody. */
export const hasUnseenHits = (results: ResultsByCheck): boolean => results.watchlists?.is_truncated === true

/**
 * Addresses that are on a list now. To deal with one that was taken off is no longer forbidden; that it was there is
 * shown to the reviewer and raises the risk score, see `delistedCryptoHits`.
 */
export const cryptoHits = (results: ResultsByCheck): CryptoHit[] =>
  allCryptoHits(results).filter((hit) => hit.status !== 'delisted')

export const delistedCryptoHits = (results: ResultsByCheck): CryptoHit[] =>
  allCryptoHits(results).filter((hit) => hit.status === 'delisted')

const allCryptoHits = (results: ResultsByCheck): CryptoHit[] =>
  (results.crypto?.addresses ?? []).flatMap((address) => address.hits)

/** A comparison was made and did not say "the same person". One that could not be made is its state's matter. */
export const faceMismatch = (results: ResultsByCheck): FaceMatchResult | null => {
  const result = results.face_match
  return result !== undefined && result.state === 'ok' && !result.is_match ? result : null
}

export const failedLiveness = (results: ResultsByCheck): LivenessResult | null => {
  const result = results.liveness
  return result !== undefined && result.state === 'ok' && !result.passed ? result : null
}

export const conflicts = (results: ResultsByCheck): Comparison[] =>
  (results.cross_validation?.comparisons ?? []).filter((comparison) => comparison.outcome === 'conflict')

/** The engine's own verdict of inconsistency counts even where it lists no comparison for it. */
export const isInconsistent = (result: CrossValidationResult | undefined): boolean =>
  result !== undefined &&
  result.state === 'ok' &&
  (!result.is_consistent || result.comparisons.some((one) => one.outcome === 'conflict'))
