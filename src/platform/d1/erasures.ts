import { and, asc, eq, lte, ne, type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { Erasures, TombstoneCopy } from '../../application/ports.ts'
import type { AuditHead } from '../../domain/audit/chain.ts'
import { err, ok } from '../../domain/result.ts'
import { MINUTE_MS } from '../../domain/time.ts'
import { insertDeletedEvents, unlist } from './bury.ts'
import { familyOf, isFamilyAsSeen, isFamilyHeld, readFamilyMember, selectFamily } from './family.ts'
import { tombstones } from './schema.ts'
import { allOf, inScope, notErased, prepare } from './statement.ts'
import { AUDIT_HEAD, numberOf, type Row, textOf, textOrNull } from './stored.ts'
import { cancelPendingOf, insertDeliveries } from './write-deliveries.ts'

/** The request that began a deletion goes on with it at once; cron takes up what stands still for longer. */
const BEGINNER_LEASE_MS = MINUTE_MS
/** Event ids at hand for children that were born between the count and the batch. */
const SPARE_EVENT_IDS = 16

export function createErasures(db: D1Database, { newEventId }: { newEventId: () => string }): Erasures {
  const orm = drizzle(db)
  return {
    async family(scope, sessionId) {
      const { results } = await prepare(db, selectFamily(scope, sessionId)).all<Row>()
      return results.map(readFamilyMember)
    },

    async begin(scope, sessionId, by, at, seen) {
      const family = familyOf(scope, sessionId)
      const counted = await prepare(db, sql`${family} SELECT count(*) AS members FROM below`).first<{
        members: number
      }>()
      if (counted === null || counted.members === 0) return err('not_found')
      const eventIds = Array.from({ length: counted.members + SPARE_EVENT_IDS }, newEventId)

      const isAsSeen = seen === undefined ? sql`TRUE` : isFamilyAsSeen(seen)
      const buried = sql`SELECT session_id FROM tombstones WHERE root_session_id = ${sessionId} AND erased_at = ${at}`
      const results = await db.batch<Row>(
        [
          sql`${family} SELECT (SELECT count(*) FROM below) AS members, ${isFamilyHeld} AS held, ${isAsSeen} AS as_seen`,
          sql`
            INSERT INTO tombstones (session_id, tenant_id, mode, root_session_id, phase, erased_at, resume_at, by, documents,
                                    audit_length, audit_head)
            ${family}
            SELECT ss.session_id, ss.tenant_id, ss.mode, ${sessionId}, 'copy', ${at}, ${at + BEGINNER_LEASE_MS},
                   ${JSON.stringify({ type: by.type, id: by.id })},
                   (SELECT count(*) FROM json_each(ss.state, '$.documents') AS d WHERE d.value ->> '$.status' = 'uploaded'),
                   ss.version, ${AUDIT_HEAD}
            FROM below JOIN session_states AS ss ON ss.session_id = below.session_id
            WHERE NOT ${isFamilyHeld} AND ${isAsSeen}
            ON CONFLICT (session_id) DO NOTHING`,
          insertDeletedEvents(buried, at, eventIds),
          // From here on nothing is sent of it but that it is deleted.
          cancelPendingOf(buried),
          insertDeliveries(
            sql`webhook_events AS n`,
            sql`n.session_id IN (${buried}) AND n.type = 'kyc.session.deleted'`,
          ),
          ...unlist(buried),
          sql`SELECT session_id, documents FROM tombstones WHERE root_session_id = ${sessionId} AND erased_at = ${at}
              ORDER BY session_id <> ${sessionId}, session_id`,
        ].map((statement) => prepare(db, statement)),
      )
      const members = results.at(-1)?.results ?? []
      if (members.length === 0) return err(whyNot(results[0]?.results[0]))
      return ok({
        session_ids: members.map((row) => textOf(row, 'session_id')),
        documents: members.reduce((sum, row) => sum + numberOf(row, 'documents'), 0),
      })
    },

    async find(scope, sessionId) {
      const row = await prepare(
        db,
        sql`SELECT t.erased_at, t.audit_head, t.audit_length FROM tombstones AS t
            WHERE t.session_id = ${sessionId} AND ${inScope(sql`t`, scope)}`,
      ).first<Row>()
      if (row === null) return null
      const head = { length: numberOf(row, 'audit_length'), link: textOrNull(row, 'audit_head') }
      return { erased_at: numberOf(row, 'erased_at'), head }
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

    async keepHead(sessionId, head) {
      await prepare(db, keepHead({ session_id: sessionId }, head)).run()
    },

    async advance(sessionId, phase, resumeAt) {
      await orm.update(tombstones).set({ phase, resume_at: resumeAt }).where(eq(tombstones.session_id, sessionId))
    },

    async postpone(sessionId, resumeAt) {
      await orm.update(tombstones).set({ resume_at: resumeAt }).where(eq(tombstones.session_id, sessionId))
    },

    async tombstone(sessionId) {
      return prepare(
        db,
        sql`SELECT session_id, tenant_id, mode, root_session_id, erased_at, by, documents
            FROM tombstones WHERE session_id = ${sessionId}`,
      ).first<TombstoneCopy>()
    },

    async holdOf(scope, sessionId) {
      const row = await prepare(
        db,
        sql`SELECT ss.version, ss.state ->> '$.legal_hold' AS held FROM session_states AS ss
            WHERE ss.session_id = ${sessionId} AND ${inScope(sql`ss`, scope)} AND ${notErased(sessionId)}`,
      ).first<Row>()
      return row === null ? null : { version: numberOf(row, 'version'), is_held: row['held'] === 1 }
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
          sql`DELETE FROM cleared_hits WHERE ${mine}`,
          sql`DELETE FROM idempotency_keys
              WHERE subject_id = ${sessionId} AND error IS NOT NULL
                AND EXISTS (SELECT 1 FROM tombstones AS t WHERE t.session_id = ${sessionId})`,
          // The row of an effect stays until it is swept, so that a repeated call finds nothing in place of making it anew.
          sql`UPDATE idempotency_keys SET sealed = NULL
              WHERE subject_id = ${sessionId} AND EXISTS (SELECT 1 FROM tombstones AS t WHERE t.session_id = ${sessionId})`,
          sql`UPDATE webhook_events SET body = ${erasedBody} WHERE ${mine} AND type <> 'kyc.session.deleted'`,
        ].map((statement) => prepare(db, statement)),
      )
    },
  }
}

/** The object may have gone further than D1's copy when the tombstone was laid. */
export const keepHead = ({ session_id }: { session_id: string }, { length, link }: AuditHead): SQL => sql`
  UPDATE tombstones SET audit_head = ${link}, audit_length = ${length}
  WHERE session_id = ${session_id} AND audit_length < ${length}`

function whyNot(row: Row | undefined): 'not_found' | 'held' | 'changed' {
  if (row === undefined || row['members'] === 0) return 'not_found'
  if (row['held'] === 1) return 'held'
  return row['as_seen'] === 1 ? 'not_found' : 'changed'
}
