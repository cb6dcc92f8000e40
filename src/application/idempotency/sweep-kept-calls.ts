import { KEPT_CALL_MS } from '../../domain/idempotency.ts'
import type { Deps } from '../ports.ts'

const BATCH = 1_000
const MAX_BATCHES = 20

/** Cron: forgets keys after a day. A key that is too old does not count even before it is swept. */
export async function sweepKeptCalls(deps: Pick<Deps, 'keptCalls' | 'clock'>): Promise<void> {
  const before = deps.clock.system() - KEPT_CALL_MS
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    if ((await deps.keptCalls.sweep(before, BATCH)) < BATCH) return
  }
}
