import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newSalt } from '../../../src/platform/crypto/ids.ts'
import { createSessionDirectory } from '../../../src/platform/d1/session-directory.ts'
import { instrument, recorder } from '../../support/instrument.ts'
import {
  acme,
  acmeTest,
  chained,
  count,
  DAY,
  db,
  directory,
  erasures,
  lineOf,
  makeTenants,
  newEventId,
  newSession,
  NOW,
  reviewer,
  rival,
  seeded,
  sessionRows,
  tenantOf,
  workflowOf,
} from './directory-of-tests.ts'

const counted = createSessionDirectory(instrument(env, 'worker').DB, { newEventId, newSalt })

beforeEach(async () => {
  await makeTenants()
  recorder.reset()
})
afterEach(reset)

describe('a seed', () => {
  test('is in D1 as a whole after one call', async () => {
    const { state, created, webhooks, link } = newSession({ clientId: 'C-1', tags: ['vip', 'eu'] })
    expect(await counted.insertSeed({ state, created, webhooks })).toBe('inserted')
    expect(recorder.ofWorker()).toEqual(['D1 batch'])
    const stored = await directory.read(acme, state.session_id, lineOf(acme))
    expect(stored).toEqual({
      owner: 'seed',
      state,
      workflow: workflowOf(acme).definition,
      tenant: tenantOf(acme),
      auditHead: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await directory.readByLink(link, lineOf(acme))).toEqual(stored)
    expect(await count('session_events')).toBe(1)
    expect(await count('webhook_events', `type = 'kyc.session.created' AND sequence = 1`)).toBe(1)
    expect(await count('session_tags')).toBe(2)
  })

  test('of an unknown, older or foreign workflow leaves nothing at all', async () => {
    const refused = [
      newSession({ workflowId: 'unknown' }),
      newSession({ scope: acmeTest, workflowId: workflowOf(acme).workflow_id }),
      newSession({ scope: rival, workflowId: workflowOf(acme).workflow_id }),
    ]
    for (const seed of refused) expect(await directory.insertSeed(seed)).toBe('not_current')
    for (const table of ['sessions', 'session_states', 'session_events', 'webhook_events', 'session_tags']) {
      expect(await count(table)).toBe(0)
    }
  })
})

describe('a read', () => {
  test('and its line in the access log are one call', async () => {
    const { state, link } = await seeded()
    recorder.reset()
    await counted.read(acme, state.session_id, lineOf(acme, state.session_id))
    await counted.readByLink(link, { ...lineOf(acme), actor: { type: 'end_user', id: 'link', name: null } })
    expect(recorder.ofWorker()).toEqual(['D1 batch', 'D1 batch'])
    expect(
      await count('access_log', `session_id = '${state.session_id}' AND tenant_id = 'acme' AND mode = 'live'`),
    ).toBe(2)
  })

  test("of another tenant's session costs the same calls as of an unknown one, and finds as little", async () => {
    const { state } = await seeded()
    for (const scope of [rival, acmeTest]) {
      recorder.reset()
      expect(await counted.read(scope, state.session_id, lineOf(scope))).toBeNull()
      const foreign = recorder.ofWorker()
      recorder.reset()
      expect(await counted.read(scope, 'unknown', lineOf(scope))).toBeNull()
      expect(recorder.ofWorker()).toEqual(foreign)
    }
  })

  test('by a link that was replaced or forged finds nothing and logs nothing', async () => {
    const { link } = await seeded()
    expect(await directory.readByLink({ ...link, generation: 2 }, lineOf(acme))).toBeNull()
    expect(await directory.readByLink({ ...link, nonce_hash: 'x' }, lineOf(acme))).toBeNull()
    expect(await count('access_log')).toBe(0)
  })
})

describe('the expiry sweep', () => {
  test('expires what is due and nothing else, each with its event and webhook', async () => {
    const due = await seeded({ ttlDays: 1 })
    const later = await seeded({ ttlDays: 2 })
    const owned = await seeded({ ttlDays: 1 })
    const deleted = await seeded({ ttlDays: 1 })
    await sessionRows.claim(owned.state.session_id, { by: 'tenant', scope: acme })
    await erasures.begin(acme, deleted.state.session_id, reviewer, NOW)
    expect(await directory.expireSeeds(NOW + DAY - 1, 500)).toBe(0)
    expect(await directory.expireSeeds(NOW + DAY, 500)).toBe(1)
    const statusOf = async (id: string) => (await directory.read(acme, id, lineOf(acme)))?.state.status
    expect(await statusOf(due.state.session_id)).toBe('expired')
    expect(await statusOf(later.state.session_id)).toBe('draft')
    expect(await statusOf(owned.state.session_id)).toBe('draft')
    const { rows } = await directory.list(
      acme,
      {
        filter: { status: ['expired'] },
        sort: { column: 'created_at', descends: true },
        limit: 5,
        after: null,
        includeSummary: false,
      },
      lineOf(acme),
    )
    expect(rows.map(({ session_id, version }) => [session_id, version])).toEqual([[due.state.session_id, 2]])
    expect(await count('sessions', 'updated_20 = updated_at >> 20 AND updated_32 = updated_at >> 32')).toBe(
      await count('sessions'),
    )
    expect(await count('session_events', `session_id = '${due.state.session_id}'`)).toBe(2)
    expect(await count('webhook_events', `type = 'kyc.session.expired' AND sequence = 2`)).toBe(1)
    expect(await directory.expireSeeds(NOW + DAY, 500)).toBe(0)
  })

  test('goes on batch after batch until none is due', async () => {
    for (let seed = 0; seed < 25; seed += 1) await seeded({ ttlDays: 1, scope: seed % 2 === 0 ? acme : rival })
    const found: number[] = []
    for (let batch = 0; batch < 3; batch += 1) found.push(await directory.expireSeeds(NOW + DAY, 20))
    expect(found).toEqual([20, 5, 0])
    expect(await count('sessions', "status = 'expired'")).toBe(25)
    expect(await count('webhook_events', "type = 'kyc.session.expired'")).toBe(25)
  })

  test('run twice at once expires each once', async () => {
    for (let seed = 0; seed < 10; seed += 1) await seeded({ ttlDays: 1 })
    await Promise.all([directory.expireSeeds(NOW + DAY, 500), directory.expireSeeds(NOW + DAY, 500)])
    expect(await count('session_states', "status = 'expired' AND version = 2")).toBe(10)
    expect(await count('session_events', 'sequence = 2')).toBe(10)
    expect(await count('webhook_events', 'sequence = 2')).toBe(10)
  })

  test('owes the parent a word of its child, once', async () => {
    const parent = await seeded({ ttlDays: 3 })
    const child = newSession({ ttlDays: 1, parent: { session_id: parent.state.session_id, depth: 0 } })
    await sessionRows.insertChildSeed({
      state: child.state,
      events: chained(child.state, child.created),
      webhooks: child.webhooks,
    })
    await Promise.all([directory.expireSeeds(NOW + DAY, 500), directory.expireSeeds(NOW + DAY, 500)])
    const owed = await db.prepare('SELECT tenant_id, mode, session_id, kind, payload FROM outbox').all()
    expect(owed.results).toEqual([
      {
        tenant_id: 'acme',
        mode: 'live',
        session_id: child.state.session_id,
        kind: 'tell_parent',
        payload: JSON.stringify({ parent_session_id: parent.state.session_id }),
      },
    ])
  })

  test('takes 500 in one call of three hops', async () => {
    for (let seed = 0; seed < 60; seed += 1) await seeded({ ttlDays: 1, metadata: { note: 'x'.repeat(12_000) } })
    recorder.reset()
    expect(await counted.expireSeeds(NOW + DAY, 500)).toBe(60)
    expect(recorder.ofWorker()).toEqual(['D1 all', 'D1 all', 'D1 batch'])
    expect(await count('sessions', "status = 'expired'")).toBe(60)
  })
})
