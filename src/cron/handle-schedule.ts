import { sealAccessLog } from '../application/audit/seal-access-log.ts'
import { applyRetention } from '../application/erasure/apply-retention.ts'
import { resumeErasures } from '../application/erasure/resume-erasures.ts'
import { expireDueSessions } from '../application/expiry/expire-due-sessions.ts'
import { forgetLedger } from '../application/restore/forget-ledger.ts'
import { watchForRestore } from '../application/restore/watch-for-restore.ts'
import { sweepKeptCalls } from '../application/idempotency/sweep-kept-calls.ts'
import { reconcileRows } from '../application/operations/reconcile-rows.ts'
import { sendSeedNotices } from '../application/sessions/send-seed-notices.ts'
import { sweepEvents } from '../application/webhooks/sweep-events.ts'
import { wakeDueDeliveries } from '../application/webhooks/wake-due-deliveries.ts'
import { scheduleLists } from '../application/watchlists/schedule-lists.ts'
import type { Deps } from '../application/ports.ts'

const EXPIRY_EVERY_MINUTES = 5
const KEPT_CALLS_EVERY_MINUTES = 15
const SEALS_EVERY_MINUTES = 10
const RETENTION_EVERY_MINUTES = 5
const LEDGER_EVERY_MINUTES = 24 * 60
const EVENTS_EVERY_MINUTES = 30
const WATCHLISTS_EVERY_MINUTES = 5
const MINUTE_MS = 60_000

type Task = [operation: string, run: () => Promise<unknown>]

/** One trigger a minute; what runs less often looks at the minute. A task that fails leaves the others alone. */
export async function handleSchedule(deps: Deps, scheduledTime: number): Promise<void> {
  const minute = Math.floor(scheduledTime / MINUTE_MS)
  const isTurnOf = (everyMinutes: number): boolean => minute % everyMinutes === 0
  // Until the watch has said otherwise: one that fails does not know.
  let isRepairing = true
  await runTask(deps, ['watch_for_restore', async () => ({ isRepairing } = await watchForRestore(deps))])
  const tasks: Task[] = [
    ['resume_erasures', () => resumeErasures(deps)],
    ['send_seed_notices', () => sendSeedNotices(deps)],
    ['reconcile_rows', () => reconcileRows(deps)],
    ['wake_due_deliveries', () => wakeDueDeliveries(deps)],
  ]
  if (isTurnOf(KEPT_CALLS_EVERY_MINUTES)) tasks.push(['sweep_kept_calls', () => sweepKeptCalls(deps)])
  if (isTurnOf(EVENTS_EVERY_MINUTES)) tasks.push(['sweep_webhook_events', () => sweepEvents(deps)])
  if (isTurnOf(WATCHLISTS_EVERY_MINUTES)) tasks.push(['schedule_watchlists', () => scheduleLists(deps)])
  if (isTurnOf(SEALS_EVERY_MINUTES)) tasks.push(['seal_access_log', () => sealAccessLog(deps)])
  if (isTurnOf(LEDGER_EVERY_MINUTES)) tasks.push(['forget_ledger', () => forgetLedger(deps)])
  // These act on what D1 says of a session, and a D1 of an earlier day is to be told first.
  if (!isRepairing) {
    if (isTurnOf(RETENTION_EVERY_MINUTES)) tasks.push(['apply_retention', () => applyRetention(deps)])
    if (isTurnOf(EXPIRY_EVERY_MINUTES)) tasks.push(['expire_sessions', () => expireDueSessions(deps)])
  }
  await Promise.all(tasks.map((task) => runTask(deps, task)))
}

async function runTask({ log }: Pick<Deps, 'log'>, [operation, run]: Task): Promise<void> {
  try {
    await run()
  } catch (cause) {
    log.error('cron.task_failed', { operation, error_name: cause instanceof Error ? cause.name : typeof cause })
  }
}
