// A reviewer's word on a watchlist hit: ruled out with a reason, or taken back. It marks the hit and moves nothing else: what
// the mark is worth, the next run decides.

import type { WatchlistHit } from '../decision/check-results.ts'
import { domainError } from '../errors.ts'
import { clearedAs } from '../screening/clearing.ts'
import type { SessionCommand } from './commands.ts'
import { hitOnRecord } from './hits-on-record.ts'
import type { HitMark } from './state.ts'
import { emit } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'

type Command<T extends SessionCommand['type']> = Extract<SessionCommand, { type: T }>
type Pair = Omit<HitMark, 'verdict' | 'reason' | 'by' | 'at'>

export function decideWhitelist(turn: Turn, { hit_id, reason }: Command<'whitelist_hit'>): Refusal {
  const hit = hitOnRecord(turn.state, hit_id)
  if (hit === null) return hitNotFound()
  const isOwn = hit.whitelisted && hit.clearing?.session_id === turn.state.session_id
  if (isOwn && ownMark(turn, hit_id)?.reason === reason) return null
  emit(turn, { type: 'hit_whitelisted', mark: { ...pairOf(hit), verdict: 'cleared', reason, ...said(turn) } })
  return null
}

/** Also of a hit that the latest results do not hold any more: the word would count for other sessions. */
export function decideReopen(turn: Turn, { hit_id, reason }: Command<'reopen_hit'>): Refusal {
  const hit = hitOnRecord(turn.state, hit_id)
  const own = ownMark(turn, hit_id)
  const pair = own ?? (hit === null ? null : pairOf(hit))
  if (pair === null) return hitNotFound()
  if (hit?.whitelisted !== true && own?.verdict !== 'cleared') return null
  emit(turn, { type: 'hit_reopened', mark: { ...pair, verdict: 'open', reason, ...said(turn) } })
  return null
}

const pairOf = (hit: WatchlistHit): Pair => ({
  hit_id: hit.hit_id,
  list: hit.list,
  reference: hit.reference,
  ...clearedAs(hit),
  subject_name: hit.subject_name,
  subject_date_of_birth: hit.subject_date_of_birth ?? null,
})

const said = ({ context }: Turn): Pick<HitMark, 'by' | 'at'> => ({ by: context.actor, at: context.now })

const ownMark = (turn: Turn, hitId: string): HitMark | null =>
  turn.state.hit_marks?.find((mark) => mark.hit_id === hitId) ?? null

/** The contract has no code of its own for a hit: it is part of a path that leads nowhere. */
const hitNotFound = (): Refusal =>
  domainError('ROUTE_NOT_FOUND', 'The results of this session hold no watchlist hit with this id.')
