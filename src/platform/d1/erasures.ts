import { and, asc, eq, lte, ne, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { Erasures } from '../../application/ports.ts'
import { MINUTE_MS } from '../../domain/time.ts'
import { tombstones } from './schema.ts'
import { allOf, inScope, notErased, prepare } from './statement.ts'
import { numberOf, type Row, textOf } from './stored.ts'
import { cancelPendingOf, insertDeliveries } from './write-deliveries.ts'

/** The request that began a deletion goes on with it at once; cron takes up what stands still for longer. */
const BEGINNER_LEASE_MS = MINUTE_MS
/** Event ids at hand for children that were born between the count and the batch. */
const SPARE_EVENT_IDS = 16

export function createErasures(db: D1Database, { newEventId }: { newEventId: () => string }): Erasures {
  const orm = drizzle(db)
  return {
    async begin(scope, sessionId, by, at) {
      const family = sql`
        WITH RECURSIVE family (session_id) AS (
          SELECT session_id FROM session_states AS ss
          WHERE ss.session_id = ${sessionId} AND ${inScope(sql`ss`, scope)} AND ${notErased(sessionId)}
          UNION
          SELECT s.session_id FROM family JOIN sessions AS s
            ON s.tenant_id = ${scope.tenantId} AND s.mode = ${scope.mode} AND s.parent_session_id = family.session_id)`
      const counted = await prepare(db, sql`${family} SELECT count(*) AS members FROM family`).first<{
        members: number
      }>()
      if (counted === null || counted.members === 0) return null
      const eventIds = Array.from({ length: counted.members + SPARE_EVENT_IDS }, newEventId)

      const buried = sql`SELECT session_id FROM tombstones WHERE root_session_id = ${sessionId} AND erased_at = ${at}`
      const results = await db.batch<Row>(
        [
          sql`
            INSERT INTO tombstones (session_id, tenant_id, mode, root_session_id, phase, erased_at, resume_at, by, documents)
            ${family}
            SELECT ss.session_id, ss.tenant_id, ss.mode, ${sessionId}, 'objects', ${at}, ${at + BEGINNER_LEASE_MS},
                   ${JSON.stringify({ type: by.type, id: by.id })},
                   (SELECT count(*) FROM json_each(ss.state, '$.documents') AS d WHERE d.value ->> '$.status' = 'uploaded')
            FROM family JOIN session_states AS ss ON ss.session_id = family.session_id
            WHERE TRUE
            ON CONFLICT (session_id) DO NOTHING`,
          insertDeletedEvents(sessionId, at, eventIds),
          // From here on nothing is sent of it but that it is deleted.
          cancelPendingOf(buried),
          insertDeliveries(
            sql`webhook_events AS n`,
            sql`n.session_id IN (${buried}) AND n.type = 'kyc.session.deleted'`,
          ),
          // Lists are right from here on; the rest of the rows goes in phase 4.
          sql`
            DELETE FROM session_tags WHERE (tenant_id, mode, tag, created_key) IN (
              SELECT s.tenant_id, s.mode, tags.value, s.created_key
              FROM sessions AS s, json_each(s.row, '$.custom_tags') AS tags
              WHERE ${inScope(sql`s`, scope)} AND s.session_id IN (${buried}))`,
          sql`
            DELETE FROM sessions
            WHERE tenant_id = ${scope.tenantId} AND mode = ${scope.mode} AND session_id IN (${buried})`,
          sql`SELECT session_id, documents FROM tombstones WHERE root_session_id = ${sessionId} AND erased_at = ${at}
              ORDER BY session_id <> ${sessionId}, session_id`,
        ].map((statement) => prepare(db, statement)),
      )
      const members = results.at(-1)?.results ?? []
      if (members.length === 0) return null
      return {
        session_ids: members.map((row) => textOf(row, 'session_id')),
        documents: members.reduce((sum, row) => sum + numberOf(row, 'documents'), 0),
      }
    },

    async pending(now, limit) {
      const rows = await orm
        .select()
        .from(tombstones)
        .where(and(ne(tombstones.phase, sql`'done'`), lte(tombstones.resume_at, now)))
        .orderBy(asc(tombstones.resume_at))
        .limit(limit)
      return rows.map(({ session_id, tenant_id, mode, phase, erased_at, resume_at }) => ({
        session_id,
        scope: { tenantId: tenant_id, mode },
        phase,
        erased_at,
        resume_at,
      }))
    },

    async advance(sessionId, phase, resumeAt) {
      await orm.update(tombstones).set({ phase, resume_at: resumeAt }).where(eq(tombstones.session_id, sessionId))
    },

    async parentOf(sessionId) {
      const row = await prepare(
        db,
        sql`SELECT ss.state ->> '$.parent_session_id' AS parent FROM session_states AS ss
            WHERE ss.session_id = ${sessionId}
              AND NOT EXISTS (SELECT 1 FROM tombstones WHERE session_id = ss.state ->> '$.parent_session_id')`,
      ).first<{ parent: string | null }>()
      return row?.parent ?? null
    },

    async eraseRows(sessionId) {
      // Hangs on the tombstone: a mistaken call cannot take a living session's rows.
      const mine = allOf([
        sql`session_id = ${sessionId}`,
        sql`EXISTS (SELECT 1 FROM tombstones AS t WHERE t.session_id = ${sessionId})`,
      ])
      const erasedBody = JSON.stringify({ session_id: sessionId, erased: true })
      await db.batch(
        [
          sql`DELETE FROM session_states WHERE ${mine}`,
          sql`DELETE FROM session_events WHERE ${mine}`,
          sql`DELETE FROM outbox WHERE ${mine}`,
          // The row stays until it is swept, so that a repeated call finds nothing in place of making it anew.
          sql`UPDATE idempotency_keys SET sealed = NULL
              WHERE subject_id = ${sessionId} AND EXISTS (SELECT 1 FROM tombstones AS t WHERE t.session_id = ${sessionId})`,
          sql`UPDATE webhook_events SET body = ${erasedBody} WHERE ${mine} AND type <> 'kyc.session.deleted'`,
        ].map((statement) => prepare(db, statement)),
      )
    },
  }
}

/** `.deleted` of every session that this deletion buried, as domain/webhook/payload.ts has it: here it is numbered in the batch. */
const insertDeletedEvents = (rootSessionId: string, at: number, eventIds: readonly string[]) => sql`
  INSERT INTO webhook_events (event_id, tenant_id, mode, session_id, sequence, type, body, created_at)
  SELECT id.value, b.tenant_id, b.mode, b.session_id, b.next_sequence, 'kyc.session.deleted',
    json_object(
      'id', id.value, 'type', 'kyc.session.deleted', 'created', CAST(${Math.floor(at / 1000)} AS INTEGER),
      'data', json_object(
        'session_id', b.session_id, 'workflow_id', b.workflow_id, 'parent_session_id', b.state ->> '$.parent_session_id',
        'custom_tags', json(b.state -> '$.custom_tags'), 'client_id', b.state ->> '$.client_id',
        'sequence', b.next_sequence, 'occurred_at', strftime('%Y-%m-%dT%H:%M:%fZ', ${at} / 1000.0, 'unixepoch'))),
    ${at}
  FROM (SELECT ss.*, row_number() OVER (ORDER BY t.session_id) AS place
        FROM tombstones AS t JOIN session_states AS ss ON ss.session_id = t.session_id
        WHERE t.root_session_id = ${rootSessionId} AND t.erased_at = ${at}) AS b
  JOIN json_each(${JSON.stringify(eventIds)}) AS id ON id.key = b.place - 1
  WHERE TRUE
  ON CONFLICT DO NOTHING`
