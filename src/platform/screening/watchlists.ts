import type { Watchlists } from '../../application/ports.ts'

/** A deployment that has loaded no list. */
export function createWatchlists(): Watchlists {
  return {
    screen: async () => ({
      state: 'not_configured',
      message: 'No watchlist has been loaded yet.',
      lists: [],
      results: [],
    }),
    knownLists: async () => [],
    listVersions: async () => ({ index_version: null, built_at: null, lists: [] }),
  }
}
