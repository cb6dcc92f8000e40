// What the tests put on the lists. Stands in for the engine at its port: names that are equal but for case are hits, names
// that share a piece are near misses. `loadLists` is the one place that knows it is a stand-in.

import type { WatchlistAnswer, Watchlists } from '../../src/application/ports.ts'
import { identityName } from '../../src/domain/screening/identity-name.ts'
import type {
  Screening,
  ScreeningHit,
  ScreeningOptions,
  ScreeningSubject,
} from '../../src/domain/screening/screening.ts'
import { foundHit } from './fixtures/watchlists.ts'
import { recorder } from './instrument.ts'
import { composed } from './world.ts'

/** Of the lists `ofac_sdn` and `un_sc`. */
export type TestEntry = { reference: string; name: string; entry_hash?: string; list?: string; identifier?: string }

const KNOWN = ['ofac_sdn', 'un_sc']

/** From here on the check and the route search these; null: nothing is loaded. */
export function loadLists(entries: readonly TestEntry[] | null, state: 'ok' | 'stale' = 'ok'): void {
  const standIn: Watchlists = {
    async screen(subjects, options) {
      await recorder.hop({ by: 'worker', binding: 'SCREENING', call: 'screen' })
      return answer(entries, state, subjects, options)
    },
    knownLists: async () => (entries === null ? [] : KNOWN),
    listVersions: async () => ({ index_version: null, built_at: null, lists: [] }),
  }
  Object.assign(composed().deps.watchlists, standIn)
}

function answer(
  entries: readonly TestEntry[] | null,
  state: 'ok' | 'stale',
  subjects: readonly ScreeningSubject[],
  options: ScreeningOptions,
): WatchlistAnswer {
  if (entries === null)
    return { state: 'not_configured', message: 'No watchlist has been loaded yet.', lists: [], results: [] }
  if (options.lists.some((list) => !KNOWN.includes(list)))
    return { state: 'error', message: 'A list is not known.', lists: [], results: [] }
  const searched = KNOWN.filter((list) => options.lists.length === 0 || options.lists.includes(list))
  const within = entries.filter((entry) => searched.includes(entry.list ?? 'ofac_sdn'))
  return {
    state,
    message: state === 'stale' ? 'Not confirmed for 200 hours: ofac_sdn.' : null,
    index_version: 'v1',
    lists: searched.map((id) => ({
      id,
      name: id,
      publisher: 'Test',
      version: '2026-11-20-3f9a01c2',
      published_on: '2026-11-20',
      entries: within.length,
      names: within.length,
      imported_at: 0,
      confirmed_at: 0,
    })),
    results: subjects.map((subject) => screened(within, subject, options)),
  }
}

function screened(entries: readonly TestEntry[], subject: ScreeningSubject, options: ScreeningOptions): Screening {
  const matches = entries.flatMap((entry) => subject.names.map((name) => hitOf(entry, name, subject)))
  return {
    hits: matches.filter(({ score }) => score >= options.threshold).slice(0, options.limit),
    near_misses: matches.filter(({ score }) => score > 0 && score < options.threshold).slice(0, options.misses),
  }
}

function hitOf(entry: TestEntry, name: string, subject: ScreeningSubject): ScreeningHit {
  const [left, right] = [identityName(entry.name), identityName(name)]
  const isShared = left.split(' ').some((piece) => right.split(' ').includes(piece))
  const hasIdentifier = entry.identifier !== undefined && subject.identifiers?.includes(entry.identifier) === true
  const found = foundHit({
    list: entry.list ?? 'ofac_sdn',
    reference: entry.reference,
    entry_hash: entry.entry_hash ?? 'e1',
    matched_name: entry.name,
    primary_name: entry.name,
    subject_name: name,
    score: left === right ? 0.95 : isShared ? 0.6 : 0,
  })
  if (!hasIdentifier || entry.identifier === undefined) return found
  const { identifier } = entry
  const evidence = [
    {
      factor: 'identifier' as const,
      outcome: 'supports' as const,
      effect: 0.05,
      subject: identifier,
      listed: identifier,
    },
  ]
  return { ...found, explanation: { ...found.explanation, evidence } }
}
