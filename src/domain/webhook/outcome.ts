// What a receiver's answer means for a delivery: done, again later, given up, or the endpoint is gone. Whether and when there is
// another attempt is schedule.ts.

import type { EpochMs } from '../time.ts'
import { nextAttemptAt } from './schedule.ts'

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed', 'cancelled'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** `refused`: the guard of outgoing calls did not let the address pass. */
export const DELIVERY_OUTCOMES = [
  'acknowledged',
  'rejected',
  'redirected',
  'gone',
  'timed_out',
  'unreachable',
  'refused',
] as const
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number]

/** A redirect is no acknowledgement: where it leads was never named by the tenant. */
export function outcomeOfStatus(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return 'acknowledged'
  if (status === 410) return 'gone'
  return status >= 300 && status < 400 ? 'redirected' : 'rejected'
}

export type Verdict =
  | { status: 'delivered' }
  | { status: 'pending'; nextAttemptAt: EpochMs }
  | { status: 'failed'; endpointIsGone: boolean }

export function verdictOf(
  outcome: DeliveryOutcome,
  tried: { attempts: number; firstAttemptAt: EpochMs; now: EpochMs; jitter: number },
): Verdict {
  if (outcome === 'acknowledged') return { status: 'delivered' }
  if (outcome === 'gone') return { status: 'failed', endpointIsGone: true }
  const next = nextAttemptAt(tried)
  return next === null ? { status: 'failed', endpointIsGone: false } : { status: 'pending', nextAttemptAt: next }
}
