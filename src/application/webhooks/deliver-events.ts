import { MINUTE_MS, SECOND_MS } from '../../domain/time.ts'
import { verdictOf } from '../../domain/webhook/outcome.ts'
import type { ClaimedDelivery, Deps, WebhookWake } from '../ports.ts'
import { sendWebhook, type SendDeps } from './send-webhook.ts'

/** Longer than an attempt can take: ten seconds for the call, and what D1 needs around it. */
export const LEASE_MS = 30 * SECOND_MS
/**
 * One message serves one session, and no longer than this: then it queues up again behind the others. With the last attempt it
 * stays below the 30 s that work has after its handler (developers.cloudflare.com/workers/runtime-apis/context).
 */
const MAX_EVENTS = 10
const MAX_MS = 15 * SECOND_MS
/** Waits up to this are kept by the queue, longer ones by cron. */
const MAX_QUEUE_DELAY_MS = 2 * MINUTE_MS

export type DeliveryDeps = SendDeps & Pick<Deps, 'ids' | 'log' | 'random' | 'webhookSending' | 'webhookWakes'>

/** Null: nothing is due, or somebody else is at it. */
export const claimDelivery = (deps: DeliveryDeps, wake: WebhookWake): Promise<ClaimedDelivery | null> =>
  deps.webhookSending.claim(wake, deps.ids.short(), deps.clock.system(), LEASE_MS)

/** Sends what was claimed, and then the events behind it, until one is not acknowledged. */
export async function deliverEvents(deps: DeliveryDeps, wake: WebhookWake, first: ClaimedDelivery): Promise<void> {
  const startedAt = deps.clock.system()
  let claimed: ClaimedDelivery | null = first
  for (let sent = 1; claimed !== null; sent += 1) {
    const delayMs = await attempt(deps, wake, claimed)
    if (delayMs !== null) {
      if (delayMs < MAX_QUEUE_DELAY_MS) await deps.webhookWakes.send(wake, Math.ceil(delayMs / SECOND_MS))
      return
    }
    const isOver = sent >= MAX_EVENTS || deps.clock.system() - startedAt >= MAX_MS
    if (isOver) return deps.webhookWakes.send(wake)
    claimed = await claimDelivery(deps, wake)
  }
}

/** How long the session waits now; null when the next event may go. */
async function attempt(deps: DeliveryDeps, wake: WebhookWake, claimed: ClaimedDelivery): Promise<number | null> {
  const scope = { tenantId: wake.tenant_id, mode: wake.mode }
  const attempted = await sendWebhook(deps, scope, claimed.endpoint, claimed.event)
  const now = deps.clock.system()
  const { attempts, first_attempt_at: firstAttemptAt } = claimed
  const verdict = verdictOf(attempted.outcome, { attempts, firstAttemptAt, now, jitter: deps.random() })
  await deps.webhookSending.record(wake, claimed, attempted, verdict, now)
  if (verdict.status !== 'delivered') {
    const { session_id, tenant_id } = wake
    const { outcome: code, status, duration_ms } = attempted
    deps.log.info(verdict.status === 'failed' ? 'webhook.given_up' : 'webhook.not_acknowledged', {
      tenant_id,
      session_id,
      code,
      status,
      duration_ms,
      attempt: attempts,
    })
  }
  return verdict.status === 'pending' ? verdict.nextAttemptAt - now : null
}
