import type { CheckJob, Deps } from '../application/ports.ts'
import { handleChecks, handleDeadChecks } from './handle-checks.ts'

const DEAD_SUFFIX = '-dead'

/** All queues are consumed here; the name says whose turn it is. */
export async function handleBatch(deps: Deps, batch: MessageBatch<CheckJob>): Promise<void> {
  if (!batch.queue.startsWith('kyc-checks-')) throw new Error(`no handler for queue ${batch.queue}`)
  await (batch.queue.endsWith(DEAD_SUFFIX) ? handleDeadChecks(deps, batch) : handleChecks(deps, batch))
}
