// Whether a search of the watchlists was enough to rely on: of all lists that were asked for, each recent enough, and
// none of them invented.

import type { EpochMs } from '../time.ts'
import { ageHours, isListStale } from './watched-list.ts'
import type { WatchedList } from './watched-list.ts'

type LoadedList = { id: string; confirmed_at: EpochMs }

/** Null: all that were asked for are known. */
export function unknownLists(asked: readonly string[], known: readonly string[]): string | null {
  const unknown = asked.filter((id) => !known.includes(id))
  if (unknown.length === 0) return null
  return `There is no watchlist ${unknown.join(', ')}. Known here: ${known.join(', ') || 'none'}.`
}

export function judgeAnswer(
  loaded: readonly LoadedList[],
  given: { asked: readonly string[]; watched: readonly WatchedList[]; now: EpochMs },
): { state: 'ok' | 'stale'; message: string | null } {
  const { asked, watched, now } = given
  const isAsked = (id: string): boolean => asked.length === 0 || asked.includes(id)
  const searched = loaded.filter(({ id }) => isAsked(id))
  const isSample = (id: string): boolean => watched.some((list) => list.id === id && list.isSample)
  if (searched.length > 0 && searched.every(({ id }) => isSample(id))) {
    return { state: 'stale', message: 'Only the sample list of invented entries is loaded: nobody has been screened.' }
  }
  // A sample is missed only by who asks for it by name: it gives way to any real list.
  const problems = watched
    .filter(({ id, isSample }) => (isSample ? asked.includes(id) : isAsked(id)))
    .flatMap(({ id, maxAgeHours }) => {
      const list = searched.find((one) => one.id === id)
      if (list === undefined) return [`${id} has not been loaded yet`]
      if (!isListStale(list.confirmed_at, maxAgeHours, now)) return []
      return [`${id} was last confirmed ${ageHours(list.confirmed_at, now)} hours ago, its limit is ${maxAgeHours}`]
    })
  // No longer fetched, and so never confirmed again.
  const dropped = searched.filter(({ id }) => watched.every((list) => list.id !== id))
  problems.push(...dropped.map(({ id }) => `${id} is no longer fetched here`))
  return problems.length === 0 ? { state: 'ok', message: null } : { state: 'stale', message: `${problems.join('; ')}.` }
}
