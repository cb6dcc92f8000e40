import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TenantScope } from '../../../src/application/actor.ts'
import type { BegunErasure } from '../../../src/application/ports.ts'
import { deletedWebhook } from '../../../src/domain/webhook/payload.ts'
import { createSeedOutbox } from '../../../src/platform/d1/outbox.ts'
import {
  acme,
  acmeTest,
  chained,
  count,
  db,
  directory,
  erasures,
  lineOf,
  makeTenants,
  newSession,
  NOW,
  reviewer,
  rival,
  seeded,
  sessionRows,
  started,
  webhookOf,
} from './directory-of-tests.ts'
import type { Made } from './directory-of-tests.ts'

beforeEach(makeTenants)
afterEach(reset)

const NOT_FOUND = { ok: false, error: 'not_found' }
const begin = async (scope: TenantScope, sessionId: string, at = NOW): Promise<BegunErasure> => {
  const begun = await erasures.begin(scope, sessionId, reviewer, at)
  if (!begun.ok) throw new Error(begun.error)
  return begun.value
}

async function family(): Promise<{ root: Made; child: Made; grandchild: Made; stranger: Made }> {
  const root = await seeded({ tags: ['vip'], clientId: 'C-1' })
  const child = newSession({ parent: { session_id: root.state.session_id, depth: 0 } })
  const grandchild = newSession({ parent: { session_id: child.state.session_id, depth: 1 }, tags: ['vip'] })
  for (const made of [child, grandchild]) {
    await sessionRows.insertChildSeed({
      state: made.state,
      events: chained(made.state, made.created),
      webhooks: made.webhooks,
    })
  }
  return { root, child, grandchild, stranger: await seeded({ tags: ['vip'] }) }
}

const list = {
  filter: {},
  sort: { column: 'created_at' as const, descends: true },
  limit: 20,
  after: null,
  includeSummary: true,
}

describe('the beginning of a deletion', () => {
  test('buries the session and all its descendants, the one asked for first', async () => {
    const { root, child, grandchild, stranger } = await family()
    const begun = await begin(acme, root.state.session_id)
    expect(begun.session_ids[0]).toBe(root.state.session_id)
    expect(begun.session_ids.toSorted()).toEqual([root, child, grandchild].map(({ state }) => state.session_id))
    for (const { state, link } of [root, child, grandchild]) {
      expect(await directory.read(acme, state.session_id, lineOf(acme))).toBeNull()
      expect(await directory.readByLink(link, lineOf(acme))).toBeNull()
      expect(await sessionRows.isErased(state.session_id)).toBe(true)
    }
    expect(await sessionRows.isErased(stranger.state.session_id)).toBe(false)
  })

  test('takes them out of lists, tags and counts at once', async () => {
    const { root, stranger } = await family()
    await erasures.begin(acme, root.state.session_id, reviewer, NOW)
    for (const filter of [{}, { tag: ['vip'] }]) {
      const { rows, summary } = await directory.list(acme, { ...list, filter }, lineOf(acme))
      expect(rows.map(({ session_id }) => session_id)).toEqual([stranger.state.session_id])
      expect(summary?.total).toBe(1)
    }
    expect(await count('session_tags')).toBe(1)
  })

  test('counts the uploaded documents', async () => {
    const { state } = await seeded()
    const document = (doc_id: string, status: string) => ({ doc_id, status })
    const documents = [
      document('doc_1', 'uploaded'),
      document('doc_2', 'pending_upload'),
      document('doc_3', 'uploaded'),
    ]
    await db
      .prepare(`UPDATE session_states SET state = json_set(state, '$.documents', json(?))`)
      .bind(JSON.stringify(documents))
      .run()
    expect((await begin(acme, state.session_id)).documents).toBe(2)
  })

  test('tells of it once, as the domain would, with the next number', async () => {
    const { root } = await family()
    const next = started(root.state)
    const state = { ...next.state, webhook_sequence: 2 }
    await sessionRows.project({ state, events: next.events, webhooks: [webhookOf(state, 2)] })
    await erasures.begin(acme, root.state.session_id, reviewer, NOW)
    const told = await db
      .prepare(
        `SELECT event_id, sequence, type, body, created_at FROM webhook_events WHERE type = 'kyc.session.deleted' AND session_id = ?`,
      )
      .bind(state.session_id)
      .all<{ event_id: string; sequence: number; type: string; body: string; created_at: number }>()
    const [row] = told.results
    expect(told.results).toHaveLength(1)
    const expected = deletedWebhook({ event_id: row?.event_id ?? '', state, at: NOW })
    expect(row).toEqual({
      event_id: expected.event_id,
      sequence: 3,
      type: expected.type,
      body: expected.body,
      created_at: NOW,
    })
    expect(await count('webhook_events', "type = 'kyc.session.deleted'")).toBe(3)
  })

  test('is not there for another tenant or mode, for an unknown id, or a second time', async () => {
    const { state } = await seeded()
    expect(await erasures.begin(rival, state.session_id, reviewer, NOW)).toEqual(NOT_FOUND)
    expect(await erasures.begin(acmeTest, state.session_id, reviewer, NOW)).toEqual(NOT_FOUND)
    expect(await erasures.begin(acme, 'unknown', reviewer, NOW)).toEqual(NOT_FOUND)
    expect(await count('tombstones')).toBe(0)
    await begin(acme, state.session_id)
    expect(await erasures.begin(acme, state.session_id, reviewer, NOW + 1)).toEqual(NOT_FOUND)
    expect(await count('tombstones')).toBe(1)
  })

  test('of a parent leaves a child alone that was deleted before', async () => {
    const { root, child, grandchild } = await family()
    await erasures.begin(acme, child.state.session_id, reviewer, NOW)
    const begun = await begin(acme, root.state.session_id, NOW + 5)
    expect(begun.session_ids).toEqual([root.state.session_id])
    expect(await count('tombstones', `root_session_id = '${child.state.session_id}'`)).toBe(2)
    expect(grandchild.state.depth).toBe(2)
  })

  test('says who asked by type and id, and nothing else of a person', async () => {
    const { state } = await seeded({ clientId: 'C-1', metadata: { user_name: 'Anna Maria' } })
    await erasures.begin(acme, state.session_id, reviewer, NOW)
    const row = await db.prepare('SELECT * FROM tombstones').first()
    expect(row?.['by']).toBe('{"type":"user","id":"reviewer-1"}')
    expect(JSON.stringify(row)).not.toMatch(/Anna|Rita|C-1/)
  })
})

describe('the saga', () => {
  test('is taken up by cron only after the minute of the request that began it, phase by phase', async () => {
    const { state } = await seeded()
    const id = state.session_id
    await erasures.begin(acme, id, reviewer, NOW)
    expect(await erasures.pending(NOW + 59_999, 10)).toEqual([])
    const [due] = await erasures.pending(NOW + 60_000, 10)
    expect(due).toEqual({ session_id: id, scope: acme, phase: 'copy', erased_at: NOW, resume_at: NOW + 60_000 })
    await erasures.advance(id, 'late_files', NOW + 900_000)
    expect(await erasures.pending(NOW + 899_999, 10)).toEqual([])
    expect((await erasures.pending(NOW + 900_000, 10))[0]?.phase).toBe('late_files')
    await erasures.advance(id, 'done', NOW + 900_000)
    expect(await erasures.pending(NOW + 9_000_000, 10)).toEqual([])
  })

  test('that failed is behind those that have not been tried, in the phase where it stood', async () => {
    const [failing, next] = [await seeded(), await seeded()]
    await begin(acme, failing.state.session_id)
    await begin(acme, next.state.session_id, NOW + 1_000)
    await erasures.advance(failing.state.session_id, 'files', NOW + 60_000)
    await erasures.postpone(failing.state.session_id, NOW + 360_000)
    const due = async (at: number) => (await erasures.pending(at, 10)).map(({ session_id }) => session_id)
    expect(await due(NOW + 120_000)).toEqual([next.state.session_id])
    expect(await due(NOW + 360_000)).toEqual([next.state.session_id, failing.state.session_id])
    expect((await erasures.pending(NOW + 360_000, 10))[1]?.phase).toBe('files')
  })

  test('erases the rows, blanks what webhooks said and keeps their places', async () => {
    const { root } = await family()
    const id = root.state.session_id
    await sessionRows.project({ ...started(root.state), webhooks: [webhookOf(started(root.state).state, 2)] })
    await createSeedOutbox(db).add(acme, { session_id: id, kind: 'tell_parent', payload: {} }, NOW)
    const before = await db
      .prepare('SELECT position, event_id, sequence, type FROM webhook_events WHERE session_id = ? AND sequence < 3')
      .bind(id)
      .all()
    await erasures.begin(acme, id, reviewer, NOW)
    await erasures.eraseRows(id)
    await erasures.eraseRows(id)
    for (const table of ['sessions', 'session_states', 'session_events', 'outbox']) {
      expect(await count(table, `session_id = '${id}'`)).toBe(0)
    }
    const kept = await db
      .prepare('SELECT position, event_id, sequence, type FROM webhook_events WHERE session_id = ? AND sequence < 3')
      .bind(id)
      .all()
    expect(kept.results).toEqual(before.results)
    const bodies = await db
      .prepare('SELECT DISTINCT body FROM webhook_events WHERE session_id = ? AND sequence < 3')
      .bind(id)
      .all<{ body: string }>()
    expect(bodies.results.map(({ body }) => JSON.parse(body))).toEqual([{ session_id: id, erased: true }])
    expect(await count('webhook_events', `session_id = '${id}' AND body LIKE '%kyc.session.deleted%'`)).toBe(1)
  })

  test('does not touch the rows of a session that lives', async () => {
    const { state } = await seeded()
    await erasures.eraseRows(state.session_id)
    expect(await count('session_states')).toBe(1)
    expect(await count('webhook_events', `body LIKE '%erased%'`)).toBe(0)
  })

  test('keeps the lines that say who read the session', async () => {
    const { state } = await seeded()
    await directory.read(acme, state.session_id, lineOf(acme, state.session_id))
    await erasures.begin(acme, state.session_id, reviewer, NOW)
    await erasures.eraseRows(state.session_id)
    expect(await count('access_log', `session_id = '${state.session_id}'`)).toBe(1)
  })
})

describe('the outbox of seeds', () => {
  test('gives a debt to one worker at a time, again when its lease ran out, and not after it is paid', async () => {
    const outbox = createSeedOutbox(db)
    await outbox.add(acme, { session_id: 's-1', kind: 'tell_parent', payload: { parent_session_id: 'p' } }, NOW)
    const [taken] = await outbox.lease(NOW, 60_000, 10)
    expect(taken).toMatchObject({
      session_id: 's-1',
      kind: 'tell_parent',
      payload: { parent_session_id: 'p' },
      attempts: 1,
    })
    expect(await outbox.lease(NOW + 59_999, 60_000, 10)).toEqual([])
    expect((await outbox.lease(NOW + 60_000, 60_000, 10))[0]?.attempts).toBe(2)
    await outbox.complete([taken?.id ?? 0])
    expect(await outbox.lease(NOW + 600_000, 60_000, 10)).toEqual([])
  })
})
