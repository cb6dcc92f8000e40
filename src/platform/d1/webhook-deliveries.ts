import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { DeliveryFilter, KeptBy, WebhookDeliveries, WebhookDelivery } from '../../application/ports.ts'
import { DELIVERY_OUTCOMES, DELIVERY_STATUSES, type DeliveryStatus } from '../../domain/webhook/outcome.ts'
import { isKept, isOwnCall, keepCall, readKept, selectKept } from './kept-calls.ts'
import { insertLine } from './access-log.ts'
import { allOf, inScope, isOneOf, prepare } from './statement.ts'
import { numberOf, oneOf, optional, type Row, textOf } from './stored.ts'

const EVENT_PREFIX = 'evt_'
const DELIVERY_PREFIX = 'dlv_'
/** One endpoint a tenant and mode: an event has one delivery, which goes by the event's own characters. */
const deliveryIdOf = (eventId: string): string => eventId.replace(EVENT_PREFIX, DELIVERY_PREFIX)
const eventIdOf = (deliveryId: string): string => deliveryId.replace(DELIVERY_PREFIX, EVENT_PREFIX)

const COLUMNS = sql`e.event_id, e.type, e.session_id, e.sequence, d.position, d.status, d.attempts, d.next_attempt_at,
  d.first_attempt_at, d.last_attempt_at, d.last_outcome, d.last_status, d.last_duration_ms, d.created_at`
const FROM = sql`FROM webhook_deliveries AS d JOIN webhook_events AS e ON e.position = d.position`
/** Of one session: CROSS JOIN keeps the order, so that its few events lead. */
const FROM_SESSION = sql`FROM webhook_events AS e CROSS JOIN webhook_deliveries AS d ON d.position = e.position`
/** What an erased session's events said is gone; only that it was deleted can be told again. */
const canBeSent = sql`(e.type = 'kyc.session.deleted'
  OR NOT EXISTS (SELECT 1 FROM tombstones AS t WHERE t.session_id = e.session_id))`
/** What is under way keeps its lease: it is not sent a second time at once. */
const PENDING_AGAIN = sql`status = 'pending', attempts = 0, first_attempt_at = NULL,
  next_attempt_at = CASE WHEN claim IS NULL THEN 0 ELSE next_attempt_at END`

export function createWebhookDeliveries(db: D1Database): WebhookDeliveries {
  const batch = (statements: readonly SQL[]) => db.batch<Row>(statements.map((statement) => prepare(db, statement)))
  return {
    async list(scope, { filter, limit, after }, line) {
      const before = after === null ? [] : [sql`(d.created_at, d.position) < (${after.created_at}, ${after.position})`]
      const [, found] = await batch([
        insertLine(line),
        sql`SELECT ${COLUMNS} ${filter.session_id === undefined ? FROM : FROM_SESSION} WHERE ${allOf([inScope(sql`d`, scope), ...conditionsOf(filter), ...before])}
            ORDER BY d.created_at DESC, d.position DESC LIMIT ${limit}`,
      ])
      return (found?.results ?? []).map((row) => ({
        delivery: readDelivery(row),
        place: { created_at: numberOf(row, 'created_at'), position: numberOf(row, 'position') },
      }))
    },

    async redeliver(scope, deliveryId, by) {
      const mine = allOf([sql`e.event_id = ${eventIdOf(deliveryId)}`, inScope(sql`d`, scope), canBeSent])
      const again = (condition: SQL): SQL[] => [
        sql`UPDATE webhook_deliveries SET ${PENDING_AGAIN}
            WHERE position = (SELECT d.position ${FROM} WHERE ${mine}) AND ${condition}`,
        sql`SELECT ${COLUMNS} ${FROM} WHERE ${mine}`,
      ]
      if (by === null) return readOne((await batch(again(sql`TRUE`))).at(-1)?.results[0])
      const subject = { id: deliveryId, version: 0 }
      const answers = await batch([
        keepCall(scope, by, { subject, error: null }, sql`EXISTS (SELECT 1 ${FROM} WHERE ${mine})`),
        ...again(isOwnCall(scope, by)),
        selectKept(scope, by),
        selectSubject(scope, by),
      ])
      const kept = answers[3]?.results[0]
      if (kept === undefined) return null
      if (kept['call_id'] === by.call_id) return readOne(answers[2]?.results[0])
      return readKept(kept, readOne(answers[4]?.results[0]))
    },

    async redeliverRange(scope, { from, to, statuses, limit }) {
      const chosen = sql`${FROM} WHERE ${inScope(sql`d`, scope)} AND d.created_at >= ${from} AND d.created_at < ${to}
        AND ${isOneOf(sql`d.status`, statuses)} AND ${isOpen(statuses)} AND ${canBeSent} ORDER BY d.created_at, d.position`
      const [found] = await batch([
        sql`SELECT e.session_id, d.created_at ${chosen} LIMIT ${limit + 1}`,
        sql`UPDATE webhook_deliveries SET ${PENDING_AGAIN} WHERE position IN (SELECT d.position ${chosen} LIMIT ${limit})`,
      ])
      const rows = found?.results ?? []
      const rest = rows[limit]
      return {
        session_ids: rows.slice(0, limit).map((row) => textOf(row, 'session_id')),
        next_from: rest === undefined ? null : numberOf(rest, 'created_at'),
      }
    },
  }
}

/** What the index of open deliveries says of itself: only then SQLite uses it. */
const isOpen = (statuses: readonly DeliveryStatus[]): SQL =>
  statuses.includes('delivered') ? sql`TRUE` : sql`d.status <> 'delivered'`

function conditionsOf(filter: DeliveryFilter): SQL[] {
  const { status, type, session_id, created_from, created_to } = filter
  return [
    ...(status === undefined ? [] : [sql`d.status = ${status}`]),
    ...(status === undefined ? [] : [isOpen([status])]),
    ...(type === undefined ? [] : [sql`e.type = ${type}`]),
    ...(session_id === undefined ? [] : [sql`e.session_id = ${session_id}`]),
    ...(created_from === undefined ? [] : [sql`d.created_at >= ${created_from}`]),
    ...(created_to === undefined ? [] : [sql`d.created_at < ${created_to}`]),
  ]
}

const selectSubject = (scope: TenantScope, by: KeptBy): SQL => sql`
  SELECT ${COLUMNS} ${FROM}
  JOIN idempotency_keys AS k ON e.event_id = replace(k.subject_id, ${DELIVERY_PREFIX}, ${EVENT_PREFIX})
  WHERE ${isKept(scope, by)} AND ${inScope(sql`d`, scope)}`

const readOne = (row: Row | undefined): WebhookDelivery | null => (row === undefined ? null : readDelivery(row))

const readDelivery = (row: Row): WebhookDelivery => ({
  delivery_id: deliveryIdOf(textOf(row, 'event_id')),
  event_id: textOf(row, 'event_id'),
  type: textOf(row, 'type'),
  session_id: textOf(row, 'session_id'),
  sequence: numberOf(row, 'sequence'),
  status: oneOf(row, 'status', DELIVERY_STATUSES),
  attempts: numberOf(row, 'attempts'),
  next_attempt_at: optional(row, 'next_attempt_at', numberOf),
  first_attempt_at: optional(row, 'first_attempt_at', numberOf),
  last_attempt_at: optional(row, 'last_attempt_at', numberOf),
  last_outcome: row['last_outcome'] === null ? null : oneOf(row, 'last_outcome', DELIVERY_OUTCOMES),
  last_status: optional(row, 'last_status', numberOf),
  last_duration_ms: optional(row, 'last_duration_ms', numberOf),
  created_at: numberOf(row, 'created_at'),
})
