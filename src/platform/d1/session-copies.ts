import { type SQL, sql } from 'drizzle-orm'
import type { SessionCopies } from '../../application/ports.ts'
import { prepare } from './statement.ts'
import { numberOf, type Row, textOf } from './stored.ts'

/** Spans tenants: only ids and versions come out, for the cron. */
export function createSessionCopies(db: D1Database): SessionCopies {
  return {
    async after(sessionId, limit) {
      // By the primary key, so that a share costs the same wherever it begins and whoever owns the sessions in it.
      const { results } = await prepare(
        db,
        sql`${selectHeld(sql`ss.session_id > ${sessionId}`)} ORDER BY ss.session_id LIMIT ${limit}`,
      ).all<Row>()
      const last = results.at(-1)
      return {
        owned: results.flatMap((row) =>
          row['owner'] === 'object' ? [{ session_id: textOf(row, 'session_id'), version: heldVersion(row) }] : [],
        ),
        last: results.length < limit || last === undefined ? null : textOf(last, 'session_id'),
      }
    },
  }
}

/** `ss` is session_states. Deleted sessions are left out: their rows go in phases. */
export const selectHeld = (condition: SQL): SQL => sql`
  SELECT ss.session_id, ss.owner, ss.version AS of_state, coalesce(s.version, 0) AS of_row,
    coalesce((SELECT max(e.sequence) FROM session_events AS e WHERE e.session_id = ss.session_id), 0) AS of_trail
  FROM session_states AS ss
  LEFT JOIN sessions AS s ON s.tenant_id = ss.tenant_id AND s.mode = ss.mode AND s.session_id = ss.session_id
  WHERE ${condition} AND NOT EXISTS (SELECT 1 FROM tombstones AS t WHERE t.session_id = ss.session_id)`

/** The version that D1 holds in full: a version is the sequence of its last event. */
export const heldVersion = (row: Row): number =>
  Math.min(numberOf(row, 'of_state'), numberOf(row, 'of_row'), numberOf(row, 'of_trail'))
