import { sql } from 'drizzle-orm'
import type { WebhookFeed } from '../../application/ports.ts'
import { insertLine } from './access-log.ts'
import { inScope, prepare } from './statement.ts'
import { numberOf, type Row, textOf } from './stored.ts'

export function createWebhookFeed(db: D1Database): WebhookFeed {
  return {
    async read(scope, { after, since, limit }, line) {
      const statements = [
        insertLine(line),
        // D1 writes one batch after the other and numbers on arrival: behind a position that was read nothing comes to be.
        sql`SELECT e.position, e.body FROM webhook_events AS e
            WHERE ${inScope(sql`e`, scope)} AND e.position > ${after} AND e.created_at >= ${since}
            ORDER BY e.position LIMIT ${limit}`,
      ]
      const [, found] = await db.batch<Row>(statements.map((statement) => prepare(db, statement)))
      return (found?.results ?? []).map((row) => ({ position: numberOf(row, 'position'), body: textOf(row, 'body') }))
    },

    async sweep(before, stillPendingBefore, limit) {
      // The oldest arrivals alone are looked at: the cost does not grow with the table.
      const old = sql`
        SELECT e.position FROM (SELECT position, created_at FROM webhook_events ORDER BY position LIMIT ${limit}) AS e
        WHERE e.created_at < ${stillPendingBefore} OR (e.created_at < ${before} AND NOT EXISTS (
          SELECT 1 FROM webhook_deliveries AS d WHERE d.position = e.position AND d.status = 'pending'))`
      // The events go last: they say which deliveries go with them.
      const results = await db.batch(
        [
          sql`DELETE FROM webhook_deliveries WHERE position IN (${old})`,
          sql`DELETE FROM webhook_events WHERE position IN (${old})`,
        ].map((statement) => prepare(db, statement)),
      )
      return results[1]?.meta.changes ?? 0
    },
  }
}
