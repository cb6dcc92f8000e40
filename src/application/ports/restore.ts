import type { CivilDate, EpochMs } from '../../domain/time.ts'
import type { TombstoneCopy } from './erasures.ts'

/** What is put right after a restore, in this order; `after` is how far it has come. */
export type Repair = { since: CivilDate; stage: 'tombstones' | 'ledger' | 'directory'; after: string | null }

export type RestoreMark = { beat: number; beat_at: EpochMs; position: number; repair: Repair | null }

/** D1's side: what a restore takes back. */
export interface RestoreWatch {
  /** All zeros before the first one. */
  mark(): Promise<RestoreMark>
  /** False when another run was faster. */
  replaceMark(before: RestoreMark, after: RestoreMark): Promise<boolean>
  /** Sessions that events after a position tell of, each once, and the position up to which they do. */
  changedSince(position: number, limit: number): Promise<{ session_ids: string[]; position: number }>
  /** Lays those tombstones that are not there, as deletions whose objects are next; how many. */
  layAgain(tombstones: readonly TombstoneCopy[], at: EpochMs): Promise<number>
  sessionsAfter(sessionId: string | null, limit: number): Promise<string[]>
}

/** R2's side: what a restore of D1 does not reach. Ids only. */
export interface RestoreLedger {
  /** The highest beat that was ever written; 0 before the first. */
  head(): Promise<number>
  putHead(beat: number): Promise<void>
  putPage(page: { beat: number; at: EpochMs; session_ids: readonly string[] }): Promise<void>
  /** The first page of that day or later, or the one that follows `after`; null past the last. */
  nextPage(since: CivilDate, after: string | null): Promise<{ key: string; session_ids: string[] } | null>
  /** Deletes pages of days before that one. */
  forget(before: CivilDate): Promise<void>
}
