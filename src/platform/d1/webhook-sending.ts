// Who sends what next. Every step is one batch, guarded by what it stands on: two consumers at once never hold the same
// delivery, and none takes an event while an earlier one of its session is not over.

import { type SQL, sql } from 'drizzle-orm'
import type { ClaimedDelivery, WebhookSending, WebhookWake } from '../../application/ports.ts'
import { MODES } from '../../domain/session/state.ts'
import type { EpochMs } from '../../domain/time.ts'
import { countsAsTimeOut, isHalfOpen, TIME_OUTS_TO_HALF_OPEN } from '../../domain/webhook/breaker.ts'
import { inScope, prepare } from './statement.ts'
import { numberOf, oneOf, optional, type Row, textOf } from './stored.ts'
import { cancelAllPending, isOn, pendingOf } from './write-deliveries.ts'

const scopeOf = ({ tenant_id, mode }: WebhookWake) => ({ tenantId: tenant_id, mode })

export function createWebhookSending(db: D1Database): WebhookSending {
  const batch = (statements: readonly SQL[]) => db.batch<Row>(statements.map((statement) => prepare(db, statement)))
  return {
    async claim(wake, claim, now, leaseMs) {
      const scope = scopeOf(wake)
      const until = now + leaseMs
      const [taken, , found] = await batch([
        sql`UPDATE webhook_deliveries
            SET claim = ${claim}, attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, ${now}),
                next_attempt_at = ${until}
            WHERE position = (${lowestPending(wake)}) AND coalesce(next_attempt_at, 0) <= ${now}
              AND EXISTS (SELECT 1 FROM notification_channels AS c WHERE ${inScope(sql`c`, scope)} AND ${isOn}
                          AND (c.time_outs < ${TIME_OUTS_TO_HALF_OPEN} OR c.probe_until <= ${now}))`,
        sql`UPDATE notification_channels AS c SET probe_until = ${until}
            WHERE ${inScope(sql`c`, scope)} AND c.time_outs >= ${TIME_OUTS_TO_HALF_OPEN}
              AND EXISTS (SELECT 1 ${pendingOf(sql`${wake.session_id}`)} AND d.claim = ${claim})`,
        sql`SELECT d.position, d.attempts, d.first_attempt_at, e.event_id, e.body, e.created_at,
                   c.webhook_url, c.secret, c.previous_secret, c.previous_until
            FROM webhook_events AS e JOIN webhook_deliveries AS d ON d.position = e.position
            JOIN notification_channels AS c ON c.tenant_id = d.tenant_id AND c.mode = d.mode
            WHERE e.session_id = ${wake.session_id} AND d.claim = ${claim}`,
      ])
      const row = taken?.meta.changes === 0 ? undefined : found?.results[0]
      return row === undefined ? null : readClaimed(row, claim)
    },

    async record(wake, claimed, { outcome, status, duration_ms }, verdict, now) {
      const scope = scopeOf(wake)
      const { position, claim } = claimed
      const next = verdict.status === 'pending' ? verdict.nextAttemptAt : null
      const endpointIsGone = verdict.status === 'failed' && verdict.endpointIsGone
      await batch([
        sql`UPDATE webhook_deliveries
            SET status = ${verdict.status}, next_attempt_at = ${next}, claim = NULL, last_outcome = ${outcome},
                last_attempt_at = ${now - duration_ms}, last_status = ${status}, last_duration_ms = ${duration_ms}
            WHERE position = ${position} AND claim = ${claim} AND status = 'pending'`,
        verdict.status === 'pending' ? waitBehind(wake, position) : releaseNext(wake),
        countsAsTimeOut(outcome)
          ? sql`UPDATE notification_channels AS c SET time_outs = time_outs + 1, probe_until = 0 WHERE ${inScope(sql`c`, scope)}`
          : sql`UPDATE notification_channels AS c SET time_outs = 0, probe_until = 0
                WHERE ${inScope(sql`c`, scope)} AND (c.time_outs > 0 OR c.probe_until > 0)`,
        ...(endpointIsGone ? stopGone(wake, claimed.endpoint.url, now) : []),
      ])
    },

    async due(now, { perEndpoint, total }) {
      const { results } = await prepare(
        db,
        sql`SELECT c.tenant_id, c.mode, c.time_outs, e.session_id
            FROM notification_channels AS c
            CROSS JOIN webhook_deliveries AS d ON d.position IN (
              SELECT x.position FROM webhook_deliveries AS x
              WHERE x.tenant_id = c.tenant_id AND x.mode = c.mode AND x.status = 'pending'
                AND x.next_attempt_at IS NOT NULL AND x.next_attempt_at <= ${now}
              ORDER BY x.next_attempt_at LIMIT ${perEndpoint})
            JOIN webhook_events AS e ON e.position = d.position
            WHERE ${isOn} AND (c.time_outs < ${TIME_OUTS_TO_HALF_OPEN} OR c.probe_until <= ${now})
            LIMIT ${total}`,
      ).all<Row>()
      return wakesOf(results)
    },
  }
}

const lowestPending = (wake: WebhookWake): SQL => sql`
  SELECT d.position ${pendingOf(sql`${wake.session_id}`)} AND ${inScope(sql`d`, scopeOf(wake))} ORDER BY e.sequence LIMIT 1`

/** Only the first in line has a time: what stands behind it is not looked at before it is over. Nothing, when it is over by now. */
const waitBehind = ({ session_id }: WebhookWake, position: number): SQL => sql`
  UPDATE webhook_deliveries SET next_attempt_at = NULL
  WHERE next_attempt_at IS NOT NULL AND claim IS NULL AND position IN (
    SELECT d.position ${pendingOf(sql`${session_id}`)}
      AND e.sequence > (SELECT first.sequence FROM webhook_events AS first
                        JOIN webhook_deliveries AS f ON f.position = first.position
                        WHERE first.position = ${position} AND f.status = 'pending'))`

const releaseNext = (wake: WebhookWake): SQL => sql`
  UPDATE webhook_deliveries SET next_attempt_at = 0 WHERE position = (${lowestPending(wake)}) AND next_attempt_at IS NULL`

/** The address as it was called: one that was changed meanwhile is not what is gone. */
function stopGone(wake: WebhookWake, url: string, now: EpochMs): SQL[] {
  const scope = scopeOf(wake)
  return [
    sql`UPDATE notification_channels AS c SET gone_at = ${now} WHERE ${inScope(sql`c`, scope)} AND c.webhook_url = ${url}`,
    cancelAllPending(
      scope,
      sql`EXISTS (SELECT 1 FROM notification_channels AS c WHERE ${inScope(sql`c`, scope)} AND c.gone_at IS NOT NULL)`,
    ),
  ]
}

const readClaimed = (row: Row, claim: string): ClaimedDelivery => ({
  claim,
  position: numberOf(row, 'position'),
  attempts: numberOf(row, 'attempts'),
  first_attempt_at: numberOf(row, 'first_attempt_at'),
  event: { event_id: textOf(row, 'event_id'), body: textOf(row, 'body'), created_at: numberOf(row, 'created_at') },
  endpoint: {
    url: textOf(row, 'webhook_url'),
    secret: optional(row, 'secret', textOf),
    previous_secret: optional(row, 'previous_secret', textOf),
    previous_until: optional(row, 'previous_until', numberOf),
  },
})

/** Each session once, and of a half-open endpoint one. */
function wakesOf(rows: readonly Row[]): WebhookWake[] {
  const wakes = new Map<string, WebhookWake>()
  for (const row of rows) {
    const wake = {
      tenant_id: textOf(row, 'tenant_id'),
      mode: oneOf(row, 'mode', MODES),
      session_id: textOf(row, 'session_id'),
    }
    const pair = isHalfOpen(numberOf(row, 'time_outs')) ? `${wake.tenant_id} ${wake.mode}` : wake.session_id
    if (!wakes.has(pair)) wakes.set(pair, wake)
  }
  return [...wakes.values()]
}
