import { type SQL, sql } from 'drizzle-orm'
import type { AccessLine, AccessLog, SealedAt } from '../../application/ports.ts'
import { type AccessRecord, type AccessSeal, dayAfter, MAX_LINES_PER_SEAL, startOf } from '../../domain/audit/seal.ts'
import { MODES } from '../../domain/session/state.ts'
import { DAY_MS } from '../../domain/time.ts'
import { inScope, prepare } from './statement.ts'
import { modeOf, numberOf, type Row, textOf, textOrNull } from './stored.ts'

export const LINE_COLUMNS = sql`tenant_id, mode, at, actor_type, actor_id, request_id, operation, session_id`

export const insertLine = ({ scope, at, actor, request_id, operation, session_id }: AccessLine): SQL => sql`
  INSERT INTO access_log (${LINE_COLUMNS})
  VALUES (${scope.tenantId}, ${scope.mode}, ${at}, ${actor.type}, ${actor.id}, ${request_id}, ${operation}, ${session_id})`

export function createAccessLog(db: D1Database): AccessLog {
  const run = (statements: SQL[]) => db.batch<Row>(statements.map((statement) => prepare(db, statement)))
  return {
    async note(line) {
      await run([insertLine(line)])
    },

    async readDay(scope, { day, limit, position }, line) {
      const mine = inScope(sql`a`, scope)
      const seals = sql`FROM access_seals AS s WHERE ${inScope(sql`s`, scope)} AND s.day = ${day}`
      // Before its own line is written: a page never holds the line of its own reading.
      const [last, lines, sealed] = await run([
        sql`SELECT coalesce(max(a.id), 0) AS id FROM access_log AS a WHERE ${mine}`,
        sql`SELECT a.* FROM access_log AS a
            WHERE ${mine} AND a.id > ${position?.after ?? 0} AND a.id <= ${position?.until ?? Number.MAX_SAFE_INTEGER}
              AND CASE WHEN EXISTS (SELECT 1 ${seals})
                THEN a.id > (SELECT min(s.after_id) ${seals}) AND a.id <= (SELECT max(s.last_id) ${seals})
                ELSE a.id > (SELECT coalesce(max(s.last_id), 0) FROM access_seals AS s WHERE ${inScope(sql`s`, scope)})
                  AND a.at >= ${startOf(day)} AND a.at < ${startOf(dayAfter(day))} END
            ORDER BY a.id LIMIT ${limit}`,
        sql`SELECT s.* ${seals} ORDER BY s.number`,
        insertLine(line),
      ])
      return {
        lines: (lines?.results ?? []).map(readLine),
        seals: (sealed?.results ?? []).map(readSealedAt),
        until: position?.until ?? numberOf(last?.results[0] ?? {}, 'id'),
      }
    },

    async unsealed(today, limit) {
      const midnight = startOf(today)
      const yesterday = startOf(today) - DAY_MS
      const { results } = await prepare(
        db,
        sql`
          SELECT t.tenant_id AS owner, m.value AS of_mode, s.*
          FROM tenants AS t CROSS JOIN json_each(${JSON.stringify(MODES)}) AS m
          LEFT JOIN access_seals AS s ON s.tenant_id = t.tenant_id AND s.mode = m.value AND s.number = (
            SELECT max(number) FROM access_seals WHERE tenant_id = t.tenant_id AND mode = m.value)
          WHERE (s.day IS NULL OR s.day < date(${yesterday} / 1000, 'unixepoch') OR s.lines >= ${MAX_LINES_PER_SEAL})
            AND (SELECT a.at FROM access_log AS a
                 WHERE a.tenant_id = t.tenant_id AND a.mode = m.value AND a.id > coalesce(s.last_id, 0)
                 ORDER BY a.id LIMIT 1) < ${midnight}
          LIMIT ${limit}`,
      ).all<Row>()
      return results.map((row) => ({
        scope: { tenantId: textOf(row, 'owner'), mode: modeOf(row, 'of_mode') },
        former: row['number'] === null ? null : readSeal(row),
      }))
    },

    async linesAfter(scope, after, limit) {
      const { results } = await prepare(
        db,
        sql`SELECT a.* FROM access_log AS a WHERE ${inScope(sql`a`, scope)} AND a.id > ${after} ORDER BY a.id LIMIT ${limit}`,
      ).all<Row>()
      return results.map(readLine)
    },

    async keepSeal({ tenantId, mode }, { number, day, after_id, last_id, lines, previous, hash }, at) {
      const kept = await prepare(
        db,
        sql`INSERT INTO access_seals (tenant_id, mode, number, day, after_id, last_id, lines, previous, hash, sealed_at)
            VALUES (${tenantId}, ${mode}, ${number}, ${day}, ${after_id}, ${last_id}, ${lines}, ${previous}, ${hash}, ${at})
            ON CONFLICT DO NOTHING`,
      ).run()
      return kept.meta.changes > 0
    },
  }
}

const readLine = (row: Row): AccessRecord => ({
  id: numberOf(row, 'id'),
  at: numberOf(row, 'at'),
  actor_type: textOf(row, 'actor_type'),
  actor_id: textOf(row, 'actor_id'),
  request_id: textOf(row, 'request_id'),
  operation: textOf(row, 'operation'),
  session_id: textOrNull(row, 'session_id'),
})

const readSeal = (row: Row): AccessSeal => ({
  number: numberOf(row, 'number'),
  day: textOf(row, 'day'),
  after_id: numberOf(row, 'after_id'),
  last_id: numberOf(row, 'last_id'),
  lines: numberOf(row, 'lines'),
  previous: textOf(row, 'previous'),
  hash: textOf(row, 'hash'),
})

const readSealedAt = (row: Row): SealedAt => ({ ...readSeal(row), sealed_at: numberOf(row, 'sealed_at') })
