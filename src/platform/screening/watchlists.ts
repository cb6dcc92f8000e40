import type {
  ListStatus,
  SearchedList,
  WatchlistAnswer,
  Watchlists,
  WatchlistSettings,
  WatchlistStore,
} from '../../application/ports.ts'
import type { ScreeningOptions, ScreeningSubject } from '../../domain/screening/screening.ts'
import { judgeAnswer, unknownLists } from '../../domain/screening/answer-state.ts'
import { ageHours, isListStale } from '../../domain/screening/watched-list.ts'
import type { ListState } from '../../domain/screening/watched-list.ts'
import type { Manifest, ManifestList } from '../../domain/screening/watchlist-index.ts'
import { MINUTE_MS } from '../../domain/time.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { IndexFacts, LoadAnswer, ScreenAnswer, ScreenCall } from '../../engines/screening/index-holder.ts'

/** How long an isolate goes on with the manifest it has read. */
const KEPT_MS = MINUTE_MS
const LOAD_ATTEMPTS = 2

/** What of the Worker `screening` is used here. */
export type ScreeningEngine = {
  screen(call: ScreenCall): Promise<ScreenAnswer>
  load(facts: IndexFacts, bytes: ReadableStream<Uint8Array>): Promise<LoadAnswer>
}

export function createWatchlists(parts: {
  engine: ScreeningEngine
  store: Pick<WatchlistStore, 'readManifest' | 'readStates'>
  openIndex: (indexVersion: string) => Promise<ReadableStream<Uint8Array> | null>
  settings: WatchlistSettings
  clock: { now(): EpochMs }
}): Watchlists {
  const { engine, store, settings, clock } = parts
  let kept: { at: EpochMs; manifest: Manifest | null } | null = null

  async function manifest(isFresh: boolean): Promise<Manifest | null> {
    const now = clock.now()
    if (!isFresh && kept !== null && now - kept.at < KEPT_MS) return kept.manifest
    kept = { at: now, manifest: (await store.readManifest())?.value ?? null }
    return kept.manifest
  }

  async function load(current: Manifest): Promise<string | null> {
    const { index_version, size, sha256 } = current
    // It may have been another caller's transfer that broke off.
    for (let attempt = 1; ; attempt += 1) {
      const bytes = await parts.openIndex(index_version)
      if (bytes === null) return 'The index of the watchlists is not there.'
      const answer = await engine.load({ index_version, size, sha256 }, bytes)
      if (answer.state === 'ok') return null
      if (answer.reason === 'broken_off' && attempt < LOAD_ATTEMPTS) continue
      return `The index of the watchlists could not be loaded: ${answer.reason}.`
    }
  }

  /** The index of the newest manifest, loaded where it is not. */
  async function searched(
    known: Manifest,
    subjects: readonly ScreeningSubject[],
    options: ScreeningOptions,
  ): Promise<{ manifest: Manifest; answer: Extract<ScreenAnswer, { state: 'ok' }> } | string> {
    const ask = ({ index_version }: Manifest) => engine.screen({ index_version, subjects, options })
    const first = await ask(known)
    if (first.state === 'ok') return { manifest: known, answer: first }
    // The engine may be ahead: another isolate has seen a newer manifest, and must not be thrown back to an older index.
    const newest = (await manifest(true)) ?? known
    const second = newest.index_version === known.index_version ? first : await ask(newest)
    if (second.state === 'ok') return { manifest: newest, answer: second }
    const problem = await load(newest)
    if (problem !== null) return problem
    const last = await ask(newest)
    return last.state === 'ok'
      ? { manifest: newest, answer: last }
      : 'The index of the watchlists was let go of at once.'
  }

  async function knownLists(): Promise<string[]> {
    const inIndex = (await manifest(false))?.lists.map(({ id }) => id) ?? []
    return [...new Set([...settings.lists.map(({ id }) => id), ...inIndex])]
  }

  return {
    async screen(subjects, options): Promise<WatchlistAnswer> {
      const unknown = unknownLists(options.lists, await knownLists())
      if (unknown !== null) return { state: 'error', message: unknown, lists: [], results: [] }
      const current = await manifest(false)
      if (current === null) {
        return { state: 'not_configured', message: 'No watchlist has been loaded yet.', lists: [], results: [] }
      }
      const found = await searched(current, subjects, options)
      if (typeof found === 'string') return { state: 'error', message: found, lists: [], results: [] }
      const judged = judgeAnswer(found.manifest.lists, {
        asked: options.lists,
        watched: settings.lists,
        now: clock.now(),
      })
      return {
        ...judged,
        index_version: found.manifest.index_version,
        lists: found.manifest.lists.filter(({ id }) => isAsked(id, options.lists)).map(searchedList),
        results: found.answer.results,
      }
    },

    knownLists,

    async listVersions() {
      const current = await manifest(true)
      const states = await store.readStates(settings.lists.map(({ id }) => id))
      const now = clock.now()
      return {
        index_version: current?.index_version ?? null,
        built_at: current?.built_at ?? null,
        lists: settings.lists.map((watched) => {
          const held = current?.lists.find(({ id }) => id === watched.id)
          const state = states.find(({ list }) => list === watched.id)
          return statusOf(watched, { held, state, now })
        }),
      }
    },
  }
}

const isAsked = (id: string, asked: readonly string[]): boolean => asked.length === 0 || asked.includes(id)

const searchedList = ({ segment: _, ...list }: ManifestList): SearchedList => list

function statusOf(
  watched: WatchlistSettings['lists'][number],
  given: { held: ManifestList | undefined; state: ListState | undefined; now: EpochMs },
): ListStatus {
  const { held, state, now } = given
  const confirmed = state?.confirmed_at ?? held?.confirmed_at ?? null
  return {
    id: watched.id,
    name: watched.name,
    publisher: watched.publisher,
    version: held?.version ?? null,
    published_on: held?.published_on ?? null,
    entries: held?.entries ?? null,
    names: held?.names ?? null,
    imported_at: held?.imported_at ?? null,
    confirmed_at: confirmed,
    checked_at: state?.checked_at ?? null,
    age_hours: confirmed === null ? null : ageHours(confirmed, now),
    is_stale: held === undefined || watched.isSample || isListStale(held.confirmed_at, watched.maxAgeHours, now),
    last_error: state?.last_error ?? null,
  }
}
