import { isDue, newListState } from '../../domain/screening/watched-list.ts'
import { planMerge, wantedLists } from '../../domain/screening/watchlist-index.ts'
import type { Deps, WatchlistJob } from '../ports.ts'

/** Sends a job for each list that is due, and a merge when the index is behind. Sent twice, a job finds nothing to do. */
export async function scheduleLists(
  deps: Pick<Deps, 'clock' | 'watchlistSettings' | 'watchlistStore' | 'watchlistQueue'>,
): Promise<number> {
  const { lists, formats } = deps.watchlistSettings
  if (lists.length === 0) return 0
  const states = await deps.watchlistStore.readStates(lists.map(({ id }) => id))
  const manifest = (await deps.watchlistStore.readManifest())?.value ?? null
  const now = deps.clock.system()
  const stateOf = (id: string) => states.find((state) => state.list === id) ?? newListState(id)
  const due = lists.filter(({ id }) => isDue(stateOf(id), formats.segment, now))
  const plan = planMerge(manifest, { watched: lists, wanted: wantedLists(lists, states, formats), formats })
  const jobs: WatchlistJob[] = due.map(({ id }) => ({ kind: 'refresh', list: id }))
  // After those that are due: what they bring goes into the same index.
  if (plan !== 'nothing') jobs.push({ kind: 'merge' })
  if (jobs.length > 0) await deps.watchlistQueue.send(jobs)
  return jobs.length
}
