import { sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { EpochMs } from '../../domain/time.ts'
import { prepare } from './statement.ts'
import { numberOf, type Row, textOf } from './stored.ts'

/** What a D1-side writer owes: a seed has no object yet that could remember it. */
export type SeedDebt = { id: number; session_id: string; kind: string; payload: unknown; attempts: number }

export type SeedOutbox = {
  add(scope: TenantScope, debt: { session_id: string; kind: string; payload: unknown }, now: EpochMs): Promise<void>
  /** Takes up to `limit` debts whose lease ran out; nobody else gets them until `now + leaseMs`. */
  lease(now: EpochMs, leaseMs: number, limit: number): Promise<SeedDebt[]>
  /** The effect is recorded. */
  complete(ids: readonly number[]): Promise<void>
}

export function createSeedOutbox(db: D1Database): SeedOutbox {
  return {
    async add(scope, debt, now) {
      await prepare(
        db,
        sql`INSERT INTO outbox (tenant_id, mode, session_id, kind, payload, lease_until, attempts, created_at)
            VALUES (${scope.tenantId}, ${scope.mode}, ${debt.session_id}, ${debt.kind}, ${JSON.stringify(debt.payload)}, 0, 0, ${now})`,
      ).run()
    },

    async lease(now, leaseMs, limit) {
      const { results } = await prepare(
        db,
        sql`UPDATE outbox SET lease_until = ${now + leaseMs}, attempts = attempts + 1
            WHERE id IN (SELECT id FROM outbox WHERE lease_until <= ${now} ORDER BY lease_until, id LIMIT ${limit})
            RETURNING id, session_id, kind, payload, attempts`,
      ).all<Row>()
      return results.map((row) => ({
        id: numberOf(row, 'id'),
        session_id: textOf(row, 'session_id'),
        kind: textOf(row, 'kind'),
        payload: JSON.parse(textOf(row, 'payload')),
        attempts: numberOf(row, 'attempts'),
      }))
    },

    async complete(ids) {
      if (ids.length === 0) return
      await prepare(db, sql`DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`).run()
    },
  }
}
