import type { Deps } from '../ports.ts'

/** No endpoint has more than this woken a minute by cron; a session that is awake goes on by itself. */
const PER_ENDPOINT = 100
const TOTAL = 5_000

/** Cron: whatever is due in D1, however its message was lost: a restart, a long wait, a change that nobody announced. */
export async function wakeDueDeliveries(deps: Pick<Deps, 'clock' | 'webhookSending' | 'webhookWakes'>): Promise<void> {
  const wakes = await deps.webhookSending.due(deps.clock.system(), { perEndpoint: PER_ENDPOINT, total: TOTAL })
  await deps.webhookWakes.sendAll(wakes)
}
