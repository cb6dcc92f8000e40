// Which sessions the retention cron is given, and what finding them costs in rows that D1 reads.

import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionState } from '../../../src/domain/session/state.ts'
import { createRetention } from '../../../src/platform/d1/retention.ts'
import { acme, acmeTest, DAY, db, makeTenants, newSession, NOW, putIn, rival, type Wish } from './directory-of-tests.ts'

const retention = createRetention(db)
beforeEach(makeTenants)
afterEach(reset)

const keepFor = (tenantId: string, days: number | null) =>
  db
    .prepare(`UPDATE tenants SET settings = json_set(settings, '$.retention_days', ?) WHERE tenant_id = ?`)
    .bind(days, tenantId)
    .run()

const aged = (days: number, changes: Partial<SessionState> = {}, wish: Wish = {}) => {
  const made = newSession(wish)
  return { ...made, state: { ...made.state, status: 'rejected' as const, updated_at: NOW - days * DAY, ...changes } }
}
const overdue = async (limit = 50) => (await retention.overdue(NOW, limit)).map(({ session_id }) => session_id)

describe('overdue sessions', () => {
  test('are roots in a final status that nobody changed for longer than their own tenant keeps them', async () => {
    const [old, older, young] = [aged(31), aged(90), aged(29)]
    const others = [
      aged(90, { status: 'manual_review' }),
      aged(90, { status: 'approved' }),
      aged(90, { legal_hold: true }),
      aged(90, {}, { parent: { session_id: old.state.session_id, depth: 0 } }),
      aged(90, {}, { scope: rival }),
    ]
    const ended = aged(1, { status: 'approved', metadata: { relationship_ended_on: '2026-01-01' } })
    const inTest = aged(40, {}, { scope: acmeTest })
    await putIn([old, young, ...others, ended, older, inTest])
    expect(await overdue()).toEqual([])
    await keepFor('acme', 30)
    expect(await overdue()).toEqual([ended, older, inTest, old].map(({ state }) => state.session_id))
    await keepFor('rival', 100)
    expect(await overdue()).toHaveLength(4)
    await keepFor('acme', null)
    expect(await overdue()).toEqual([])
  })

  test.each([0, -5])('are none where a tenant keeps for %i days: nothing is erased by such a setting', async (days) => {
    await putIn([aged(90)])
    await keepFor('acme', days)
    expect(await overdue()).toEqual([])
  })

  test('give every tenant a share, the longest overdue first', async () => {
    const many = Array.from({ length: 30 }, (_, number) => aged(500 - number))
    const few = [aged(60, {}, { scope: rival })]
    await putIn([...many, ...few])
    for (const tenant of ['acme', 'rival']) await keepFor(tenant, 30)
    expect(await overdue()).toEqual([...many.slice(0, 10), ...few].map(({ state }) => state.session_id))
  })

  test('that must wait have those behind them come first', async () => {
    const [waits, next] = [aged(90), aged(80)]
    await putIn([waits, next])
    await keepFor('acme', 30)
    expect((await overdue(1))[0]).toBe(waits.state.session_id)
    await retention.postpone(acme, waits.state.session_id, NOW - 30 * DAY + DAY)
    expect(await overdue()).toEqual([next.state.session_id])
    expect((await retention.overdue(NOW + DAY, 9)).map(({ session_id }) => session_id)).toEqual([
      next.state.session_id,
      waits.state.session_id,
    ])
  })

  test('are found without reading those that are not', async () => {
    const young = Array.from({ length: 3_000 }, (_, number) => aged(number % 29))
    await putIn([...young, aged(90), aged(91)])
    await keepFor('acme', 30)
    const read: number[] = []
    const metered = createRetention(countingRows(read))
    expect(await metered.overdue(NOW, 50)).toHaveLength(2)
    expect(read).toHaveLength(1)
    expect(read[0]).toBeLessThanOrEqual(25)
  })
})

/** Notes what each `all()` read. */
function countingRows(read: number[]): D1Database {
  const counted = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(object, name) {
        if (name === 'bind') return (...values: unknown[]) => counted(object.bind(...values))
        if (name !== 'all') throw new Error(`not counted: ${String(name)}`)
        return async () => {
          const result = await object.all()
          read.push(result.meta.rows_read)
          return result
        }
      },
    })
  return new Proxy(db, { get: (object) => (text: string) => counted(object.prepare(text)) })
}
