import type { WatchlistsStatus } from '../../application/ports.ts'
import type { WatchlistsStatusBody } from '../schemas/watchlist-status.ts'
import { isoOrNull } from './time.ts'

export const presentWatchlists = (status: WatchlistsStatus): WatchlistsStatusBody => ({
  index_version: status.index_version,
  built_at: isoOrNull(status.built_at),
  lists: status.lists.map((list) => ({
    ...list,
    imported_at: isoOrNull(list.imported_at),
    confirmed_at: isoOrNull(list.confirmed_at),
    checked_at: isoOrNull(list.checked_at),
  })),
})
