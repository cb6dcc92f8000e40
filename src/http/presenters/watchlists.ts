import type { WatchlistHit, WatchlistsResult } from '../../domain/decision/check-results.ts'
import type { WatchlistHitBody } from '../schemas/watchlists.ts'
import { iso } from './time.ts'

export const presentHit = ({ clearing, ...hit }: WatchlistHit): WatchlistHitBody =>
  clearing === undefined ? hit : { ...hit, clearing: { session_id: clearing.session_id, at: iso(clearing.at) } }

export const presentWatchlists = (result: WatchlistsResult) => ({
  ...result,
  checked_at: iso(result.checked_at),
  hits: result.hits.map(presentHit),
})
