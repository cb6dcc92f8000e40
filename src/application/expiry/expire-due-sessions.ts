import type { Deps } from '../ports.ts'

export const EXPIRY_BATCH = 500
/** A run of the sweep stops here and the next one goes on: a cron invocation has a time limit. */
export const MAX_EXPIRY_BATCHES = 20

/**
 * Ends never-opened sessions whose link ran out, in batches, until none is due or the run's share is done.
 * Opened sessions end by their own alarm or at the next access.
 */
export async function expireDueSessions(
  deps: Pick<Deps, 'directory' | 'clock'>,
): Promise<{ expired: number; isDone: boolean }> {
  let expired = 0
  for (let batch = 0; batch < MAX_EXPIRY_BATCHES; batch += 1) {
    const due = await deps.directory.expireSeeds(deps.clock.system(), EXPIRY_BATCH)
    expired += due
    if (due < EXPIRY_BATCH) return { expired, isDone: true }
  }
  return { expired, isDone: false }
}
