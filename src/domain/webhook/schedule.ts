// When a delivery that was not acknowledged is tried again, and when it is given up. It sends nothing and knows no clock: the
// instant and a random number come in.

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../time.ts'

const DELAYS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
]
const LATER_MS = DAY_MS
export const GIVE_UP_AFTER_MS = 72 * HOUR_MS
/** A tenth to either side, so that a receiver that comes back is not met by everything at once. */
const SPREAD = 0.2

/** `attempts` were made, none acknowledged; `jitter` from 0 to 1. The last attempt is 72 h after the first; null after it. */
export function nextAttemptAt(input: {
  attempts: number
  firstAttemptAt: EpochMs
  now: EpochMs
  jitter: number
}): EpochMs | null {
  const end = input.firstAttemptAt + GIVE_UP_AFTER_MS
  if (input.now >= end) return null
  const delay = DELAYS_MS[input.attempts - 1] ?? LATER_MS
  const spread = 1 - SPREAD / 2 + SPREAD * input.jitter
  return Math.min(input.now + Math.round(delay * spread), end)
}
