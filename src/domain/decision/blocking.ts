// Which of a `validation` step's block reasons its results give. Whether that stops the session is session/decide.ts.

import type { BlockReason, ValidationConfig } from '../workflow/definition.ts'
import { CHECK_NAMES } from '../workflow/definition.ts'
import type { ResultsByCheck } from './check-results.ts'
import { cryptoHits, faceMismatch, hasUnseenHits, openHitsAt } from './findings.ts'

export function blockedBy(input: {
  results: ResultsByCheck
  blockOn: readonly BlockReason[]
  config: ValidationConfig
}): BlockReason[] {
  const { results, config } = input
  const holds: Record<BlockReason, boolean> = {
    watchlist_hit: openHitsAt(results, config.list_match_threshold).length > 0 || hasUnseenHits(results),
    crypto_hit: cryptoHits(results).length > 0,
    adverse_media_high: results.adverse_media?.level === 'high',
    face_mismatch: faceMismatch(results) !== null,
    // Any state but `ok`: what could not be checked did not pass.
    check_error: CHECK_NAMES.some((check) => (results[check]?.state ?? 'ok') !== 'ok'),
  }
  return [...new Set(input.blockOn)].filter((reason) => holds[reason])
}
