// What each route says to input that is wrong; and that no refusal shows anything from inside.

import { beforeEach, describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../../src/domain/errors.ts'
import type { Answer, Call } from '../../support/api.ts'
import { expectError, send } from '../../support/api.ts'
import { recorder } from '../../support/instrument.ts'
import { composed, makeWorld, newSession } from '../../support/world.ts'

let key: string
let ids: { session: string; workflow: string; token: string }
beforeEach(async () => {
  const world = await makeWorld()
  const session = await newSession(world)
  key = world.key
  ids = { session: session.state.session_id, workflow: world.workflowId, token: session.accessToken }
})

type Bodied = { method: string; path: () => string; good: () => object }
const BODIED: Record<string, Bodied> = {
  'POST /kyc/sessions': { method: 'POST', path: () => '/kyc/sessions', good: () => ({ workflow_id: ids.workflow }) },
  'PATCH /kyc/sessions/{id}': {
    method: 'PATCH',
    path: () => `/kyc/sessions/${ids.session}`,
    good: () => ({ notes: 'x' }),
  },
  'POST …/process': {
    method: 'POST',
    path: () => `/kyc/sessions/${ids.session}/process`,
    good: () => ({ wait_seconds: 0 }),
  },
  'POST /kyc/workflows': {
    method: 'POST',
    path: () => '/kyc/workflows',
    good: () => ({ name: 'W', steps: [{ type: 'selfie' }] }),
  },
  'POST …/from-template': { method: 'POST', path: () => '/kyc/workflows/from-template/basic-kyc', good: () => ({}) },
  'PUT /kyc/workflows/{id}': {
    method: 'PUT',
    path: () => `/kyc/workflows/${ids.workflow}`,
    good: () => ({ name: 'W', steps: [{ type: 'selfie' }] }),
  },
  'POST …/start': { method: 'POST', path: () => `/public/sessions/${ids.token}/start`, good: () => ({}) },
  'POST …/upload/init': {
    method: 'POST',
    path: () => `/public/sessions/${ids.token}/upload/init`,
    good: () => ({ step_id: 'person', document_type: 'id', file_name: 'a.jpg', mime_type: 'image/jpeg', size: 5 }),
  },
  'POST …/upload/confirm': {
    method: 'POST',
    path: () => `/public/sessions/${ids.token}/upload/confirm`,
    good: () => ({ doc_id: `doc_${composed().deps.ids.short()}` }),
  },
  'POST …/save': {
    method: 'POST',
    path: () => `/public/sessions/${ids.token}/step/person/save`,
    good: () => ({ form_data: {} }),
  },
  'POST …/skip': { method: 'POST', path: () => `/public/sessions/${ids.token}/step/person/skip`, good: () => ({}) },
  'POST …/complete': {
    method: 'POST',
    path: () => `/public/sessions/${ids.token}/step/person/complete`,
    good: () => ({}),
  },
}

describe.each(Object.entries(BODIED))('%s', (_name, { method, path, good }) => {
  const call = (changes: Call): Promise<Answer> => send(method, path(), { key, ...changes })
  const asJson = { 'content-type': 'application/json' }

  it.each(['{', '{"a":1,}', 'null x', '', '\u0000'])('malformed JSON %j is INVALID_JSON', async (raw) => {
    expectError(await call({ raw, headers: asJson }), 400, 'INVALID_JSON')
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])(
    'content type %s is INVALID_JSON',
    async (type) => {
      expectError(await call({ raw: JSON.stringify(good()), headers: { 'content-type': type } }), 400, 'INVALID_JSON')
    },
  )

  it('a body without a content type is INVALID_JSON', async () => {
    const raw = new TextEncoder().encode(JSON.stringify(good()))
    expectError(await call({ raw }), 400, 'INVALID_JSON')
  })

  it.each([[[]], ['x'], [1], [true], [null]])('%j in place of an object is INVALID_REQUEST', async (body) => {
    expectError(await call({ body }), 400, 'INVALID_REQUEST')
  })

  it('an unknown field is named', async () => {
    const answer = await call({ body: { ...good(), surprise: 1 } })
    expectError(answer, 400, 'INVALID_REQUEST')
    expect(answer.error?.message).toContain('surprise')
    expect(answer.error?.details).toContainEqual({ path: 'surprise', message: 'is not known here: leave it out' })
  })

  it('a body over 256 KiB is BODY_TOO_LARGE, with a length or streamed', async () => {
    const raw = JSON.stringify({ ...good(), pad: 'x'.repeat(256 * 1024) })
    expectError(await call({ raw, headers: asJson }), 400, 'BODY_TOO_LARGE')
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(raw))
        controller.close()
      },
    })
    expectError(await call({ raw: stream, headers: asJson }), 400, 'BODY_TOO_LARGE')
  })

  it('an unknown query parameter is named', async () => {
    const answer = await send(method, `${path()}?dry_run=true`, { key, body: good() })
    expectError(answer, 400, 'INVALID_REQUEST')
    expect(answer.error?.details).toContainEqual({ path: 'dry_run', message: 'is not known here: leave it out' })
  })
})

describe('an id of the wrong form is that object’s 404, without a hop', () => {
  it.each<[string, string, ErrorCode]>([
    ['GET', '/kyc/sessions/1', 'SESSION_NOT_FOUND'],
    ['GET', "/kyc/sessions/'%20OR%201=1--", 'SESSION_NOT_FOUND'],
    ['PATCH', '/kyc/sessions/00000000-0000-4000-8000-000000000000', 'SESSION_NOT_FOUND'],
    ['DELETE', '/kyc/sessions/x', 'SESSION_NOT_FOUND'],
    ['POST', '/kyc/sessions/x/process', 'SESSION_NOT_FOUND'],
    ['GET', '/kyc/sessions/019ab1f4-6b00-7c3a-9d52-3f1e8a6b4c21/documents/x/url', 'DOCUMENT_NOT_FOUND'],
    ['GET', '/kyc/workflows/x', 'WORKFLOW_NOT_FOUND'],
    ['GET', '/kyc/workflows/x/versions', 'WORKFLOW_NOT_FOUND'],
    ['PUT', '/kyc/workflows/x', 'WORKFLOW_NOT_FOUND'],
    ['DELETE', '/kyc/workflows/x', 'WORKFLOW_NOT_FOUND'],
    ['POST', '/kyc/workflows/from-template/nope', 'WORKFLOW_NOT_FOUND'],
  ])('%s %s', async (method, path, code) => {
    await send('GET', '/kyc/meta/transitions', { key })
    recorder.reset()
    const body = method === 'PATCH' || method === 'PUT' ? { name: 'W', steps: [{ type: 'selfie' }] } : undefined
    expectError(await send(method, path, { key, body }), 404, code)
    expect(recorder.ofWorker()).toEqual([])
  })

  it.each(['x', 'AQEA', 'A'.repeat(120), 'A'.repeat(5_000), '..%2f..'])('a forged link %s', async (token) => {
    recorder.reset()
    for (const path of ['', '/workflow'])
      expectError(await send('GET', `/public/sessions/${token}${path}`), 404, 'LINK_NOT_FOUND')
    expectError(await send('POST', `/public/sessions/${token}/start`, { body: {} }), 404, 'LINK_NOT_FOUND')
    expect((await send('GET', `/v/${token}`)).status).toBe(404)
    expect(recorder.ofWorker()).toEqual([])
  })
})

describe('a query that is wrong', () => {
  it.each([
    ['/kyc/sessions?limit=0', 'limit'],
    ['/kyc/sessions?limit=101', 'limit'],
    ['/kyc/sessions?limit=5&limit=6', 'limit'],
    ['/kyc/sessions?status=nope', 'status[0]'],
    ['/kyc/sessions?sort=name', 'sort'],
    ['/kyc/sessions?created_from=yesterday', 'created_from'],
    ['/kyc/sessions?q=a', 'q'],
    ['/kyc/sessions?page=2', 'page'],
    ['/kyc/workflows?status=active', 'status'],
    ['/kyc/meta/transitions?x=1', 'x'],
  ])('%s names it', async (path, place) => {
    const answer = await send('GET', path, { key })
    expectError(answer, 400, 'INVALID_REQUEST')
    expect(answer.error?.details?.[0]?.path).toBe(place)
  })

  it.each(['x', 'eyJhIjoxfQ', '%00', 'bnVsbA'])('a cursor that reads %s is INVALID_CURSOR', async (cursor) => {
    expectError(await send('GET', `/kyc/sessions?cursor=${cursor}`, { key }), 400, 'INVALID_CURSOR')
    expectError(await send('GET', `/kyc/workflows?cursor=${cursor}`, { key }), 400, 'INVALID_CURSOR')
  })
})

describe('no route', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/kyc'],
    ['GET', '/kyc/nothing'],
    ['PUT', '/kyc/sessions'],
    ['POST', '/kyc/meta/transitions'],
    ['DELETE', '/healthz'],
    ['GET', '/kyc/sessions/'],
  ])('%s %s is ROUTE_NOT_FOUND, with a token and without', async (method, path) => {
    expectError(await send(method, path), 404, 'ROUTE_NOT_FOUND')
    expectError(await send(method, path, { key }), 404, 'ROUTE_NOT_FOUND')
  })
})

describe('a malformed If-Match', () => {
  it.each(['1', 'W/"1"', '"a"', '*'])('%s is INVALID_REQUEST', async (etag) => {
    for (const [method, path] of [
      ['PATCH', `/kyc/sessions/${ids.session}`],
      ['POST', `/kyc/sessions/${ids.session}/process`],
    ] as const) {
      const answer = await send(method, path, { key, body: {}, headers: { 'if-match': etag } })
      expectError(answer, 400, 'INVALID_REQUEST')
      expect(answer.error?.details?.[0]?.path).toBe('If-Match')
    }
  })
})

describe('what breaks inside', () => {
  it('is one fixed sentence with a request id, nothing more', async () => {
    recorder.fault = (hop) =>
      hop.binding === 'D1' ? new Error('D1_ERROR: no such table: sessions: SQLITE_ERROR') : null
    try {
      const failed = await send('GET', '/kyc/sessions', { key })
      expectError(failed, 500, 'INTERNAL_ERROR')
      expect(failed.error?.details).toBeUndefined()
      const page = await send('GET', `/v/${ids.token}`)
      expect([page.status, page.text.includes('http-equiv="refresh"')]).toEqual([500, true])
      expect(page.text).not.toMatch(/D1|SQL/)
    } finally {
      recorder.reset()
    }
  })
})
