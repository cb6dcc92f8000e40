import type { SessionSnapshot } from '../../application/ports.ts'
import type { WatchlistHit, WatchlistsResult } from '../../domain/decision/check-results.ts'
import { hitOnRecord } from '../../domain/session/hits-on-record.ts'
import type { WatchlistHitBody } from '../schemas/watchlists.ts'
import { iso } from './time.ts'

const presentHit = ({ clearing, ...hit }: WatchlistHit): WatchlistHitBody =>
  clearing === undefined ? hit : { ...hit, clearing: { session_id: clearing.session_id, at: iso(clearing.at) } }

export const presentWatchlists = (result: WatchlistsResult) => ({
  ...result,
  checked_at: iso(result.checked_at),
  hits: result.hits.map(presentHit),
})

export function presentMarked({ state }: SessionSnapshot, hitId: string) {
  const hit = hitOnRecord(state, hitId)
  return { session_id: state.session_id, ...(hit === null ? {} : { hit: presentHit(hit) }), version: state.version }
}
