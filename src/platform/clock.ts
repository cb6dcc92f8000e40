import type { Clock } from '../application/ports.ts'

/** Wall time for every tenant. */
export const systemClock: Clock = {
  now: () => Date.now(),
  system: () => Date.now(),
}
