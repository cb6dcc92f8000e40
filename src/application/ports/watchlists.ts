import type { Screening, ScreeningOptions, ScreeningSubject } from '../../domain/screening/screening.ts'
import type { CivilDate, EpochMs } from '../../domain/time.ts'

/** A list as the index that is searched holds it. */
export type SearchedList = {
  id: string
  name: string
  publisher: string
  /** What hits of it name as `list_version`. */
  version: string
  published_on: CivilDate | null
  entries: number
  names: number
  /** When this version came in. */
  imported_at: EpochMs
  /** When its publisher last said, or showed, that this is the newest. */
  confirmed_at: EpochMs
}

export type WatchlistAnswer =
  /**
   * `results` are in the order of the subjects. `stale`: they are all that is known, and it is not enough for a pass: a list
   * asked for is older than its limit, was never loaded, or is the sample of an installation without any; `message` says which.
   */
  | {
      state: 'ok' | 'stale'
      message: string | null
      index_version: string
      /** Those searched: the ones asked for, or all. */
      lists: SearchedList[]
      results: Screening[]
    }
  /** `not_configured`: nothing has been loaded yet. `error`: a list asked for does not exist, or the engine gave no answer. */
  | { state: 'not_configured' | 'error'; message: string; lists: []; results: [] }

/** A list that this deployment fetches; nulls where it was never loaded. */
export type ListStatus = {
  id: string
  name: string
  publisher: string
  version: string | null
  published_on: CivilDate | null
  entries: number | null
  names: number | null
  imported_at: EpochMs | null
  confirmed_at: EpochMs | null
  /** The last try, whatever came of it. */
  checked_at: EpochMs | null
  /** Since `confirmed_at`, rounded down. */
  age_hours: number | null
  is_stale: boolean
  /** Why the last try did not bring a list; null when it did. */
  last_error: string | null
}

export type WatchlistsStatus = { index_version: string | null; built_at: EpochMs | null; lists: ListStatus[] }

/** The watchlists of this deployment: names searched in memory, needing neither D1 nor a publisher. */
export interface Watchlists {
  /** One or more subjects at once. Rejects when storage or the engine itself fails, which may be over at the next try. */
  screen(subjects: readonly ScreeningSubject[], options: ScreeningOptions): Promise<WatchlistAnswer>
  /** Ids that `options.lists` may name: those fetched here, and those in the index. */
  knownLists(): Promise<string[]>
  listVersions(): Promise<WatchlistsStatus>
}
