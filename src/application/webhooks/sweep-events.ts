import { DAY_MS } from '../../domain/time.ts'
import { GIVE_UP_AFTER_MS } from '../../domain/webhook/schedule.ts'
import type { Deps } from '../ports.ts'

export const FEED_KEPT_MS = 30 * DAY_MS
const BATCH = 500
const MAX_BATCHES = 20

/** Cron: forgets events after 30 days, and what became of their deliveries with them. */
export async function sweepEvents(deps: Pick<Deps, 'clock' | 'webhookFeed'>): Promise<void> {
  const before = deps.clock.system() - FEED_KEPT_MS
  // One that was never tried in all that time (its endpoint did not answer) is over as well.
  const stillPendingBefore = before - GIVE_UP_AFTER_MS
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    if ((await deps.webhookFeed.sweep(before, stillPendingBefore, BATCH)) === 0) return
  }
}
