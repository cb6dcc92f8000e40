// A hit that a reviewer rules out: what it is worth in this session, in others of the same person, and when it is not.

import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventOf } from '../../../src/domain/audit/chain.ts'
import { clientOf, expectError, linkOf, textAt, valueAt } from '../../support/api.ts'
import { jwtOf } from '../../support/auth-matrix.ts'
import {
  automationRules,
  formField,
  simpleWorkflow,
  validationConfig,
  workflowOf,
} from '../../support/fixtures/workflow.ts'
import { recorder } from '../../support/instrument.ts'
import { loadLists, type TestEntry } from '../../support/watchlists.ts'
import { composed, makeWorld, objectOf, trailOf, type World } from '../../support/world.ts'

const LISTED: TestEntry = { reference: '7771', name: 'Anna Eriksson', identifier: 'P-1' }
const ANNA = { full_name: 'Anna Eriksson', date_of_birth: '1974-08-12' }

const definition = () => {
  const [step] = simpleWorkflow().steps
  if (step?.type !== 'form_fill') throw new Error('fixture')
  const custom_fields = [
    formField('full_name', 'name', { required: true, name_type: 'individual' }),
    formField('date_of_birth', 'date'),
    formField('document_number', 'text'),
  ]
  return workflowOf([{ ...step, custom_fields }], {
    entity_types: ['individual'],
    validation_config: validationConfig({
      run_lists: true,
      automation_rules: automationRules({ default_action: 'no_action' }),
    }),
  })
}

let world: World
beforeEach(async () => {
  world = await makeWorld({ definition: definition() })
  loadLists([LISTED])
})
afterEach(() => recorder.reset())

type Person = { full_name: string; date_of_birth?: string; document_number?: string }
async function completed(person: Person = ANNA, clientId: string | null = null, of = world): Promise<string> {
  const created = await clientOf(of.key).post('/kyc/sessions', {
    workflow_id: of.workflowId,
    ...(clientId === null ? {} : { client_id: clientId }),
  })
  const link = linkOf(textAt(created.data, 'access_token'))
  expect((await link('/step/person/complete', { form_data: person })).status).toBe(200)
  return textAt(created.data, 'session_id')
}

type Hit = { hit_id: string; whitelisted: boolean; clearing?: { session_id: string } }
type Outcome = { status: string; hits: Hit[] }

async function run(sessionId: string, of = world): Promise<Outcome> {
  const done = await clientOf(of.key).post(`/kyc/sessions/${sessionId}/process`, { rerun: true })
  const watchlists = valueAt(done.data, 'processing_results', 'external_validations', 'watchlists')
  expect(valueAt(watchlists, 'state')).toBe('ok')
  return { status: textAt(done.data, 'status'), hits: valueAt(watchlists, 'hits') as Hit[] }
}

const hitOf = ({ hits }: Outcome): Hit => {
  const [hit, ...more] = hits
  if (hit === undefined || more.length > 0) throw new Error(`one hit was expected, not ${hits.length}`)
  return hit
}

const REASON = 'Another person: the passport says so'
const pathOf = (sessionId: string, hitId: string) => `/kyc/sessions/${sessionId}/hits/${hitId}/whitelist`
const clear = (sessionId: string, hitId: string, reason = REASON) =>
  clientOf(world.key).post(pathOf(sessionId, hitId), { reason })

/** A session whose one hit was found by a run, and ruled out. */
async function cleared(person: Person = ANNA, clientId: string | null = null): Promise<{ id: string; hitId: string }> {
  const id = await completed(person, clientId)
  const { hit_id: hitId } = hitOf(await run(id))
  expect((await clear(id, hitId)).status).toBe(200)
  return { id, hitId }
}

const eventsOf = async (sessionId: string) => (await trailOf(sessionId)).events.map(eventOf)
const typesOf = async (sessionId: string) => (await eventsOf(sessionId)).map(({ event }) => event.type)

describe('a hit that is ruled out', () => {
  it('is marked where it stands, moves nothing by itself, and counts for nothing in the next run', async () => {
    const id = await completed()
    const before = await run(id)
    expect([before.status, hitOf(before).whitelisted]).toEqual(['manual_review', false])
    const { hit_id } = hitOf(before)
    const marked = await clear(id, hit_id)
    expect(marked.status).toBe(200)
    expect(valueAt(marked.data, 'hit')).toMatchObject({ hit_id, whitelisted: true, clearing: { session_id: id } })
    const session = await clientOf(world.key).get(`/kyc/sessions/${id}`)
    expect(valueAt(session.data, 'status')).toBe('manual_review')
    expect(
      valueAt(session.data, 'processing_results', 'external_validations', 'watchlists', 'hits', 0, 'whitelisted'),
    ).toBe(true)
    const after = await run(id)
    expect([after.status, hitOf(after)]).toEqual([
      'processed',
      expect.objectContaining({ hit_id, whitelisted: true, clearing: expect.objectContaining({ session_id: id }) }),
    ])
  })

  it('leaves an event when it is said, when it is used, and when it is taken back', async () => {
    const { id, hitId } = await cleared()
    await run(id)
    await clientOf(world.key).delete(pathOf(id, hitId), { reason: 'It was forged' })
    expect((await typesOf(id)).filter((type) => /^hit_|^clearings/.test(type))).toEqual([
      'hit_whitelisted',
      'clearings_used',
      'hit_reopened',
    ])
    const events = await eventsOf(id)
    const used = events.findIndex(({ event }) => event.type === 'clearings_used')
    expect(events[used - 1]?.event.type).toBe('check_recorded')
    const shown = await clientOf(world.key).get(`/kyc/sessions/${id}/events?limit=100`)
    const said = (valueAt(shown.data, 'events') as { type: string; data: unknown; actor: { type: string } }[]).find(
      ({ type }) => type === 'hit_whitelisted',
    )
    expect(said?.actor.type).toBe('api_key')
    expect(said?.data).toMatchObject({
      reason: REASON,
      changes: [{ path: `hits.${hitId}.whitelisted`, from: false, to: true }],
    })
  })

  it('costs one object call, in which one D1 write is awaited, to say and to take back', async () => {
    const id = await completed()
    const { hit_id } = hitOf(await run(id))
    for (const call of [() => clear(id, hit_id), () => clientOf(world.key).delete(pathOf(id, hit_id))]) {
      await objectOf(id).project()
      recorder.reset()
      expect((await call()).status).toBe(200)
      expect([recorder.ofWorker(), recorder.ofObjects()]).toEqual([['OBJECT execute'], ['D1 batch']])
    }
  })

  it('stays so after the object was evicted, and without D1', async () => {
    const { id } = await cleared()
    await evictDurableObject(objectOf(id))
    recorder.fault = (hop) =>
      hop.by === 'worker' && hop.binding === 'D1' && hop.call === 'all' ? new Error('D1') : null
    expect(hitOf(await run(id)).whitelisted).toBe(true)
  })

  it('is open again when the entry has changed, and cleared anew when that is ruled out', async () => {
    const { id, hitId } = await cleared()
    loadLists([{ ...LISTED, entry_hash: 'e2' }])
    const changed = await run(id)
    expect([changed.status, hitOf(changed)]).toMatchObject(['manual_review', { hit_id: hitId, whitelisted: false }])
    await clear(id, hitId)
    expect((await run(id)).status).toBe('processed')
  })

  it('is open again once it is taken back', async () => {
    const { id, hitId } = await cleared()
    const opened = await clientOf(world.key).delete(pathOf(id, hitId))
    expect(valueAt(opened.data, 'hit', 'whitelisted')).toBe(false)
    expect((await run(id)).status).toBe('manual_review')
  })

  it('is not told of by webhook any more', async () => {
    const { id } = await cleared()
    await run(id)
    const { results } = await env.DB.prepare(`SELECT type FROM webhook_events WHERE session_id = ?`).bind(id).all()
    expect(results.filter(({ type }) => type === 'kyc.session.watchlist_hit')).toHaveLength(1)
  })

  it('said twice is said once, and a repeated call has the first answer', async () => {
    const { id, hitId } = await cleared()
    const versionOf = async () => valueAt((await clientOf(world.key).get(`/kyc/sessions/${id}`)).data, 'version')
    const version = await versionOf()
    expect(valueAt((await clear(id, hitId)).data, 'version')).toBe(version)
    expect(valueAt((await clear(id, hitId, 'For another reason')).data, 'version')).not.toBe(version)
    const keyed = { 'idempotency-key': 'clear-1' }
    const first = await clientOf(world.key).post(pathOf(id, hitId), { reason: 'Third' }, keyed)
    await clientOf(world.key).delete(pathOf(id, hitId))
    const second = await clientOf(world.key).post(pathOf(id, hitId), { reason: 'Third' }, keyed)
    expect([second.headers.get('idempotent-replayed'), second.data]).toEqual(['true', first.data])
  })

  it('must be there, and be given a reason', async () => {
    const { id, hitId } = await cleared()
    const unknown = `hit_${'0'.repeat(32)}`
    expectError(await clear(id, unknown), 404, 'ROUTE_NOT_FOUND')
    expectError(await clientOf(world.key).delete(pathOf(id, unknown)), 404, 'ROUTE_NOT_FOUND')
    expectError(await clear(id, 'hit-1'), 404, 'ROUTE_NOT_FOUND')
    for (const body of [{}, { reason: ' ' }, { reason: 'x'.repeat(1001) }, { reason: 'x', is_false_positive: false }])
      expectError(await clientOf(world.key).post(pathOf(id, hitId), body), 400, 'INVALID_REQUEST')
  })
})

describe('another session of the same person', () => {
  it('has it cleared under the same client id, and says by whose word', async () => {
    const first = await cleared({ full_name: 'Anna Eriksson' }, 'client-1')
    const second = await completed({ full_name: 'anna  ERIKSSON' }, 'client-1')
    const outcome = await run(second)
    expect([outcome.status, hitOf(outcome)]).toMatchObject([
      'processed',
      { hit_id: first.hitId, whitelisted: true, clearing: { session_id: first.id } },
    ])
    const used = (await eventsOf(second)).map(({ event }) => event).find(({ type }) => type === 'clearings_used')
    expect(used).toMatchObject({ uses: [{ hit_id: first.hitId, session_id: first.id }] })
  })

  it('has it cleared for the same name and date of birth, whatever the client id', async () => {
    await cleared(ANNA, 'client-1')
    expect((await run(await completed(ANNA, 'client-2'))).status).toBe('processed')
    expect((await run(await completed(ANNA))).status).toBe('processed')
  })

  it('has it cleared under the client id when less is known than was, not when more is', async () => {
    await cleared(ANNA, 'client-1')
    expect((await run(await completed({ full_name: 'Anna Eriksson' }, 'client-1'))).status).toBe('processed')
    await cleared({ full_name: 'Anna Eriksson' }, 'client-2')
    expect((await run(await completed({ ...ANNA, date_of_birth: '1971-01-01' }, 'client-2'))).status).toBe(
      'manual_review',
    )
  })

  it('has it open when an identifier equals the listed one, which nobody had seen', async () => {
    await cleared(ANNA, 'client-1')
    const same = await completed({ ...ANNA, document_number: 'P-1' }, 'client-1')
    expect((await run(same)).status).toBe('manual_review')
  })

  it.each([
    ['another date of birth', { ...ANNA, date_of_birth: '1971-01-01' }],
    ['no date of birth', { full_name: 'Anna Eriksson' }],
  ])('is none with %s and no client id', async (_which, person) => {
    await cleared(ANNA)
    expect((await run(await completed(person))).status).toBe('manual_review')
  })

  it('has it open again as soon as it is taken back, here or there', async () => {
    const first = await cleared(ANNA, 'client-1')
    const second = await completed(ANNA, 'client-1')
    expect((await run(second)).status).toBe('processed')
    const opened = await clientOf(world.key).delete(pathOf(second, first.hitId), { reason: 'I am not so sure' })
    expect(valueAt(opened.data, 'hit', 'whitelisted')).toBe(false)
    expect((await run(second)).status).toBe('manual_review')
    expect((await run(await completed(ANNA, 'client-1'))).status).toBe('manual_review')
    expect((await run(first.id)).status).toBe('manual_review')
  })

  it('of the same tenant in its other mode, or of another tenant, knows nothing of it', async () => {
    await cleared(ANNA, 'client-1')
    const rival = await makeWorld({ definition: definition() })
    expect((await run(await completed(ANNA, 'client-1', rival), rival)).status).toBe('manual_review')
    const { deps } = composed()
    const live = { ...world, actor: { ...world.actor, scope: { ...world.actor.scope, mode: 'live' as const } } }
    const workflowId = deps.ids.uuid()
    const created_at = deps.clock.system()
    const version = { workflow_id: workflowId, version: 1, definition: definition(), created_at }
    await deps.workflows.insert(live.actor.scope, version)
    const liveWorld = { ...live, workflowId, key: await jwtOf(live) }
    expect((await run(await completed(ANNA, 'client-1', liveWorld), liveWorld)).status).toBe('manual_review')
  })

  it('knows nothing of it once the session is erased whose reviewer had said it', async () => {
    const first = await cleared(ANNA, 'client-1')
    const rows = () => env.DB.prepare('SELECT * FROM cleared_hits WHERE session_id = ?').bind(first.id).all()
    const { results } = await rows()
    expect(results.length).toBe(3)
    expect(JSON.stringify(results)).not.toMatch(/anna|eriksson|1974|client-1/i)
    expect((await clientOf(world.key).delete(`/kyc/sessions/${first.id}`)).status).toBe(200)
    expect((await rows()).results).toEqual([])
    expect((await run(await completed(ANNA, 'client-1'))).status).toBe('manual_review')
  })

  it('is known by a client id that was given later', async () => {
    const { id } = await cleared({ full_name: 'Anna Eriksson' })
    await clientOf(world.key).patch(`/kyc/sessions/${id}`, { client_id: 'client-9' })
    expect((await run(await completed({ full_name: 'Anna Eriksson' }, 'client-9'))).status).toBe('processed')
  })
})

describe('what a reviewer asks beside a run', () => {
  it('has the hit cleared too, and the near misses where they are asked for', async () => {
    loadLists([LISTED, { reference: '8', name: 'Anna Berg' }])
    const { id, hitId } = await cleared()
    const validate = (body: object) =>
      clientOf(world.key).post(`/kyc/sessions/${id}/validate`, { validations: ['watchlists'], ...body })
    const explained = await validate({ explain: 'misses' })
    expect(valueAt(explained.data, 'results', 'watchlists')).toMatchObject({
      state: 'ok',
      hits: [{ hit_id: hitId, whitelisted: true }],
      near_misses: [{ reference: '8', matched_name: 'Anna Berg', score: 0.6 }],
    })
    const plain = await validate({})
    expect(valueAt(plain.data, 'results', 'watchlists', 'near_misses')).toBeUndefined()
  })

  it('says that lists are old, or that there are none: neither is a pass', async () => {
    const id = await completed({ full_name: 'Somebody Else' })
    for (const [entries, state] of [
      [[LISTED], 'stale'],
      [null, 'not_configured'],
    ] as const) {
      loadLists(entries, 'stale')
      const done = await clientOf(world.key).post(`/kyc/sessions/${id}/process`, { rerun: true })
      expect(valueAt(done.data, 'status')).toBe('manual_review')
      expect(valueAt(done.data, 'processing_results', 'external_validations', 'watchlists')).toMatchObject({
        state,
        message: expect.stringMatching(/\w/),
        hits: [],
      })
    }
  })
})
