import { sql } from 'drizzle-orm'
import type { SeedNotices } from '../../application/ports.ts'
import type { SessionState } from '../../domain/session/state.ts'
import { createSeedOutbox } from './outbox.ts'
import { prepare } from './statement.ts'

/** The D1-side outbox as the one debt that it holds: a child that expired before anyone opened it. */
export function createSeedNotices(db: D1Database): SeedNotices {
  const outbox = createSeedOutbox(db)
  return {
    async lease(now, leaseMs, limit) {
      const debts = await outbox.lease(now, leaseMs, limit)
      if (debts.length === 0) return []
      const ids = JSON.stringify(debts.map((debt) => debt.session_id))
      const { results } = await prepare(
        db,
        sql`SELECT session_id, state FROM session_states WHERE session_id IN (SELECT value FROM json_each(${ids}))`,
      ).all<{ session_id: string; state: string }>()
      const states = new Map(results.map((row): [string, SessionState] => [row.session_id, JSON.parse(row.state)]))
      return debts.flatMap(({ id, session_id }) => {
        const child = states.get(session_id)
        return child === undefined ? [] : [{ id, child }]
      })
    },
    complete: (ids) => outbox.complete(ids),
  }
}
