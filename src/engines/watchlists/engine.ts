// The watchlist check: every name of the session held against the lists that the workflow asks for. What came of the search
// is told as a state; only `ok` is an answer that rules take for complete. What a hit leads to is decided by them.

import type { CheckInputs, WatchlistsResult } from '../../domain/decision/check-results.ts'
import { keptMatches, MAX_HITS_OF_A_SUBJECT, MAX_MISSES_OF_A_SUBJECT } from '../../domain/screening/hits.ts'
import type { Screening, ScreeningOptions, ScreeningSubject } from '../../domain/screening/screening.ts'
import type { EpochMs } from '../../domain/time.ts'
import { subjectsOf } from './subjects.ts'

const PROVIDER = 'kyc-sessions/watchlists'

type Answer = {
  state: 'ok' | 'stale' | 'not_configured' | 'error'
  message: string | null
  lists: readonly { id: string; version: string }[]
  /** In the order of the subjects. */
  results: Screening[]
}
type Search = (subjects: readonly ScreeningSubject[], options: ScreeningOptions) => Promise<Answer>

export function createWatchlistsEngine({ search }: { search: Search }) {
  return async (inputs: CheckInputs, now: EpochMs): Promise<WatchlistsResult> => {
    const base = { checked_at: now, provider: PROVIDER }
    const subjects = subjectsOf(inputs)
    if (subjects.length === 0) return { ...base, state: 'no_input', message: noNameIn(inputs), hits: [] }
    const { options } = inputs
    const { state, message, lists, results } = await search(subjects, {
      lists: options.lists.map((list) => list.toLowerCase()),
      threshold: options.list_match_threshold,
      limit: MAX_HITS_OF_A_SUBJECT + 1,
      misses: options.explain_misses ? MAX_MISSES_OF_A_SUBJECT : 0,
    })
    if ((state === 'ok' || state === 'stale') && results.length !== subjects.length)
      return { ...base, state: 'error', message: 'The search did not answer for every name.', hits: [] }
    return {
      ...base,
      state,
      ...(message === null ? {} : { message }),
      ...(lists.length === 0 ? {} : { lists: lists.map(({ id, version }) => ({ id, version })) }),
      ...keptMatches(subjects, results, options.explain_misses),
    }
  }
}

const noNameIn = ({ subject }: CheckInputs): string =>
  subject.names.length === 0
    ? 'The session holds no name.'
    : 'Every name of the session stands in a field that is not to be screened.'
