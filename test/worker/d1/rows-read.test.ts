// What a list costs, in rows that D1 reads and bills, with 3,000 sessions of one tenant.

import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyD1Migrations } from 'cloudflare:test'
import type { SessionFilter, SessionListQuery, SessionPosition } from '../../../src/application/ports.ts'
import { newSalt } from '../../../src/platform/crypto/ids.ts'
import { createSessionDirectory } from '../../../src/platform/d1/session-directory.ts'
import { acme, db, lineOf, makeTenants, metered, newEventId, NOW, newSession, putIn } from './directory-of-tests.ts'

const SESSIONS = 3_000
const LIMIT = 20
/** The access line, and the sequence that numbers it. */
const LINE = 2
const meter = metered(db)
const directory = createSessionDirectory(meter.db, { newEventId, newSalt })
const everyClient = Array.from({ length: 50 }, (_, number) => `client-${number}`)
let rootId = ''

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await makeTenants()
  const root = newSession()
  rootId = root.state.session_id
  const many = Array.from({ length: SESSIONS }, (_, number) => {
    const isChild = number % 10 === 9
    const made = newSession({
      at: NOW + number,
      clientId: `client-${number % 50}`,
      tags: number % 3 === 0 ? ['vip'] : number % 7 === 0 ? ['eu', 'vip'] : ['eu'],
      workflowId: `workflow-${number % 4}`,
      metadata: { user_email: `user${number}@example.com`, user_name: `Name ${number}` },
      ...(isChild ? { parent: { session_id: rootId, depth: 0 } } : {}),
    })
    const statuses = ['draft', 'active', 'completed', 'approved', 'rejected', 'expired'] as const
    const state = {
      ...made.state,
      status: statuses[number % statuses.length] ?? ('draft' as const),
      final_decision: number % 2 === 0 ? null : ('approved' as const),
      risk_score: number % 6 === 0 ? null : number % 101,
      updated_at: NOW + ((number * 7_919) % SESSIONS),
    }
    return { ...made, state }
  })
  await putIn([root, ...many])
}, 120_000)
afterAll(reset)

async function cost(
  changes: Partial<SessionListQuery>,
): Promise<{ rows: number; rowsRead: number; last: SessionPosition | null }> {
  meter.reset()
  const query: SessionListQuery = {
    filter: {},
    sort: { column: 'created_at', descends: true },
    limit: LIMIT + 1,
    after: null,
    includeSummary: false,
    ...changes,
  }
  const { rows } = await directory.list(acme, query, lineOf(acme))
  const last = rows.at(-1)
  return {
    rows: rows.length,
    rowsRead: meter.rowsRead(),
    last: last === undefined ? null : { value: last[query.sort.column], session_id: last.session_id },
  }
}

const singles: [string, () => SessionFilter, atMost: number][] = [
  ['no filter', () => ({}), LIMIT + 1],
  ['a status', () => ({ status: ['approved'] }), LIMIT + 1],
  ['two statuses', () => ({ status: ['approved', 'draft'] }), LIMIT + 2],
  ['six statuses', () => ({ status: ['draft', 'active', 'completed', 'approved', 'rejected', 'expired'] }), LIMIT + 6],
  ['an inbox of two statuses', () => ({ compliance_status: ['incomplete'] }), LIMIT + 2],
  ['a decision', () => ({ final_decision: ['approved'] }), LIMIT + 1],
  ['no decision', () => ({ final_decision: ['none'] }), LIMIT + 1],
  ['a workflow', () => ({ workflow_id: ['workflow-2'] }), LIMIT + 1],
  ['a client', () => ({ client_id: ['client-7'] }), LIMIT + 1],
  ['twelve clients', () => ({ client_id: Array.from({ length: 12 }, (_, number) => `client-${number}`) }), LIMIT + 12],
  ['the children of a parent', () => ({ parent_session_id: rootId }), LIMIT + 1],
  ['the roots', () => ({ parent_session_id: 'none' }), LIMIT + 1],
  ['a tag', () => ({ tag: ['vip'] }), 2 * (LIMIT + 1)],
  ['a least risk', () => ({ risk_min: 70 }), 3 * LIMIT],
  ['a least risk between the tens', () => ({ risk_min: 11 }), 3 * LIMIT],
  ['a greatest risk', () => ({ risk_max: 98 }), 3 * LIMIT],
  ['a time of creation', () => ({ created_from: NOW + 500, created_to: NOW + 2_000 }), LIMIT + 1],
  ['a search that finds few', () => ({ q: 'user2999' }), 3 * LIMIT],
]

describe('newest first', () => {
  for (const [name, filter, atMost] of singles) {
    test(`with ${name}, a page reads no more than ${atMost} of ${SESSIONS} sessions`, async () => {
      const first = await cost({ filter: filter() })
      expect(first.rows).toBeGreaterThan(0)
      expect(first.rowsRead).toBeLessThanOrEqual(LINE + atMost)
      expect(first.rowsRead).toBeLessThanOrEqual(3 * LIMIT)
    })
  }

  test('page 40 reads what page 1 reads', async () => {
    let { last, rowsRead } = await cost({ filter: { status: ['draft', 'active'] } })
    for (let page = 2; page <= 40; page += 1) {
      const next = await cost({ filter: { status: ['draft', 'active'] }, after: last })
      expect(next.rows).toBe(LIMIT + 1)
      expect(Math.abs(next.rowsRead - rowsRead)).toBeLessThanOrEqual(1)
      last = next.last
      rowsRead = next.rowsRead
    }
  })
})

describe('a bound on the time of creation', () => {
  test('costs a late page nothing: it is not walked from the bound to where the page begins', async () => {
    for (const descends of [true, false]) {
      const query = {
        filter: { created_from: NOW, created_to: NOW + SESSIONS },
        sort: { column: 'created_at' as const, descends },
      }
      const middle = { value: NOW + SESSIONS / 2, session_id: rootId }
      const late = await cost({ ...query, after: middle })
      expect(late.rows).toBe(LIMIT + 1)
      expect(late.rowsRead).toBeLessThanOrEqual(LINE + LIMIT + 2)
    }
  })
})

describe('a search that finds many', () => {
  test('walks the order asked for instead, and reads no more than says that there are many', async () => {
    for (const column of ['created_at', 'updated_at', 'risk_score'] as const) {
      for (const descends of [true, false]) {
        const sort = { column, descends }
        const found = await cost({ filter: { q: 'USER' }, sort })
        const { last } = await cost({ filter: { client_id: everyClient }, sort })
        expect(found.rows).toBe(LIMIT + 1)
        expect(found.last).toEqual(last)
        expect(found.rowsRead).toBeLessThan(4_000)
      }
    }
  })
})

describe('other orders', () => {
  test('by time of change or risk cost a page too', async () => {
    for (const column of ['updated_at', 'risk_score'] as const) {
      for (const descends of [true, false]) {
        const first = await cost({ sort: { column, descends } })
        expect(first.rows).toBe(LIMIT + 1)
        expect(first.rowsRead).toBeLessThanOrEqual(LINE + LIMIT + 2)
        const second = await cost({ sort: { column, descends }, after: first.last })
        expect(second.rowsRead).toBeLessThanOrEqual(LINE + LIMIT + 2)
      }
    }
  })
})

describe('the summary', () => {
  test('reads each session once, from one index', async () => {
    const { rowsRead } = await cost({ includeSummary: true, limit: 1 })
    expect(rowsRead).toBeLessThanOrEqual(LINE + SESSIONS + 3)
  })
})
