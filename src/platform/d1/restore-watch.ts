import { sql } from 'drizzle-orm'
import type { RestoreMark, RestoreWatch } from '../../application/ports.ts'
import { insertDeletedEvents, unlist } from './bury.ts'
import { isOneOf, prepare } from './statement.ts'
import { numberOf, type Row, textOf } from './stored.ts'

export function createRestoreWatch(db: D1Database, { newEventId }: { newEventId: () => string }): RestoreWatch {
  return {
    async mark() {
      const row = await prepare(db, sql`SELECT beat, beat_at, position, repair FROM restore_watch`).first<Row>()
      return row === null ? { beat: 0, beat_at: 0, position: 0, repair: null } : readMark(row)
    },

    async replaceMark(before, after) {
      const repair = (mark: RestoreMark) => (mark.repair === null ? null : JSON.stringify(mark.repair))
      const written = await prepare(
        db,
        sql`INSERT INTO restore_watch (id, beat, beat_at, position, repair)
            VALUES (1, ${after.beat}, ${after.beat_at}, ${after.position}, ${repair(after)})
            ON CONFLICT (id) DO UPDATE SET
              beat = excluded.beat, beat_at = excluded.beat_at, position = excluded.position, repair = excluded.repair
            WHERE restore_watch.beat = ${before.beat} AND restore_watch.position = ${before.position}
              AND restore_watch.repair IS ${repair(before)}`,
      ).run()
      return written.meta.changes > 0
    },

    async changedSince(position, limit) {
      const { results } = await prepare(
        db,
        sql`SELECT position, session_id FROM webhook_events WHERE position > ${position} ORDER BY position LIMIT ${limit}`,
      ).all<Row>()
      const last = results.at(-1)
      return {
        session_ids: [...new Set(results.map((row) => textOf(row, 'session_id')))],
        position: last === undefined ? position : numberOf(last, 'position'),
      }
    },

    async layAgain(tombstones, at) {
      if (tombstones.length === 0) return 0
      const ids = tombstones.map(({ session_id }) => session_id)
      const { results: known } = await prepare(
        db,
        sql`SELECT session_id FROM tombstones WHERE ${isOneOf(sql`session_id`, ids)}`,
      ).all<Row>()
      const laid = new Set(known.map((row) => textOf(row, 'session_id')))
      const missing = tombstones.filter(({ session_id }) => !laid.has(session_id))
      if (missing.length === 0) return 0
      const buried = sql`SELECT value ->> '$.session_id' FROM json_each(${JSON.stringify(missing)})`
      await db.batch(
        [
          sql`INSERT INTO tombstones (session_id, tenant_id, mode, root_session_id, phase, erased_at, resume_at, by, documents)
              SELECT value ->> '$.session_id', value ->> '$.tenant_id', value ->> '$.mode', value ->> '$.root_session_id',
                     'objects', value ->> '$.erased_at', ${at}, value ->> '$.by', value ->> '$.documents'
              FROM json_each(${JSON.stringify(missing)}) WHERE TRUE
              ON CONFLICT (session_id) DO NOTHING`,
          insertDeletedEvents(buried, at, missing.map(newEventId)),
          ...unlist(buried),
        ].map((statement) => prepare(db, statement)),
      )
      return missing.length
    },

    async sessionsAfter(sessionId, limit) {
      const { results } = await prepare(
        db,
        sql`SELECT session_id FROM session_states WHERE session_id > ${sessionId ?? ''} ORDER BY session_id LIMIT ${limit}`,
      ).all<Row>()
      return results.map((row) => textOf(row, 'session_id'))
    },
  }
}

const readMark = (row: Row): RestoreMark => ({
  beat: numberOf(row, 'beat'),
  beat_at: numberOf(row, 'beat_at'),
  position: numberOf(row, 'position'),
  repair: row['repair'] === null ? null : JSON.parse(textOf(row, 'repair')),
})
