import { sql } from 'drizzle-orm'
import type { Retention } from '../../application/ports.ts'
import { MODES } from '../../domain/session/state.ts'
import { DAY_MS } from '../../domain/time.ts'
import { prepare } from './statement.ts'
import { numberOf, type Row, textOf } from './stored.ts'

/** One tenant with a million old sessions must not keep the others' waiting. */
const SHARE_OF_A_TENANT = 10

export function createRetention(db: D1Database): Retention {
  return {
    async overdue(now, limit) {
      const { results } = await prepare(
        db,
        sql`
          SELECT s.tenant_id, s.mode, s.session_id, t.settings ->> '$.retention_days' AS retention_days
          FROM tenants AS t INDEXED BY tenants_with_retention
          CROSS JOIN json_each(${JSON.stringify(MODES)}) AS m
          CROSS JOIN sessions AS s ON s.id IN (
            SELECT id FROM sessions AS o INDEXED BY sessions_by_retention
            WHERE o.tenant_id = t.tenant_id AND o.mode = m.value AND o.retention_from IS NOT NULL
              AND o.retention_from <= ${now} - (t.settings ->> '$.retention_days') * ${DAY_MS}
            ORDER BY o.retention_from LIMIT ${SHARE_OF_A_TENANT})
          WHERE t.settings ->> '$.retention_days' IS NOT NULL AND t.settings ->> '$.retention_days' >= 1
          ORDER BY s.retention_from LIMIT ${limit}`,
      ).all<Row>()
      return results.map((row) => ({
        scope: { tenantId: textOf(row, 'tenant_id'), mode: row['mode'] === 'live' ? 'live' : 'test' },
        session_id: textOf(row, 'session_id'),
        retention_days: numberOf(row, 'retention_days'),
      }))
    },

    async postpone(scope, sessionId, from) {
      await prepare(
        db,
        sql`UPDATE sessions SET retention_from = ${from}
            WHERE tenant_id = ${scope.tenantId} AND mode = ${scope.mode} AND session_id = ${sessionId}
              AND retention_from IS NOT NULL`,
      ).run()
    },
  }
}
