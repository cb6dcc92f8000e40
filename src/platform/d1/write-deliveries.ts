// The statements that owe an event to the tenant's endpoint, and those that stop owing it. They go in the batch that writes the
// events; where no endpoint is set they write nothing.

import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { WebhookEvent } from '../../domain/webhook/events.ts'
import { inScope } from './statement.ts'

/** `d` is webhook_deliveries: those of one session that are still to be sent. */
export const pendingOf = (sessionId: SQL): SQL => sql`
  FROM webhook_events AS e JOIN webhook_deliveries AS d ON d.position = e.position
  WHERE e.session_id = ${sessionId} AND d.status = 'pending'`

/** `c` is notification_channels. */
export const isOn = sql`c.webhook_url IS NOT NULL AND c.gone_at IS NULL`

/** Behind another event of its session that is not over, an event has no time of its own. */
export const insertDeliveries = (events: SQL, condition: SQL): SQL => sql`
  INSERT INTO webhook_deliveries (position, tenant_id, mode, status, attempts, next_attempt_at, created_at)
  SELECT n.position, n.tenant_id, n.mode, 'pending', 0,
         CASE WHEN EXISTS (SELECT 1 ${pendingOf(sql`n.session_id`)}) THEN NULL ELSE 0 END, n.created_at
  FROM ${events} JOIN notification_channels AS c ON c.tenant_id = n.tenant_id AND c.mode = n.mode
  WHERE ${isOn} AND ${condition}
  ON CONFLICT DO NOTHING`

export const deliveriesOf = (webhooks: readonly WebhookEvent[], condition: SQL): SQL[] =>
  webhooks.length === 0 ? [] : [insertDeliveries(named(webhooks), condition)]

/** `n` is webhook_events: those with these ids. CROSS JOIN keeps the order: the ids lead. */
const named = (webhooks: readonly WebhookEvent[]): SQL =>
  sql`json_each(${JSON.stringify(webhooks.map(({ event_id }) => event_id))}) AS id
      CROSS JOIN webhook_events AS n ON n.event_id = id.value`

export const owesDeliveries = (sessionId: string): SQL =>
  sql`SELECT EXISTS (SELECT 1 ${pendingOf(sql`${sessionId}`)}) AS owes`

/** An attempt that is under way ends as it will: its outcome is not recorded any more. */
export const cancelAllPending = (scope: TenantScope, condition: SQL): SQL => sql`
  UPDATE webhook_deliveries SET status = 'cancelled'
  WHERE ${inScope(sql`webhook_deliveries`, scope)} AND status = 'pending' AND status <> 'delivered' AND ${condition}`

/** The same of some sessions. `+` keeps SQLite from going through all that the tenant has pending. */
export const cancelPendingOf = (sessionIds: SQL): SQL => sql`
  UPDATE webhook_deliveries SET status = 'cancelled'
  WHERE position IN (SELECT e.position FROM webhook_events AS e
                     WHERE e.session_id IN (${sessionIds}) AND e.type <> 'kyc.session.deleted')
    AND +status = 'pending'`
