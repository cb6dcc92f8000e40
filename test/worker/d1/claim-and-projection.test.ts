import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSessionRows } from '../../../src/platform/d1/session-projection.ts'
import {
  acme,
  acmeTest,
  after,
  chained,
  count,
  DAY,
  db,
  directory,
  erasures,
  lineOf,
  makeTenants,
  metered,
  newEventId,
  newSession,
  NOW,
  personKeys,
  putIn,
  reviewer,
  rival,
  seeded,
  sessionRows,
  started,
  tenantOf,
  webhookOf,
  workflowOf,
} from './directory-of-tests.ts'

beforeEach(makeTenants)
afterEach(reset)

describe('a claim', () => {
  test('gives the state, the workflow, the tenant and the trail, and passes ownership', async () => {
    const { state, created } = await seeded()
    const claimed = await sessionRows.claim(state.session_id, { by: 'tenant', scope: acme })
    expect(claimed).toEqual({
      state,
      workflow: workflowOf(acme).definition,
      tenant: tenantOf(acme),
      events: [
        {
          sequence: 1,
          at: created.at,
          type: 'session_created',
          payload: JSON.stringify(created),
          salt: expect.stringMatching(/^[0-9a-f]{32}$/),
          link: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
    })
    expect((await directory.read(acme, state.session_id, lineOf(acme)))?.owner).toBe('object')
  })

  test('gives the state again when the first one never came to its commit', async () => {
    const { state } = await seeded()
    await sessionRows.claim(state.session_id, { by: 'tenant', scope: acme })
    const again = await sessionRows.claim(state.session_id, { by: 'tenant', scope: acme })
    expect(again?.state).toEqual(state)
  })

  test('opens to the live link and to no other', async () => {
    const { state, link } = await seeded()
    const wrong = [
      { ...link, generation: 2 },
      { ...link, nonce_hash: 'other' },
      { ...link, session_id: 'other' },
    ]
    for (const other of wrong) expect(await sessionRows.claim(state.session_id, { by: 'link', link: other })).toBeNull()
    expect(await count('session_states', "owner = 'object'")).toBe(0)
    expect((await sessionRows.claim(state.session_id, { by: 'link', link }))?.state).toEqual(state)
  })

  test('is refused to another tenant and to the other mode, and changes nothing', async () => {
    const { state } = await seeded()
    for (const scope of [rival, acmeTest]) {
      expect(await sessionRows.claim(state.session_id, { by: 'tenant', scope })).toBeNull()
    }
    expect(await count('session_states', "owner = 'object'")).toBe(0)
  })

  test('is refused once the session is deleted', async () => {
    const { state, link } = await seeded()
    await erasures.begin(acme, state.session_id, reviewer, NOW)
    expect(await sessionRows.claim(state.session_id, { by: 'tenant', scope: acme })).toBeNull()
    expect(await sessionRows.claim(state.session_id, { by: 'link', link })).toBeNull()
  })

  test('wins or loses against the expiry sweep as a whole, 20 rounds', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { state } = await seeded({ ttlDays: 1, at: NOW + round })
      const claim = (): Promise<unknown> => sessionRows.claim(state.session_id, { by: 'tenant', scope: acme })
      const sweep = (): Promise<unknown> => directory.expireSeeds(NOW + 2 * DAY, 500)
      const [claimed] =
        round % 2 === 0 ? await Promise.all([claim(), sweep()]) : (await Promise.all([sweep(), claim()])).reverse()
      const stored = await directory.read(acme, state.session_id, lineOf(acme))
      // Whatever came first, what the claim took over is what D1 held when it did.
      expect(claimed).toMatchObject({ state: { status: stored?.state.status, version: stored?.state.version } })
      expect(await count('session_events', `session_id = '${state.session_id}'`)).toBe(stored?.state.version)
      expect(await count('webhook_events', `session_id = '${state.session_id}'`)).toBe(stored?.state.webhook_sequence)
    }
  })
})

describe('a projection', () => {
  test('brings state, row, trail and webhooks to D1', async () => {
    const { state } = await seeded({ clientId: 'C-1', metadata: { user_email: 'Anna@Example.com' } })
    const next = started(state)
    const outcome = await sessionRows.project({ ...next, webhooks: [webhookOf(next.state, 2)] })
    expect(outcome).toBe('projected')
    const stored = await directory.read(acme, state.session_id, lineOf(acme))
    expect(stored?.state).toEqual(next.state)
    const { rows } = await directory.list(
      acme,
      {
        filter: { status: ['active'], q: 'anna@' },
        sort: { column: 'created_at', descends: true },
        limit: 20,
        after: null,
        includeSummary: false,
      },
      lineOf(acme),
    )
    expect(rows.map((row) => [row.session_id, row.status, row.version])).toEqual([[state.session_id, 'active', 2]])
    expect(await count('session_events')).toBe(2)
    expect(await count('webhook_events')).toBe(2)
  })

  test('is safe to repeat', async () => {
    const { state } = await seeded()
    const next = started(state)
    const change = { ...next, webhooks: [webhookOf(next.state, 2)] }
    for (let time = 0; time < 3; time += 1) expect(await sessionRows.project(change)).toBe('projected')
    expect(await count('session_events')).toBe(2)
    expect(await count('webhook_events')).toBe(2)
  })

  test('never puts an older version over a newer one', async () => {
    const { state } = await seeded()
    const second = started(state)
    const third = after(second.state, { type: 'consent_accepted', version: 'v1' })
    await sessionRows.project({ ...third, webhooks: [] })
    await sessionRows.project({ ...second, webhooks: [webhookOf(second.state, 2)] })
    const stored = await directory.read(acme, state.session_id, lineOf(acme))
    expect(stored?.state).toEqual(third.state)
    expect(await count('sessions', 'version = 3')).toBe(1)
    // What the late one told of is not lost.
    expect(await count('session_events')).toBe(3)
    expect(await count('webhook_events')).toBe(2)
  })

  test('that lands after the deletion stays out, and says so', async () => {
    const { state } = await seeded({ tags: ['vip'] })
    const next = started(state)
    await erasures.begin(acme, state.session_id, reviewer, NOW)
    await erasures.eraseRows(state.session_id)
    const outcome = await sessionRows.project({ ...next, webhooks: [webhookOf(next.state, 9)] })
    expect(outcome).toBe('erased')
    for (const table of ['sessions', 'session_states', 'session_events', 'session_tags'])
      expect(await count(table)).toBe(0)
    expect(await count('webhook_events', 'sequence = 9')).toBe(0)
    expect(await sessionRows.isErased(state.session_id)).toBe(true)
  })

  test('racing the deletion leaves nothing behind, 20 of 20', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { state } = await seeded()
      const next = started(state)
      await Promise.all([
        sessionRows.project({ ...next, webhooks: [] }),
        erasures.begin(acme, state.session_id, reviewer, NOW).then(() => erasures.eraseRows(state.session_id)),
        sessionRows.project({ ...after(next.state, { type: 'consent_accepted', version: 'v1' }), webhooks: [] }),
      ])
    }
    for (const table of ['sessions', 'session_states', 'session_events']) expect(await count(table)).toBe(0)
  })

  test('puts the session in when D1 was restored to a day before it', async () => {
    const { state, created } = newSession({ tags: ['vip', 'vip'] })
    const next = started(state)
    await sessionRows.project({ state: next.state, events: [...chained(state, created), ...next.events], webhooks: [] })
    expect((await directory.read(acme, state.session_id, lineOf(acme)))?.state).toEqual(next.state)
    expect(await count('session_tags')).toBe(1)
    expect(await count('sessions', "status = 'active'")).toBe(1)
  })

  test('cannot move a session to another tenant', async () => {
    const { state } = await seeded()
    const stolen = { ...started(state).state, tenant_id: 'rival' }
    await sessionRows.project({ state: stolen, events: [], webhooks: [] })
    expect((await directory.read(acme, state.session_id, lineOf(acme)))?.state).toEqual(state)
    expect(await directory.read(rival, state.session_id, lineOf(rival))).toBeNull()
  })

  test('of a saved step writes few rows: no index but the one on updated_at is rewritten', async () => {
    const { state } = await seeded({
      clientId: 'C-1',
      tags: ['vip'],
      metadata: { user_email: 'a@b.example', user_name: 'Anna' },
    })
    const active = started(state)
    await sessionRows.project({ ...active, webhooks: [] })
    const meter = metered(db)
    const saved = after(active.state, { type: 'step_saved', step_id: 'person', form_data: { full_name: 'Anna' } })
    await createSessionRows(meter.db, { personKeys }).project({ ...saved, webhooks: [] })
    // session_states 1; sessions 1 and its updated_at index 1; session_events 1 and its key 1.
    expect(meter.rowsWritten()).toBe(5)
  })

  test('of a step saved the next day writes one row more for each span of time that it leaves', async () => {
    const { state } = await seeded({ clientId: 'C-1' })
    const active = started(state)
    await sessionRows.project({ ...active, webhooks: [] })
    const meter = metered(db)
    const saved = after(
      active.state,
      { type: 'step_saved', step_id: 'person', form_data: { full_name: 'Anna' } },
      NOW + DAY,
    )
    await createSessionRows(meter.db, { personKeys }).project({ ...saved, webhooks: [] })
    const row = await db
      .prepare('SELECT updated_20, updated_23, updated_26, updated_29, updated_32 FROM sessions')
      .first()
    expect(row).toEqual({
      updated_20: Math.floor((NOW + DAY) / 2 ** 20),
      updated_23: Math.floor((NOW + DAY) / 2 ** 23),
      updated_26: Math.floor((NOW + DAY) / 2 ** 26),
      updated_29: Math.floor((NOW + DAY) / 2 ** 29),
      updated_32: Math.floor((NOW + DAY) / 2 ** 32),
    })
    // As above, and the indexes of the three spans that are shorter than a day.
    expect(meter.rowsWritten()).toBe(8)
  })

  test('takes events and webhooks beyond one statement', async () => {
    const { state } = await seeded()
    const events = [...started(state).events]
    let current = started(state).state
    for (let event = 0; event < 12; event += 1) {
      const saved = after(current, {
        type: 'step_saved',
        step_id: 'person',
        form_data: { full_name: 'x'.repeat(60_000) },
      })
      events.push(...saved.events)
      current = saved.state
    }
    const webhooks = Array.from({ length: 12 }, (_, index) => webhookOf(current, index + 2))
    await sessionRows.project({ state: current, events, webhooks })
    expect(await count('session_events')).toBe(current.version)
    expect(await count('webhook_events')).toBe(13)
  })
})

describe('the seed of a child', () => {
  test('is written once, however often its parent says so', async () => {
    const parent = await seeded()
    const child = newSession({ parent: { session_id: parent.state.session_id, depth: 0 } })
    const seed = { state: child.state, events: chained(child.state, child.created), webhooks: child.webhooks }
    expect(await sessionRows.insertChildSeed(seed)).toBe('inserted')
    await sessionRows.claim(child.state.session_id, { by: 'link', link: child.link })
    expect(
      await sessionRows.insertChildSeed({
        ...seed,
        webhooks: child.webhooks.map((webhook) => ({ ...webhook, event_id: newEventId() })),
      }),
    ).toBe('inserted')
    expect(await count('session_states', "owner = 'object'")).toBe(1)
    expect(await count('webhook_events', `session_id = '${child.state.session_id}'`)).toBe(1)
  })

  test('is refused after the deletion of its parent, and after its own', async () => {
    const parent = await seeded()
    const late = newSession({ parent: { session_id: parent.state.session_id, depth: 0 } })
    await erasures.begin(acme, parent.state.session_id, reviewer, NOW)
    expect(await sessionRows.insertChildSeed({ state: late.state, events: [], webhooks: [] })).toBe('refused')

    const other = await seeded()
    const child = newSession({ parent: { session_id: other.state.session_id, depth: 0 } })
    await putIn([child])
    await erasures.begin(acme, child.state.session_id, reviewer, NOW)
    await erasures.eraseRows(child.state.session_id)
    expect(await sessionRows.insertChildSeed({ state: child.state, events: [], webhooks: [] })).toBe('refused')
    expect(await count('session_states', 'TRUE')).toBe(2)
  })
})
