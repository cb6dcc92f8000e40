// When an endpoint that does not answer in time is spared: then one delivery at a time probes it. Each time-out holds a call
// open for ten seconds, so an endpoint that is gone would cost the most; one that refuses costs next to nothing.

import type { DeliveryOutcome } from './outcome.ts'

export const TIME_OUTS_TO_HALF_OPEN = 5

export const isHalfOpen = (timeOutsInARow: number): boolean => timeOutsInARow >= TIME_OUTS_TO_HALF_OPEN

/** Any answer, and any failure that is quick, ends the row. */
export const countsAsTimeOut = (outcome: DeliveryOutcome): boolean => outcome === 'timed_out'
