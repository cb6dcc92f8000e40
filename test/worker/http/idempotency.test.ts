import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../../src/domain/errors.ts'
import { isKeptRefusal } from '../../../src/domain/idempotency.ts'
import { httpErrorOf } from '../../../src/http/error-map.ts'
import { handleSchedule } from '../../../src/cron/handle-schedule.ts'
import { simpleWorkflow } from '../../support/fixtures/workflow.ts'
import { clientOf, expectError, linkOf, textAt, valueAt } from '../../support/api.ts'
import type { Answer, Client } from '../../support/api.ts'
import { coldStart, recorder } from '../../support/instrument.ts'
import { composed, makeWorld, newSession, objectOf, type World } from '../../support/world.ts'

let world: World
let api: Client
beforeEach(async () => {
  world = await makeWorld({ definition: simpleWorkflow() })
  api = clientOf(world.key)
})
afterEach(() => recorder.reset())

const under = (key: string) => ({ 'idempotency-key': key })
const create = (key: string, body: object = {}): Promise<Answer> =>
  api.post('/kyc/sessions', { workflow_id: world.workflowId, ...body }, under(key))
const isReplay = (answer: Answer): boolean => answer.headers.get('idempotent-replayed') === 'true'

async function countOf(table: 'sessions' | 'workflows' | 'idempotency_keys' | 'webhook_events'): Promise<number> {
  const row = await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = ?`)
    .bind(world.tenant.tenant_id)
    .first<{ n: number }>()
  return row?.n ?? 0
}

async function completed(): Promise<string> {
  const session = await newSession(world)
  const link = linkOf(session.accessToken)
  await link('/start', {})
  expect((await link('/step/person/complete', { form_data: { full_name: 'Anna Eriksson' } })).status).toBe(200)
  return `/kyc/sessions/${session.state.session_id}`
}

describe('a create under an Idempotency-Key', () => {
  it('makes one session, and a repeat has its answer, the link included', async () => {
    const first = await create('order-1', { client_id: 'c-1' })
    const second = await create('order-1', { client_id: 'c-1' })
    expect([first.status, second.status]).toEqual([201, 201])
    expect([isReplay(first), isReplay(second)]).toEqual([false, true])
    expect(second.data).toEqual(first.data)
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
    expect([await countOf('sessions'), await countOf('webhook_events')]).toEqual([1, 1])
    expect((await linkOf(textAt(second.data, 'access_token'))('')).status).toBe(200)
  })

  it('is answered as the session was made, whatever became of it', async () => {
    const first = await create('order-1')
    await linkOf(textAt(first.data, 'access_token'))('/start', {})
    await api.delete(`/kyc/workflows/${world.workflowId}`)
    coldStart(env)
    const second = await create('order-1')
    expect([second.status, second.data]).toEqual([201, first.data])
    expect(isReplay(second)).toBe(true)
  })

  it('has one effect when it comes five times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => create('race')))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
    expect(answers.filter((answer) => !isReplay(answer)).length).toBe(1)
    expect([await countOf('sessions'), await countOf('webhook_events')]).toEqual([1, 1])
  })

  it('is refused with another body or path, in this isolate and in a fresh one', async () => {
    await create('order-1')
    for (const isCold of [false, true]) {
      if (isCold) coldStart(env)
      expectError(await create('order-1', { client_id: 'other' }), 400, 'IDEMPOTENCY_KEY_REUSED')
      expectError(
        await api.post('/kyc/workflows/from-template/basic-kyc', {}, under('order-1')),
        400,
        'IDEMPOTENCY_KEY_REUSED',
      )
    }
    expect([await countOf('sessions'), await countOf('workflows')]).toEqual([1, 1])
  })

  it('belongs to its tenant', async () => {
    const first = await create('order-1')
    world = await makeWorld({ definition: simpleWorkflow() })
    api = clientOf(world.key)
    const second = await create('order-1')
    expect(second.status).toBe(201)
    expect(textAt(second.data, 'session_id')).not.toBe(textAt(first.data, 'session_id'))
  })

  it('finds the session gone after it was deleted, and nothing of the answer is left', async () => {
    const first = await create('order-1')
    expect((await api.delete(`/kyc/sessions/${textAt(first.data, 'session_id')}`)).status).toBe(200)
    expectError(await create('order-1'), 404, 'SESSION_NOT_FOUND')
    expect(await countOf('sessions')).toBe(0)
    await composed().deps.erasures.eraseRows(textAt(first.data, 'session_id'))
    const row = await env.DB.prepare('SELECT sealed FROM idempotency_keys WHERE tenant_id = ?')
      .bind(world.tenant.tenant_id)
      .first()
    expect(row).toEqual({ sealed: null })
  })

  it('keeps neither the key nor the link where it can be read', async () => {
    const first = await create('a-key-that-is-long-enough')
    const rows = await env.DB.prepare('SELECT * FROM idempotency_keys WHERE tenant_id = ?')
      .bind(world.tenant.tenant_id)
      .all()
    const text = JSON.stringify(rows.results)
    expect(text).not.toContain('a-key-that-is-long-enough')
    expect(text).not.toContain(textAt(first.data, 'access_token'))
    expect(valueAt(rows.results, 0, 'sealed')).toMatch(/^1\.[\w-]{40,}$/)
  })

  it('makes one workflow too, by body or by template', async () => {
    for (const [path, body] of [
      ['/kyc/workflows', { name: 'Mine', steps: [{ step_id: 'a', name: 'A', type: 'form', custom_fields: [] }] }],
      ['/kyc/workflows/from-template/basic-kyc', {}],
    ] as const) {
      const before = await countOf('workflows')
      const first = await api.post(path, body, under(path))
      const second = await api.post(path, body, under(path))
      expect([second.status, second.data]).toEqual([first.status, first.data])
      expect(isReplay(second)).toBe(true)
      expect((await countOf('workflows')) - before).toBe(first.status === 201 ? 1 : 0)
    }
  })
})

describe('a refusal', () => {
  it('is kept, and the same call is refused again even when it would now go through', async () => {
    const limited = { redirect_url: 'https://shop.example.com/' }
    const setRedirects = (allowed: string[]) =>
      env.DB.prepare(
        `UPDATE tenants SET settings = json_set(settings, '$.allowed_redirects', json(?)) WHERE tenant_id = ?`,
      )
        .bind(JSON.stringify(allowed), world.tenant.tenant_id)
        .run()
    await setRedirects(['https://other.example.com/'])
    coldStart(env)
    const first = await create('order-1', limited)
    expectError(first, 400, 'INVALID_REQUEST')
    await setRedirects([])
    coldStart(env)
    const second = await create('order-1', limited)
    expect([second.status, second.error, isReplay(second)]).toEqual([400, first.error, true])
    expect(await countOf('sessions')).toBe(0)
  })

  it('of the schema is kept too; one of a permission is not', async () => {
    expectError(await create('order-1', { ttl_days: -1 }), 400, 'INVALID_REQUEST')
    expect(isReplay(await create('order-1', { ttl_days: -1 }))).toBe(true)
    expectError(await create('order-1'), 400, 'IDEMPOTENCY_KEY_REUSED')
    const reader = await makeWorld({ permissions: ['kyc:read'] })
    const denied = () =>
      clientOf(reader.key).post('/kyc/sessions', { workflow_id: reader.workflowId }, under('order-2'))
    for (let round = 0; round < 2; round += 1) {
      const answer = await denied()
      expectError(answer, 403, 'MISSING_PERMISSION')
      expect(isReplay(answer)).toBe(false)
    }
  })

  it('is kept exactly when its status is a 4xx but 401, 403 and 429', () => {
    const kept = ERROR_CODES.filter((code) => {
      const { status } = httpErrorOf(code, 'tenant')
      return status < 500 && ![401, 403, 429].includes(status)
    }).filter((code) => code !== 'IDEMPOTENCY_KEY_REUSED' && code !== 'ROUTE_NOT_FOUND')
    expect(ERROR_CODES.filter(isKeptRefusal)).toEqual(kept)
  })

  it.each([
    { key: '', label: 'empty' },
    { key: 'k'.repeat(256), label: 'too long' },
  ])('comes to a key that is $label', async ({ key }) => {
    expectError(await create(key), 400, 'INVALID_REQUEST')
    expect(await countOf('idempotency_keys')).toBe(0)
  })

  it('takes a key of 255 characters, and no notice of one on other methods', async () => {
    expect((await create('k'.repeat(255))).status).toBe(201)
    const id = (await newSession(world)).state.session_id
    for (const notes of ['one', 'two']) {
      const patched = await api.patch(`/kyc/sessions/${id}`, { notes }, under('same'))
      expect([patched.status, isReplay(patched)]).toEqual([200, false])
    }
  })
})

describe('a command on a session under an Idempotency-Key', () => {
  it('has one effect: a rerun that is repeated starts no second run, and answers the end of its own', async () => {
    const path = await completed()
    expect((await api.post(`${path}/process`, {})).status).toBe(200)
    const rerun = () => api.post(`${path}/process`, { rerun: true }, under('again'))
    const first = await rerun()
    const second = await rerun()
    expect([second.status, second.data]).toEqual([first.status, first.data])
    expect([isReplay(first), isReplay(second)]).toEqual([false, true])
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
    await api.patch(path, { notes: 'seen' })
    expect((await rerun()).headers.get('etag')).toBe(first.headers.get('etag'))
  })

  it('has one effect when it comes five times at once', async () => {
    const path = await completed()
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.post(`${path}/process`, {}, under('race'))))
    expect(new Set(answers.map(({ status, data }) => JSON.stringify([status, data]))).size).toBe(1)
    expect(answers[0]?.status).toBe(200)
  })

  it('keeps its refusal', async () => {
    const session = await newSession(world)
    const path = `/kyc/sessions/${session.state.session_id}`
    const first = await api.post(`${path}/process`, {}, under('early'))
    expectError(first, 400, 'SESSION_NOT_COMPLETED')
    const link = linkOf(session.accessToken)
    await link('/start', {})
    await link('/step/person/complete', { form_data: { full_name: 'Anna Eriksson' } })
    const second = await api.post(`${path}/process`, {}, under('early'))
    expect([second.status, second.error, isReplay(second)]).toEqual([400, first.error, true])
    expect((await api.post(`${path}/process`, {}, under('late'))).status).toBe(200)
  })

  it('is refused with another body, by the object itself', async () => {
    const path = await completed()
    expect((await api.post(`${path}/process`, {}, under('p'))).status).toBe(200)
    coldStart(env)
    expectError(await api.post(`${path}/process`, { rerun: true }, under('p')), 400, 'IDEMPOTENCY_KEY_REUSED')
  })

  it('is known to D1 afterwards, so that a create under the same key is refused in a fresh isolate', async () => {
    const path = await completed()
    expect((await api.post(`${path}/process`, {}, under('p'))).status).toBe(200)
    coldStart(env)
    expectError(await create('p'), 400, 'IDEMPOTENCY_KEY_REUSED')
  })

  it('renews a link once, and a repeat shows the same one', async () => {
    const session = await newSession(world)
    const path = `/kyc/sessions/${session.state.session_id}/generate-link`
    const first = await api.post(path, {}, under('link'))
    const second = await api.post(path, {}, under('link'))
    expect([second.status, second.data, isReplay(second)]).toEqual([first.status, first.data, true])
    expect((await linkOf(textAt(second.data, 'access_token'))('')).status).toBe(200)
    const third = await api.post(path, {}, under('another'))
    expect(textAt(third.data, 'access_token')).not.toBe(textAt(first.data, 'access_token'))
  })

  it('adds a subsession once, and a repeat shows the same child and link, until the child is deleted', async () => {
    const path = `/kyc/sessions/${(await newSession(world)).state.session_id}/subsessions`
    const add = () => api.post(path, { relationship: 'ubo', name: 'Ben Ode' }, under('child'))
    const first = await add()
    expect(first.status, first.text).toBe(201)
    await api.post(path, { relationship: 'director', name: 'Cy Lund' })
    const second = await add()
    expect([second.status, second.data, isReplay(second)]).toEqual([201, first.data, true])
    expect((await linkOf(textAt(second.data, 'access_token'))('')).status).toBe(200)
    expect(await countOf('sessions')).toBe(3)
    await api.delete(`/kyc/sessions/${textAt(first.data, 'session_id')}`)
    expectError(await add(), 404, 'SESSION_NOT_FOUND')
  })

  it('shows a repeat the child that its parent still owes D1', async () => {
    const { session_id } = (await newSession(world)).state
    const path = `/kyc/sessions/${session_id}/subsessions`
    const add = () => api.post(path, { relationship: 'ubo', name: 'Ben Ode' }, under('owed'))
    await linkOf((await newSession(world)).accessToken)('/start', {})
    expect((await api.patch(`/kyc/sessions/${session_id}`, { notes: 'The object is here.' })).status).toBe(200)
    recorder.fault = (hop) => (hop.by === 'object' && hop.binding === 'D1' ? new Error('D1 takes no writes') : null)
    const first = await add()
    expect(first.status, first.text).toBe(201)
    expect(await countOf('sessions')).toBe(2)
    const second = await add()
    expect([second.status, second.data, isReplay(second)], second.text).toEqual([201, first.data, true])
  })

  it('asks for corrections, extends and validates once', async () => {
    const path = await completed()
    for (const [verb, body] of [
      [
        'corrections',
        { corrections: [{ step_id: 'person', field_ids: ['full_name'], message: 'As in the passport' }] },
      ],
      ['extend', { ttl_days: 30 }],
      ['validate', { validations: ['crypto'] }],
    ] as const) {
      const first = await api.post(`${path}/${verb}`, body, under(verb))
      const second = await api.post(`${path}/${verb}`, body, under(verb))
      expect([second.status, second.data], first.text).toEqual([first.status, first.data])
      expect([first.status < 300, isReplay(second)], `${verb} ${first.text}`).toEqual([true, true])
    }
  })

  it('finds the session gone after it was deleted', async () => {
    const path = await completed()
    expect((await api.post(`${path}/process`, {}, under('p'))).status).toBe(200)
    expect((await api.delete(path)).status).toBe(200)
    expectError(await api.post(`${path}/process`, {}, under('p')), 404, 'SESSION_NOT_FOUND')
  })
})

describe('after 24 hours', () => {
  it('a key is new again, swept or not, in D1 and in the object', async () => {
    const first = await create('order-1')
    const path = await completed()
    await api.post(`${path}/process`, {}, under('p'))
    await env.DB.prepare('UPDATE idempotency_keys SET at = at - 86400000').run()
    const id = path.split('/').at(-1) ?? ''
    await runInDurableObject(objectOf(id), (_object, state) => {
      state.storage.sql.exec('UPDATE idempotency SET at = at - 86400000')
    })
    coldStart(env)
    const second = await create('order-1', { client_id: 'c-2' })
    expect([second.status, isReplay(second)]).toEqual([201, false])
    expect(textAt(second.data, 'session_id')).not.toBe(textAt(first.data, 'session_id'))
    expect(isReplay(await api.post(`${path}/process`, {}, under('p')))).toBe(false)
  })

  it('the cron sweeps its row', async () => {
    await create('order-1')
    await create('order-2')
    await env.DB.prepare(
      `UPDATE idempotency_keys SET at = at - 86400000
       WHERE rowid = (SELECT min(rowid) FROM idempotency_keys WHERE tenant_id = ?)`,
    )
      .bind(world.tenant.tenant_id)
      .run()
    await handleSchedule(composed().deps, 0)
    expect(await countOf('idempotency_keys')).toBe(1)
  })
})
