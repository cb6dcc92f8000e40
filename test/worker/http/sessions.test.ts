import { beforeEach, describe, expect, it } from 'vitest'
import { simpleWorkflow } from '../../support/fixtures/workflow.ts'
import type { Client } from '../../support/api.ts'
import { clientOf, expectError, linkOf, send, textAt, valueAt } from '../../support/api.ts'
import { recorder } from '../../support/instrument.ts'
import { composed, makeWorld, type World } from '../../support/world.ts'

let world: World
let api: Client
beforeEach(async () => {
  world = await makeWorld({ definition: simpleWorkflow({ ttl_days: 3 }) })
  api = clientOf(world.key)
})

async function create(changes: object = {}) {
  const created = await api.post('/kyc/sessions', { workflow_id: world.workflowId, ...changes })
  expect(created.status, created.text).toBe(201)
  const id = textAt(created.data, 'session_id')
  const token = textAt(created.data, 'access_token')
  return { id, path: `/kyc/sessions/${id}`, token, link: linkOf(token), data: created.data, headers: created.headers }
}

async function completed() {
  const session = await create()
  await session.link('/start', {})
  expect((await session.link('/step/person/complete', { form_data: { full_name: 'Anna Eriksson' } })).status).toBe(200)
  return session
}

describe('POST /kyc/sessions', () => {
  it('answers the session with its link, and no other answer ever shows it', async () => {
    const session = await create({
      metadata: { user_email: 'a@b.example' },
      client_id: 'c-1',
      language: 'de',
      redirect_url: 'https://x.example.com/',
    })
    expect(session.data).toMatchObject({
      status: 'draft',
      compliance_status: 'incomplete',
      version: 1,
      current_step_index: 0,
      total_steps: 1,
      metadata: { user_email: 'a@b.example' },
      client_id: 'c-1',
      language: 'de',
      redirect_url: 'https://x.example.com/',
      custom_tags: ['tag-a'],
      access_link: `http://kyc.test/v/${session.token}`,
      parent_session_id: null,
      final_decision: null,
      processing_results: null,
    })
    const life = Date.parse(textAt(session.data, 'expires_at')) - Date.parse(textAt(session.data, 'created_at'))
    expect(life).toBe(3 * 86_400_000)
    expect(session.headers.get('etag')).toBe('"1"')
    for (const path of [session.path, '/kyc/sessions']) expect((await api.get(path)).text).not.toContain(session.token)
    expect((await api.get(session.path)).text).not.toMatch(/nonce|generation|webhook_sequence/)
  })

  it('refuses a workflow that is not there, is deleted or of another tenant', async () => {
    const other = await makeWorld()
    expectError(await api.post('/kyc/sessions', { workflow_id: other.workflowId }), 404, 'WORKFLOW_NOT_FOUND')
    expectError(await api.post('/kyc/sessions', { workflow_id: composed().deps.ids.uuid() }), 404, 'WORKFLOW_NOT_FOUND')
    await api.delete(`/kyc/workflows/${world.workflowId}`)
    expectError(await api.post('/kyc/sessions', { workflow_id: world.workflowId }), 404, 'WORKFLOW_NOT_FOUND')
  })

  it('refuses metadata over 16 KiB and a redirect that is not https', async () => {
    const big = await api.post('/kyc/sessions', {
      workflow_id: world.workflowId,
      metadata: { a: 'x'.repeat(16 * 1024) },
    })
    expectError(big, 400, 'INVALID_REQUEST')
    expect(big.error?.details?.[0]?.path).toBe('metadata')
    const http = await api.post('/kyc/sessions', {
      workflow_id: world.workflowId,
      redirect_url: 'http://x.example.com',
    })
    expectError(http, 400, 'INVALID_REQUEST')
    expect(http.error?.details?.[0]?.path).toBe('redirect_url')
  })

  it('uses the newest version of a workflow, also when an older one is remembered', async () => {
    await create()
    const { scope } = world.actor
    const { deps } = composed()
    // As another isolate would: past this one's memory.
    await deps.workflows.insertVersion(scope, {
      workflow_id: world.workflowId,
      version: 2,
      definition: simpleWorkflow({ name: 'Second' }),
      created_at: deps.clock.now(scope),
    })
    expect((await create()).data).toMatchObject({ workflow_version: 2, workflow_name: 'Second' })
  })
})

describe('GET /kyc/sessions/{id}', () => {
  it('shows a seed from D1 and an opened session from its object', async () => {
    const session = await create()
    recorder.reset()
    const seed = await api.get(session.path)
    expect(seed.data).toMatchObject({ status: 'draft', version: 1 })
    expect(recorder.ofWorker()).toEqual(['D1 batch'])
    await session.link('/start', {})
    recorder.reset()
    const opened = await api.get(session.path)
    expect(opened.data).toMatchObject({ status: 'active', compliance_status: 'pending' })
    expect(opened.headers.get('etag')).toBe(`"${String(valueAt(opened.data, 'version'))}"`)
    expect(recorder.ofWorker()).toEqual(['D1 batch', 'OBJECT read'])
  })
})

describe('GET /kyc/sessions', () => {
  it('pages through all sessions once, newest first, and binds the cursor to the question', async () => {
    const made: string[] = []
    for (let count = 0; count < 5; count++) made.push((await create()).id)
    const seen: string[] = []
    let query = '?limit=2'
    for (let page = 0; page < 3; page++) {
      const answer = await api.get(`/kyc/sessions${query}`)
      const rows = valueAt(answer.data, 'sessions')
      if (!Array.isArray(rows)) throw new Error('no rows')
      seen.push(...rows.map((row) => textAt(row, 'session_id')))
      const cursor = valueAt(answer.data, 'pagination', 'next_cursor')
      expect(valueAt(answer.data, 'pagination', 'has_more')).toBe(page < 2)
      if (typeof cursor !== 'string') continue
      query = `?limit=2&cursor=${cursor}`
      expectError(await api.get(`/kyc/sessions${query}&status=draft`), 400, 'INVALID_CURSOR')
      expectError(await api.get(`/kyc/sessions${query}&sort=created_at`), 400, 'INVALID_CURSOR')
      expectError(await clientOf((await makeWorld()).key).get(`/kyc/sessions${query}`), 400, 'INVALID_CURSOR')
    }
    expect(seen).toEqual(made.toReversed())
  })

  it('filters by status and sums up all that match', async () => {
    await create()
    const second = await create()
    expect((await api.patch(second.path, { status: 'rejected', reason: 'no' })).status).toBe(200)
    const listed = await api.get('/kyc/sessions?status=rejected,approved&include_summary=true')
    expect(listed.data).toMatchObject({
      sessions: [{ session_id: second.id, status: 'rejected', final_decision: 'rejected' }],
      summary: { total: 1, status_counts: { rejected: 1, draft: 0 }, inbox_counts: { rejected: 1, incomplete: 0 } },
    })
    expect(valueAt((await api.get('/kyc/sessions')).data, 'summary')).toBeUndefined()
  })
})

describe('PATCH /kyc/sessions/{id}', () => {
  it('decides, and the next list shows it', async () => {
    const session = await completed()
    const patched = await api.patch(session.path, {
      status: 'approved',
      reason: 'seen',
      notes: 'a note',
      on_behalf_of: 'Kim',
    })
    expect(patched.data).toMatchObject({
      status: 'approved',
      compliance_status: 'approved',
      final_decision: 'approved',
      decision: { by: 'reviewer', reviewer: 'test key', on_behalf_of: 'Kim', reason: 'seen' },
      notes: [{ text: 'a note', by: { type: 'api_key', name: 'test key' } }],
    })
    expect(valueAt((await api.get('/kyc/sessions')).data, 'sessions', 0, 'status')).toBe('approved')
  })

  it('merges metadata by key, clears the client id with null, and changes nothing for an empty body', async () => {
    const session = await create({ metadata: { a: 1, b: 2 }, client_id: 'c' })
    const merged = await api.patch(session.path, { metadata: { b: null, c: [3] }, client_id: null })
    expect(merged.data).toMatchObject({ client_id: null })
    expect(valueAt(merged.data, 'metadata')).toEqual({ a: 1, c: [3] })
    const again = await api.patch(session.path, {})
    expect(again.headers.get('etag')).toBe(merged.headers.get('etag'))
  })

  it('says from where to where a move is not possible', async () => {
    const session = await create()
    const refused = await api.patch(session.path, { status: 'manual_review' })
    expectError(refused, 400, 'INVALID_STATUS_TRANSITION')
    expect(refused.error?.details?.[0]).toMatchObject({
      path: 'status',
      from: 'draft',
      to: 'manual_review',
      allowed: expect.arrayContaining(['rejected']),
    })
    expectError(await api.patch(session.path, { status: 'processing' }), 400, 'INVALID_REQUEST')
  })

  it('is refused with 412 when another version was seen', async () => {
    const session = await create()
    const patch = (etag: string) =>
      send('PATCH', session.path, { key: world.key, body: { notes: 'x' }, headers: { 'if-match': etag } })
    expect((await patch('"1"')).status).toBe(200)
    expectError(await patch('"1"'), 412, 'VERSION_CONFLICT')
  })
})

describe('POST …/process', () => {
  it('refuses a session that is not completed', async () => {
    expectError(await api.post(`${(await create()).path}/process`), 400, 'SESSION_NOT_COMPLETED')
  })

  it('without a check to run decides at once, and answers the same again', async () => {
    const session = await completed()
    const processed = await api.post(`${session.path}/process`, { wait_seconds: 5 })
    expect(processed.data).toMatchObject({
      session_id: session.id,
      status: 'manual_review',
      processing_results: { final_decision: 'manual_review', superseded_at: null },
    })
    expect((await api.post(`${session.path}/process`)).data).toEqual(processed.data)
  })
})

describe('DELETE /kyc/sessions/{id}', () => {
  it('leaves nothing: not for the tenant, not behind the link, not in lists', async () => {
    const session = await completed()
    const deleted = await api.delete(session.path)
    expect(deleted.data).toEqual({
      session_id: session.id,
      deleted: true,
      documents_deleted: 0,
      subsessions_deleted: 0,
    })
    expectError(await api.get(session.path), 404, 'SESSION_NOT_FOUND')
    expectError(await api.delete(session.path), 404, 'SESSION_NOT_FOUND')
    expectError(await api.patch(session.path, { notes: 'x' }), 404, 'SESSION_NOT_FOUND')
    expectError(await session.link(''), 404, 'LINK_NOT_FOUND')
    expectError(await session.link('/start', {}), 404, 'LINK_NOT_FOUND')
    expect(valueAt((await api.get('/kyc/sessions')).data, 'sessions')).toEqual([])
  })
})
