// The watchlist hits that a session's results hold, wherever they stand, and what a reviewer's word makes of them there.
// Rules, floors and blocking read the results, so that a word counts in the next decision and changes no past one.

import type { ResultsByCheck, WatchlistHit, WatchlistsResult } from '../decision/check-results.ts'
import { coversOwn, withClearing } from '../screening/clearing.ts'
import type { HitMark, SessionState } from './state.ts'

/** As the latest result has it. */
export function hitOnRecord(state: SessionState, hitId: string): WatchlistHit | null {
  const results = [
    state.run?.results.watchlists,
    state.processing_results?.external_validations.watchlists ?? undefined,
    ...state.validations.map((validation) => validation.results.watchlists),
  ]
  const [latest] = results
    .filter((result) => result !== undefined)
    .toSorted((left, right) => right.checked_at - left.checked_at)
    .flatMap((result) => result.hits.filter((hit) => hit.hit_id === hitId))
  return latest ?? null
}

export function withMark(state: SessionState, mark: HitMark): SessionState {
  const clearing = { session_id: state.session_id, at: mark.at }
  const marked = (hit: WatchlistHit): WatchlistHit => {
    if (hit.hit_id !== mark.hit_id) return hit
    if (mark.verdict === 'open') return withClearing(hit, null)
    return coversOwn(mark, hit) ? withClearing(hit, clearing) : hit
  }
  const inResult = <T extends WatchlistsResult | null>(result: T): T =>
    result === null ? result : { ...result, hits: result.hits.map(marked) }
  const inResults = (results: ResultsByCheck): ResultsByCheck =>
    results.watchlists === undefined ? results : { ...results, watchlists: inResult(results.watchlists) }
  const { run, processing_results: processed } = state
  return {
    ...state,
    hit_marks: [...(state.hit_marks ?? []).filter((one) => one.hit_id !== mark.hit_id), mark],
    run: run === null ? null : { ...run, results: inResults(run.results) },
    processing_results:
      processed === null
        ? null
        : {
            ...processed,
            external_validations: {
              ...processed.external_validations,
              watchlists: inResult(processed.external_validations.watchlists),
            },
          },
    validations: state.validations.map((one) => ({ ...one, results: inResults(one.results) })),
  }
}
