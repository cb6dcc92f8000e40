import { applyRetention } from '../application/erasure/apply-retention.ts'
import { resumeErasures } from '../application/erasure/resume-erasures.ts'
import { expireDueSessions } from '../application/expiry/expire-due-sessions.ts'
import { forgetLedger } from '../application/restore/forget-ledger.ts'
import { watchForRestore } from '../application/restore/watch-for-restore.ts'
import { sweepKeptCalls } from '../application/idempotency/sweep-kept-calls.ts'
import { sendSeedNotices } from '../application/sessions/send-seed-notices.ts'
import type { Deps } from '../application/ports.ts'

const EXPIRY_EVERY_MINUTES = 5
const KEPT_CALLS_EVERY_MINUTES = 15
const RETENTION_EVERY_MINUTES = 5
const LEDGER_EVERY_MINUTES = 24 * 60
const MINUTE_MS = 60_000

/** One trigger a minute; what runs less often looks at the minute. A task that fails leaves the others alone. */
export async function handleSchedule(deps: Deps, scheduledTime: number): Promise<void> {
  const minute = Math.floor(scheduledTime / MINUTE_MS)
  const tasks: [string, () => Promise<unknown>][] = [
    ['resume_erasures', () => resumeErasures(deps)],
    ['send_seed_notices', () => sendSeedNotices(deps)],
    ['watch_for_restore', () => watchForRestore(deps)],
  ]
  if (minute % KEPT_CALLS_EVERY_MINUTES === 0) tasks.push(['sweep_kept_calls', () => sweepKeptCalls(deps)])
  if (minute % RETENTION_EVERY_MINUTES === 0) tasks.push(['apply_retention', () => applyRetention(deps)])
  if (minute % LEDGER_EVERY_MINUTES === 0) tasks.push(['forget_ledger', () => forgetLedger(deps)])
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
