import { afterFailure, newListState } from '../../domain/screening/watched-list.ts'
import type { Deps } from '../ports.ts'

/** For a refresh that never came to its end: the next try waits, as after any other failure. */
export async function failRefresh(
  deps: Pick<Deps, 'clock' | 'watchlistSettings' | 'watchlistStore'>,
  list: string,
): Promise<void> {
  if (deps.watchlistSettings.lists.every(({ id }) => id !== list)) return
  const stored = await deps.watchlistStore.readState(list)
  const state = afterFailure(stored?.value ?? newListState(list), 'the import broke down', deps.clock.system())
  await deps.watchlistStore.writeState(state, stored?.etag ?? null)
}
