import { resumeErasures } from '../application/erasure/resume-erasures.ts'
import { expireDueSessions } from '../application/expiry/expire-due-sessions.ts'
import { sweepKeptCalls } from '../application/idempotency/sweep-kept-calls.ts'
import { sendSeedNotices } from '../application/sessions/send-seed-notices.ts'
import { sweepEvents } from '../application/webhooks/sweep-events.ts'
import { wakeDueDeliveries } from '../application/webhooks/wake-due-deliveries.ts'
import type { Deps } from '../application/ports.ts'

const EXPIRY_EVERY_MINUTES = 5
const KEPT_CALLS_EVERY_MINUTES = 15
const EVENTS_EVERY_MINUTES = 30
const MINUTE_MS = 60_000

/** One trigger a minute; what runs less often looks at the minute. A task that fails leaves the others alone. */
export async function handleSchedule(deps: Deps, scheduledTime: number): Promise<void> {
  const minute = Math.floor(scheduledTime / MINUTE_MS)
  const tasks: [string, () => Promise<unknown>][] = [
    ['resume_erasures', () => resumeErasures(deps)],
    ['send_seed_notices', () => sendSeedNotices(deps)],
    ['wake_due_deliveries', () => wakeDueDeliveries(deps)],
  ]
  if (minute % KEPT_CALLS_EVERY_MINUTES === 0) tasks.push(['sweep_kept_calls', () => sweepKeptCalls(deps)])
  if (minute % EVENTS_EVERY_MINUTES === 0) tasks.push(['sweep_webhook_events', () => sweepEvents(deps)])
  if (minute % EXPIRY_EVERY_MINUTES === 0) tasks.push(['expire_sessions', () => expireDueSessions(deps)])
  await Promise.all(
    tasks.map(async ([operation, run]) => {
      try {
        await run()
      } catch (cause) {
        deps.log.error('cron.task_failed', {
          operation,
          error_name: cause instanceof Error ? cause.name : typeof cause,
        })
      }
    }),
  )
}
