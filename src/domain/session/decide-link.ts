// The link's time: run out, made longer, or a new link. A session that expired returns to the status it had before.

import { domainError } from '../errors.ts'
import { DAY_MS } from '../time.ts'
import type { EpochMs } from '../time.ts'
import type { SessionCommand } from './commands.ts'
import { isExpiryDue } from './deadlines.ts'
import { advance } from './flow.ts'
import type { Trigger } from './transitions.ts'
import { emit, moveTo } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'

type Command<T extends SessionCommand['type']> = Extract<SessionCommand, { type: T }>

export const MAX_TTL_DAYS = 365

export function decideExpire(turn: Turn): Refusal {
  if (!isExpiryDue(turn.state, turn.context.now)) return null
  if (turn.state.status !== 'awaiting_client_correction') return moveTo(turn, 'expired', 'link_time_out')
  emit(turn, { type: 'link_ran_out', expires_at: turn.state.expires_at })
  return null
}

export function decideRenewLink(turn: Turn, command: Command<'renew_link'>): Refusal {
  const { now } = turn.context
  const { link, expires_at } = turn.state
  const refusal = ttlRefusal(command.ttl_days)
  if (refusal !== null) return refusal
  const isFuture = expires_at > now
  const next = command.ttl_days === null && isFuture ? expires_at : now + (command.ttl_days ?? link.ttl_days) * DAY_MS
  emit(turn, {
    type: 'link_renewed',
    link: { generation: link.generation + 1, nonce_hash: command.nonce_hash, ttl_days: link.ttl_days, issued_at: now },
    expires_at: next,
  })
  return restore(turn, 'link_renewal')
}

export function decideExtend(turn: Turn, command: Command<'extend'>): Refusal {
  const { now } = turn.context
  const { ttl_days, expires_at } = command
  if ((ttl_days === null) === (expires_at === null)) {
    return domainError('INVALID_REQUEST', 'Send exactly one of ttl_days and expires_at.')
  }
  if (expires_at !== null) {
    const message = badExpiry(expires_at, now, turn.state.expires_at)
    if (message !== null)
      return domainError('INVALID_REQUEST', `expires_at ${message}.`, [{ path: 'expires_at', message }])
  }
  const refusal = ttlRefusal(ttl_days)
  if (refusal !== null) return refusal
  if (ttl_days !== null) extendBy(turn, ttl_days)
  else if (expires_at !== null && expires_at > turn.state.expires_at)
    emit(turn, { type: 'expiry_extended', expires_at })
  return restore(turn, 'link_renewal')
}

function badExpiry(expiresAt: EpochMs, now: EpochMs, present: EpochMs): string | null {
  if (expiresAt <= now) return 'must be in the future'
  if (expiresAt > now + MAX_TTL_DAYS * DAY_MS) return `must be at most ${MAX_TTL_DAYS} days ahead`
  return expiresAt < present ? 'must not be earlier than the present expiry' : null
}

export function ttlRefusal(ttlDays: number | null): Refusal {
  if (ttlDays === null || (Number.isInteger(ttlDays) && ttlDays >= 1 && ttlDays <= MAX_TTL_DAYS)) return null
  const message = `must be a whole number from 1 to ${MAX_TTL_DAYS}`
  return domainError('INVALID_REQUEST', `ttl_days ${message}.`, [{ path: 'ttl_days', message }])
}

/** From the later of now and the present expiry: never shorter. */
export function extendBy(turn: Turn, ttlDays: number): void {
  const { now } = turn.context
  emit(turn, { type: 'expiry_extended', expires_at: Math.max(now, turn.state.expires_at) + ttlDays * DAY_MS })
}

/** Back to the status before expiry, where the flow goes on. Leaves any other status as it is. */
export function restore(turn: Turn, by: Extract<Trigger, 'link_renewal' | 'patch'>): Refusal {
  if (turn.state.status !== 'expired') return null
  return moveTo(turn, turn.state.status_before_expiry ?? 'draft', by) ?? advance(turn)
}
