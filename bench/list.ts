import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { createTestHarness } from 'wrangler'
import { SYSTEM_ACTOR, type TenantScope } from '../src/application/actor.ts'
import type { SessionFilter, SessionListQuery, SessionPosition } from '../src/application/ports.ts'
import { newTenant } from '../src/cli/new-tenant.ts'
import { tenantSql } from '../src/cli/tenant-sql.ts'
import { ROOT } from '../src/cli/wrangler.ts'
import { newSalt } from '../src/platform/crypto/ids.ts'
import { createSessionDirectory } from '../src/platform/d1/session-directory.ts'
import { prepare } from '../src/platform/d1/statement.ts'
import { BEGUN, COMBINATIONS, END, SESSIONS, SINGLES } from './list-queries.ts'
import { AT_THE_SWEEP, BY_CHANGE, DISTRIBUTIONS, drawnRanges, redistribute } from './list-updates.ts'
import { configOf, ENGINE_WORKERS } from '../src/workers/configs.ts'
import { measureLife } from './rows-written.ts'

// What lists cost with 200,000 sessions of one tenant in local D1: rows that D1 reads (and bills) and time per answer. A
// single filter newest first that reads more than three pages' worth, or a late page dearer than the first, ends in 1.

const CHUNK = 20_000
const LIMIT = 20
const PAGES = 1_000
/** The access line, and the sequence that numbers it. */
const LINE = 2

process.env['WRANGLER_SEND_METRICS'] = 'false'
const server = createTestHarness({
  workers: [
    {
      configPath: join(ROOT, 'wrangler.toml'),
      secrets: {
        ACCESS_TOKEN_KEYS: `1:${randomBytes(32).toString('base64url')}`,
        R2_ACCESS_KEY_ID: 'bench',
        R2_SECRET_ACCESS_KEY: 'bench',
      },
    },
    ...ENGINE_WORKERS.map((worker) => ({ configPath: join(ROOT, configOf(worker)) })),
  ],
})
const totals = { read: 0, written: 0 }
const tooDear: string[] = []
try {
  await server.listen()
  const worker = server.getWorker<Cloudflare.Env>()
  await worker.applyD1Migrations('DB')
  const { DB } = await worker.getEnv()
  const { tenant, key } = newTenant('Bench', 'live')
  for (const statement of tenantSql(tenant, key).split('\n')) await DB.prepare(statement).run()
  const scope: TenantScope = { tenantId: tenant.tenant_id, mode: 'live' }

  const seedStart = performance.now()
  for (let from = 1; from <= SESSIONS; from += CHUNK) await seed(DB, scope, from, Math.min(from + CHUNK - 1, SESSIONS))
  console.log(`${SESSIONS} sessions of one tenant seeded in ${seconds(seedStart)} s\n`)

  const list = lister(DB, scope)
  await list({})
  console.log(`pages of ${LIMIT}, newest first                          rows read      ms`)
  const { last, cost: first } = await list({})
  report('page 1', first)
  for (const [name, filter] of [
    ['', {}],
    [' before a time of creation', { created_to: END }],
    [' from a time of change', { updated_from: BEGUN }],
  ] satisfies [string, SessionFilter][]) {
    const deep = await pageAt(list, filter, last)
    report(`page ${PAGES}${name}`, deep)
    if (Math.abs(deep.read - first.read) > 1) tooDear.push(`page ${PAGES}${name}`)
  }

  console.log('\nsingle filters')
  for (const [name, filter] of SINGLES) {
    const { cost } = await list({ filter })
    report(name, cost)
    if (cost.read > 3 * LIMIT + LINE) tooDear.push(name)
  }
  for (const [distribution, changedAt] of DISTRIBUTIONS) {
    await redistribute(DB, changedAt)
    console.log(`\nby time of change, where it lies ${distribution}`)
    for (const [name, query] of BY_CHANGE) {
      const { cost } = await list(query)
      report(name, cost)
      if (cost.read > 3 * LIMIT + LINE) tooDear.push(`${name.trim()} (${distribution})`)
    }
    for (const [name, queries] of drawnRanges()) {
      const costs: Cost[] = []
      for (const query of queries) costs.push((await list(query)).cost)
      reportDrawn(name, costs)
    }
  }
  console.log('\nwith an end a minute from that sweep')
  for (const [name, query] of AT_THE_SWEEP) report(name, (await list(query)).cost)
  console.log('\ncombinations and other orders')
  for (const [name, query] of COMBINATIONS) report(name, (await list(query)).cost)
  console.log('\nwith include_summary, in the same batch')
  report('no filter', (await list({ includeSummary: true })).cost)
  report('one status', (await list({ includeSummary: true, filter: { status: ['approved'] } })).cost)

  console.log('\nrows written to D1 per step of a session')
  for (const { step, written } of await measureLife(metered(DB), totals, scope)) {
    console.log(`  ${step.padEnd(52)} ${String(written).padStart(9)}`)
  }
  if (tooDear.length > 0) console.error(`\nThese read more than they may: ${tooDear.join(', ')}.`)
  process.exitCode = tooDear.length > 0 ? 1 : 0
} finally {
  await server.close()
}

type Cost = { read: number; ms: number; rows: number }
type List = (changes: Partial<SessionListQuery>) => Promise<{ cost: Cost; last: SessionPosition | null }>

function lister(db: D1Database, scope: TenantScope): List {
  const directory = createSessionDirectory(metered(db), { newEventId: () => 'evt_bench', newSalt })
  const line = {
    scope,
    at: END,
    actor: SYSTEM_ACTOR,
    request_id: 'bench',
    operation: 'session.list',
    session_id: null,
  }
  return async (changes) => {
    totals.read = 0
    const start = performance.now()
    const query: SessionListQuery = {
      filter: {},
      sort: { column: 'created_at', descends: true },
      limit: LIMIT + 1,
      after: null,
      includeSummary: false,
      ...changes,
    }
    const { rows } = await directory.list(scope, query, line)
    const cost = { read: totals.read, ms: performance.now() - start, rows: rows.length }
    const last = rows.at(LIMIT - 1)
    return { cost, last: last === undefined ? null : { value: last.created_at, session_id: last.session_id } }
  }
}

async function pageAt(list: List, filter: SessionFilter, afterFirst: SessionPosition | null): Promise<Cost> {
  let after = afterFirst
  for (let page = 2; page < PAGES; page += 1) after = (await list({ filter, after })).last
  return (await list({ filter, after })).cost
}

function metered(db: D1Database): D1Database {
  return new Proxy(db, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name, object)
      if (name !== 'batch') return typeof member === 'function' ? member.bind(object) : member
      return async (statements: D1PreparedStatement[]) => {
        const results = await object.batch(statements)
        for (const { meta } of results) {
          totals.read += meta.rows_read
          totals.written += meta.rows_written
        }
        return results
      }
    },
  })
}

/** Made by D1 itself, so that no row travels: only what a filter looks at differs, and the row that lists show follows it. */
async function seed(db: D1Database, { tenantId, mode }: TenantScope, from: number, to: number): Promise<void> {
  const statuses = JSON.stringify(['draft', 'active', 'completed', 'approved', 'rejected', 'expired', 'manual_review'])
  await prepare(
    db,
    sql`
    WITH RECURSIVE numbers (i) AS (SELECT CAST(${from} AS INTEGER) UNION ALL SELECT i + 1 FROM numbers WHERE i < ${to}),
    made AS (
      SELECT i, printf('01950000-0000-7000-8000-%012d', i) AS session_id, CAST(${BEGUN} + i * 60000 AS INTEGER) AS created_at,
             CAST(${BEGUN} + i * 60000 AS INTEGER) AS updated_at, ${statuses} ->> (i % 7) AS status, CASE WHEN i % 5 = 0 THEN NULL ELSE i % 101 END AS risk
      FROM numbers)
    INSERT INTO sessions (tenant_id, mode, session_id, version, status, final_decision, workflow_id, client_id, parent_session_id,
      risk_score, risk_unit, risk_ten, checks_ended, created_at, created_key, updated_at, updated_20, updated_23, updated_26, updated_29, updated_32, client_id_lower, user_email_lower,
      user_name_lower, placement, row)
    SELECT ${tenantId}, ${mode}, session_id, 1, status, CASE WHEN i % 2 = 0 THEN 'approved' END, 'workflow-' || (i % 4),
      'Client-' || (i % 5000), CASE WHEN i % 10 = 9 THEN '01950000-0000-7000-8000-000000000001' END,
      risk, risk, risk / 10, i % 256, created_at, printf('%013d', created_at) || session_id,
      updated_at, updated_at >> 20, updated_at >> 23, updated_at >> 26, updated_at >> 29, updated_at >> 32, 'client-' || (i % 5000), 'user' || i || '@example.com', 'name ' || i, 0,
      json_object('session_id', session_id, 'status', status, 'created_at', created_at, 'risk_score', risk,
                  'updated_at', updated_at, 'metadata', json_object('user_name', 'Name ' || i),
                  'padding', hex(zeroblob(400)))
    FROM made`,
  ).run()
  await prepare(
    db,
    sql`
    INSERT INTO session_tags (tenant_id, mode, tag, created_key, session)
    SELECT s.tenant_id, s.mode, tags.value, s.created_key, s.id
    FROM sessions AS s, json_each(CASE WHEN s.id % 3 = 0 THEN '["eu","vip"]' ELSE '["eu"]' END) AS tags
    WHERE s.id BETWEEN ${from} + 0 AND ${to} + 0`,
  ).run()
}

function report(name: string, { read, ms, rows }: Cost): void {
  const found = rows <= LIMIT ? ` (${rows} found)` : ''
  console.log(`  ${(name + found).padEnd(52)} ${String(read).padStart(9)} ${ms.toFixed(1).padStart(7)}`)
}

/** Half of them read at most the first figure, nine of ten the second, all the third. */
function reportDrawn(name: string, costs: readonly Cost[]): void {
  const read = costs.map((cost) => cost.read).toSorted((one, other) => one - other)
  const [half, most, all] = [0.5, 0.9, 1].map((part) => read[Math.ceil(part * read.length) - 1])
  console.log(`  ${`${read.length} drawn: ${name}`.padEnd(52)} ${`${half} ${most} ${all}`.padStart(9)}`)
}

function seconds(start: number): string {
  return ((performance.now() - start) / 1_000).toFixed(1)
}
