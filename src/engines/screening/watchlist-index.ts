// The door of the screening engine: build an index from entries, open it from bytes, screen a subject against it.

import type { ListedEntity } from './entity.ts'
import type { Screening, ScreeningOptions, ScreeningSubject } from '../../domain/screening/screening.ts'

/** A list as it stands in an index. */
export type IndexedList = {
  id: string
  /** What hits name as `list_version`, e.g. `2026-02-27-3f9a01c2`. */
  version: string
  /** YYYY-MM-DD of publication, where the list tells it. */
  published_on: string | null
}

/** Made once, fed entry by entry, list after list; holds about what the finished index holds. */
export interface WatchlistIndexBuilder {
  /** Starts a list; entries that follow belong to it. */
  list(list: IndexedList): void
  add(entity: ListedEntity): void
  /** The finished index. The builder is empty after. */
  finish(): Uint8Array<ArrayBuffer>
}

export interface WatchlistIndex {
  readonly lists: readonly (IndexedList & { entries: number; names: number })[]
  screen(subject: ScreeningSubject, options: ScreeningOptions): Screening
}
