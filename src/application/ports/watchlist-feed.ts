import type { ListState, ParsedFacts, Validator, WatchedList } from '../../domain/screening/watched-list.ts'
import type { Formats, Manifest } from '../../domain/screening/watchlist-index.ts'
import type { CivilDate, EpochMs } from '../../domain/time.ts'

/** A message of the queue of watchlists. `force`: an operator insists on a list that was refused. */
export type WatchlistJob = { kind: 'refresh'; list: string; force?: boolean | undefined } | { kind: 'merge' }

export interface WatchlistQueue {
  send(jobs: WatchlistJob[], delaySeconds?: number): Promise<void>
}

/** Something with the ETag that a later write must still find. */
export type Tagged<T> = { value: T; etag: string }

/** What is known of the lists, in R2 alone: neither refresh nor screening needs D1. */
export interface WatchlistStore {
  readState(list: string): Promise<Tagged<ListState> | null>
  /** Of lists that were tried at least once. */
  readStates(lists: readonly string[]): Promise<ListState[]>
  /** False: someone else wrote since. `etag` null: nothing is there yet. */
  writeState(state: ListState, etag: string | null): Promise<boolean>
  readManifest(): Promise<Tagged<Manifest> | null>
  writeManifest(manifest: Manifest, etag: string | null): Promise<boolean>
  /** Deletes indexes and segments older than `before` that are not among these. */
  sweep(kept: { indexes: ReadonlySet<string>; segments: ReadonlySet<string>; before: EpochMs }): Promise<number>
}

/** Something large that lies ready: only `keep` makes it readable, and one of the two must be called. */
export type Upload = { keep(): Promise<void>; drop(): Promise<void> }

export type FetchOutcome =
  | { kind: 'not_modified' }
  | { kind: 'failed'; reason: string }
  | { kind: 'parsed'; facts: ParsedFacts; validators: Record<string, Validator>; upload: Upload }

export interface WatchlistFeed {
  /** Asks the publisher and reads what comes into the segment of this name. `validators`: what it said last, if that is held. */
  fetch(list: string, validators: Record<string, Validator>, segment: string): Promise<FetchOutcome>
}

export type ListedAddress = {
  list: string
  version: string
  published_on: CivilDate | null
  reference: string
  primary_name: string
  programs: string[]
  /** The list's own code; empty where it has none. */
  asset: string
  address: string
  listed_on: CivilDate | null
}

export type BuildOutcome =
  | { kind: 'built'; size: number; sha256: string; addresses: ListedAddress[]; upload: Upload }
  /** The segment of this list is not what was written. */
  | { kind: 'segment_lost'; list: string; reason: string }

export interface WatchlistBuilder {
  /** One index of these lists, in this order. */
  build(
    lists: readonly { id: string; version: string; published_on: CivilDate | null; segment: string; sha256: string }[],
    indexVersion: string,
  ): Promise<BuildOutcome>
}

export interface AddressBookKeeper {
  /** All crypto addresses that these lists name, and so which they name no longer. */
  keep(found: {
    addresses: readonly ListedAddress[]
    lists: readonly { id: string; version: string; published_on: CivilDate | null }[]
    at: EpochMs
  }): Promise<void>
}

/** The lists of this deployment, and what this release writes. */
export type WatchlistSettings = { lists: readonly WatchedList[]; formats: Formats }
