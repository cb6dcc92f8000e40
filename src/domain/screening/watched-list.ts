// What is known of a list from one try to the next, and what a try leads to: whether what came in replaces what is held,
// when the next try is due, when a list is too old to rely on. Nothing is fetched or parsed here.

import { civilDateAt, DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts'
import type { CivilDate, EpochMs } from '../time.ts'

/** A list of this deployment, as its configuration has it. */
export type WatchedList = {
  id: string
  name: string
  publisher: string
  /** Hours after which a list that was not confirmed anew is stale. */
  maxAgeHours: number
  /** Invented entries, for an installation that has reached no publisher. */
  isSample: boolean
}

/** What a publisher said of a file, to be asked whether it still holds. */
export type Validator = { url: string; etag: string | null; last_modified: string | null }

/** The version that is searched. */
export type HeldVersion = {
  version: string
  published_on: CivilDate | null
  entries: number
  names: number
  /** Rows of the publisher's file that could not be read. */
  skipped_count: number
  /** Of the entries: the same one is the same content. */
  sha256: string
  /** Where the entries lie. */
  segment: string
  segment_format: number
  imported_at: EpochMs
}

export type ListState = {
  list: string
  held: HeldVersion | null
  /** When its publisher last said, or showed, that what is held is the newest. */
  confirmed_at: EpochMs | null
  checked_at: EpochMs | null
  next_check_at: EpochMs
  validators: Record<string, Validator>
  /** Tries that failed since the last good one. */
  failures: number
  last_error: string | null
}

export type ParsedFacts = {
  published_on: CivilDate | null
  entries: number
  names: number
  skipped_count: number
  sha256: string
}

/** More than this share of the entries gone at once is taken for a broken file. */
const MAX_LOSS = 0.1
/** Daily checks start in the hour from 03:00 UTC, each list at its own minute. */
const CHECK_HOUR = 3
const LEAST_PAUSE_MS = 12 * HOUR_MS
const FIRST_RETRY_MS = 15 * MINUTE_MS
const LONGEST_RETRY_MS = 6 * HOUR_MS

export const newListState = (list: string): ListState => ({
  list,
  held: null,
  confirmed_at: null,
  checked_at: null,
  next_check_at: 0,
  validators: {},
  failures: 0,
  last_error: null,
})

/** A list that was read by an earlier importer is due whatever the hour. */
export const isDue = (state: ListState, segmentFormat: number, now: EpochMs): boolean =>
  state.next_check_at <= now || isOutdated(state, segmentFormat)

const isOutdated = ({ held, failures }: ListState, segmentFormat: number): boolean =>
  held !== null && held.segment_format !== segmentFormat && failures === 0

/** None when the publisher must send the list whatever it is: nothing is held, or it was read by another importer. */
export const validatorsOf = (state: ListState, segmentFormat: number): Record<string, Validator> =>
  state.held?.segment_format === segmentFormat ? state.validators : {}

export type Judgement = { kind: 'new' | 'unchanged' } | { kind: 'refused'; reason: string }

/** What came in against what is held. An operator may insist on what would be refused. */
export function judgeList(
  held: HeldVersion | null,
  next: ParsedFacts,
  given: { isForced: boolean; segmentFormat: number },
): Judgement {
  if (held === null) return { kind: 'new' }
  if (held.sha256 === next.sha256 && held.segment_format === given.segmentFormat) return { kind: 'unchanged' }
  if (given.isForced) return { kind: 'new' }
  if (next.entries < held.entries * (1 - MAX_LOSS)) {
    return { kind: 'refused', reason: `shrank from ${held.entries} to ${next.entries} entries` }
  }
  if (held.published_on !== null && next.published_on !== null && next.published_on < held.published_on) {
    return { kind: 'refused', reason: `is of ${next.published_on}, older than ${held.published_on}` }
  }
  return { kind: 'new' }
}

/** `2026-02-27-3f9a01c2`: the day it was published, else fetched, and what is in it. */
export const versionOf = (facts: ParsedFacts, now: EpochMs): string =>
  `${facts.published_on ?? civilDateAt(now)}-${facts.sha256.slice(0, 8)}`

export const afterImport = (
  state: ListState,
  facts: ParsedFacts,
  kept: { segment: string; segment_format: number; validators: Record<string, Validator>; now: EpochMs },
): ListState => ({
  ...afterConfirmation(state, kept),
  held: {
    version: versionOf(facts, kept.now),
    published_on: facts.published_on,
    entries: facts.entries,
    names: facts.names,
    skipped_count: facts.skipped_count,
    sha256: facts.sha256,
    segment: kept.segment,
    segment_format: kept.segment_format,
    imported_at: kept.now,
  },
})

export const afterConfirmation = (
  state: ListState,
  { validators, now }: { validators: Record<string, Validator>; now: EpochMs },
): ListState => ({
  ...state,
  confirmed_at: now,
  checked_at: now,
  next_check_at: nextDailyCheck(state.list, now),
  validators,
  failures: 0,
  last_error: null,
})

/** What is held stays; the next try comes soon at first, then ever later. */
export const afterFailure = (state: ListState, reason: string, now: EpochMs): ListState => ({
  ...state,
  checked_at: now,
  next_check_at: now + Math.min(FIRST_RETRY_MS * 2 ** state.failures, LONGEST_RETRY_MS),
  failures: state.failures + 1,
  last_error: reason,
})

/** Its segment turned out to be lost or broken: it must come in anew, at once. */
export const afterLoss = (state: ListState, reason: string): ListState => ({
  ...state,
  // Of no format: it is read by nobody, yet what comes next is still measured by it.
  held: state.held === null ? null : { ...state.held, segment_format: 0 },
  next_check_at: 0,
  last_error: reason,
})

/** The list's own minute of the hour, so that not all publishers are asked at once, and each day at the same time. */
export function nextDailyCheck(list: string, now: EpochMs): EpochMs {
  const offset = CHECK_HOUR * HOUR_MS + minuteOf(list) * MINUTE_MS
  const earliest = now + LEAST_PAUSE_MS
  const today = Math.floor(earliest / DAY_MS) * DAY_MS + offset
  return today >= earliest ? today : today + DAY_MS
}

const minuteOf = (list: string): number => [...list].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 60

export const isListStale = (confirmedAt: EpochMs | null, maxAgeHours: number, now: EpochMs): boolean =>
  confirmedAt === null || now - confirmedAt > maxAgeHours * HOUR_MS

export const ageHours = (confirmedAt: EpochMs, now: EpochMs): number =>
  Math.max(0, Math.floor((now - confirmedAt) / HOUR_MS))
