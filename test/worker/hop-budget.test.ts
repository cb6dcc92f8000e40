// The hops of docs/architecture: what each request costs before its answer, counted through instrumented bindings.

import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JPEG } from '../support/fixtures/files.ts'
import { documentRequirement, simpleWorkflow, workflowOf } from '../support/fixtures/workflow.ts'
import { coldStart, recorder } from '../support/instrument.ts'
import { loadLists } from '../support/watchlists.ts'
import { makeWorld, newSession, objectOf, type World } from '../support/world.ts'

const BASE = 'http://kyc.test'

let world: World
beforeEach(async () => {
  world = await makeWorld({ definition: twoSteps() })
  recorder.reset()
})
afterEach(() => recorder.reset())

/** Sends one request and tells the hops that its answer waited for. */
async function hopsOf(
  method: string,
  path: string,
  body?: unknown,
  idempotencyKey?: string,
): Promise<{ status: number; hops: string[]; objectHops: string[]; data: unknown }> {
  recorder.reset()
  // The access line of an object-side read follows the answer: one that waits for it must not hold it up.
  const answered = Promise.withResolvers<null>()
  recorder.fault = (hop) => (hop.by === 'worker' && hop.call === 'run' ? answered.promise : null)
  const headers = {
    authorization: `Bearer ${world.key}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  }
  const request = new Request(`${BASE}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const response = await exports.default.fetch(request)
  const answer: { data?: unknown } = await response.json()
  answered.resolve(null)
  const hops = recorder.ofWorker().filter((hop) => hop !== 'D1 run')
  return { status: response.status, hops, objectHops: recorder.ofObjects(), data: answer.data }
}

/** Workflow `upload` → `person`, both required. */
function twoSteps() {
  const [person] = simpleWorkflow().steps
  if (person === undefined) throw new Error('fixture')
  return workflowOf([
    {
      step_id: 'upload',
      order: 1,
      name: 'upload',
      required: false,
      description: null,
      instructions: null,
      type: 'document_upload',
      document_requirements: [documentRequirement('proof_of_address')],
    },
    { ...person, order: 2 },
  ])
}

async function openedSession(): Promise<{ id: string; link: string }> {
  const session = await newSession(world)
  const link = `/public/sessions/${session.accessToken}`
  await hopsOf('POST', `${link}/start`, {})
  return { id: session.state.session_id, link }
}

describe('hops before the answer', () => {
  it('create: warm one D1 batch, cold at most three', async () => {
    coldStart(env)
    const cold = await hopsOf('POST', '/kyc/sessions', { workflow_id: world.workflowId })
    expect(cold.status).toBe(201)
    expect(cold.hops.length).toBeLessThanOrEqual(3)
    expect(cold.hops.every((hop) => hop.startsWith('D1'))).toBe(true)
    const warm = await hopsOf('POST', '/kyc/sessions', { workflow_id: world.workflowId })
    expect([warm.status, warm.hops, warm.objectHops]).toEqual([201, ['D1 batch'], []])
  })

  it('create under an Idempotency-Key: one D1 batch, the first time and when it is repeated', async () => {
    await hopsOf('POST', '/kyc/sessions', { workflow_id: world.workflowId })
    for (let round = 0; round < 2; round += 1) {
      const { status, hops, objectHops } = await hopsOf('POST', '/kyc/sessions', { workflow_id: world.workflowId }, 'k')
      expect([status, hops, objectHops]).toEqual([201, ['D1 batch'], []])
    }
  })

  it('a command under an Idempotency-Key: one object call, and D1 is written to once', async () => {
    const { id } = await openedSession()
    await objectOf(id).project()
    await hopsOf('GET', '/kyc/sessions')
    const path = `/kyc/sessions/${id}/generate-link`
    const first = await hopsOf('POST', path, {}, 'k')
    expect([first.status, first.hops, first.objectHops]).toEqual([200, ['OBJECT execute'], ['D1 batch']])
    const second = await hopsOf('POST', path, {}, 'k')
    expect([second.status, second.hops, second.objectHops]).toEqual([200, ['OBJECT execute'], []])
  })

  it('open a link that nobody has written to: one D1 read and no object, cold or warm', async () => {
    const session = await newSession(world)
    const path = `/public/sessions/${session.accessToken}`
    for (const isCold of [true, false]) {
      if (isCold) coldStart(env)
      const { status, hops, objectHops } = await hopsOf('GET', path)
      expect([status, hops, objectHops]).toEqual([200, ['D1 batch'], []])
    }
  })

  it('open a link of an opened session: one object call, the first in an isolate one D1 read before it', async () => {
    const { link } = await openedSession()
    coldStart(env)
    const cold = await hopsOf('GET', link)
    expect([cold.status, cold.hops]).toEqual([200, ['D1 batch', 'OBJECT read']])
    const warm = await hopsOf('GET', link)
    expect([warm.status, warm.hops]).toEqual([200, ['OBJECT read']])
  })

  it.each([
    ['save', 'person', { form_data: { full_name: 'Anna' } }],
    ['complete', 'person', { form_data: { full_name: 'Anna' } }],
    ['skip', 'upload', {}],
  ])('%s a step: one object call, cold or warm', async (verb, step, body) => {
    const { link } = await openedSession()
    for (const isCold of [true, false]) {
      if (isCold) coldStart(env)
      const { hops } = await hopsOf('POST', `${link}/step/${step}/${verb}`, body)
      expect(hops).toEqual(['OBJECT execute'])
    }
  })

  it('confirm an upload: one R2 read, then one object call', async () => {
    const { id, link } = await openedSession()
    const announced = await hopsOf('POST', `${link}/upload/init`, {
      step_id: 'upload',
      document_type: 'proof_of_address',
      file_name: 'bill.jpg',
      mime_type: 'image/jpeg',
      size: JPEG.length,
    })
    expect([announced.status, announced.hops]).toEqual([200, ['OBJECT execute']])
    const docId = (announced.data as { doc_id: string }).doc_id
    await env.DOCUMENTS.put(`${id}/${docId}`, JPEG)
    coldStart(env)
    for (let round = 0; round < 2; round += 1) {
      const { status, hops } = await hopsOf('POST', `${link}/upload/confirm`, { doc_id: docId })
      expect([status, hops]).toEqual([200, ['R2 get', 'OBJECT execute']])
    }
  })

  it('read a session: one D1 read, then one object call if the object owns it; the key once a minute', async () => {
    const seed = await newSession(world)
    await hopsOf('GET', '/kyc/sessions')
    const unopened = await hopsOf('GET', `/kyc/sessions/${seed.state.session_id}`)
    expect([unopened.status, unopened.hops]).toEqual([200, ['D1 batch']])
    const { id } = await openedSession()
    const opened = await hopsOf('GET', `/kyc/sessions/${id}`)
    expect([opened.status, opened.hops]).toEqual([200, ['D1 batch', 'OBJECT read']])
    coldStart(env)
    const cold = await hopsOf('GET', `/kyc/sessions/${id}`)
    expect(cold.hops.length).toBe(3)
    expect(cold.hops.slice(1)).toEqual(['D1 batch', 'OBJECT read'])
  })

  it('list: one D1 batch, with or without the summary', async () => {
    await hopsOf('GET', '/kyc/sessions')
    for (const query of ['', '?include_summary=true', '?status=draft,active&limit=5']) {
      const { status, hops, objectHops } = await hopsOf('GET', `/kyc/sessions${query}`)
      expect([status, hops, objectHops]).toEqual([200, ['D1 batch'], []])
    }
    coldStart(env)
    expect((await hopsOf('GET', '/kyc/sessions')).hops.length).toBe(2)
  })

  it('patch: one object call, in which one D1 write is awaited', async () => {
    const { id } = await openedSession()
    await objectOf(id).project()
    await hopsOf('GET', '/kyc/sessions')
    const { status, hops, objectHops } = await hopsOf('PATCH', `/kyc/sessions/${id}`, { notes: 'seen' })
    expect([status, hops, objectHops]).toEqual([200, ['OBJECT execute'], ['D1 batch']])
    coldStart(env)
    const cold = await hopsOf('PATCH', `/kyc/sessions/${id}`, { notes: 'seen again' })
    expect(cold.hops.slice(1)).toEqual(['OBJECT execute'])
    expect(cold.hops.length).toBe(2)
  })

  it.each([
    ['generate-link', {}],
    ['extend', { ttl_days: 1 }],
  ])('%s: one object call, in which one D1 write is awaited', async (verb, body) => {
    const { id } = await openedSession()
    await objectOf(id).project()
    await hopsOf('GET', '/kyc/sessions')
    const { status, hops, objectHops } = await hopsOf('POST', `/kyc/sessions/${id}/${verb}`, body)
    expect([status, hops, objectHops]).toEqual([200, ['OBJECT execute'], ['D1 batch']])
  })

  it('the trail: one D1 read, then one object call if the object owns it', async () => {
    const { id } = await openedSession()
    await hopsOf('GET', '/kyc/sessions')
    expect((await hopsOf('GET', `/kyc/sessions/${id}/events`)).hops).toEqual(['D1 batch', 'OBJECT events'])
    const seed = await newSession(world)
    expect((await hopsOf('GET', `/kyc/sessions/${seed.state.session_id}/events`)).hops).toEqual(['D1 batch'])
  })

  it('add a subsession: the parent, its workflow and one object call that waits for both rows', async () => {
    const { id } = await openedSession()
    await objectOf(id).project()
    await hopsOf('GET', '/kyc/sessions')
    const added = await hopsOf('POST', `/kyc/sessions/${id}/subsessions`, { relationship: 'ubo' })
    expect(added.status).toBe(201)
    expect(added.hops.length).toBeLessThanOrEqual(4)
    expect(added.hops.at(-1)).toBe('OBJECT execute')
  })

  it('look names up: one D1 batch for the line, and one call to the engine', async () => {
    await hopsOf('GET', '/kyc/sessions')
    for (const entries of [[], null]) {
      loadLists(entries)
      const { status, hops } = await hopsOf('POST', '/kyc/screenings', { subjects: [{ name: 'Anna' }, { name: 'Bo' }] })
      expect([status, hops.toSorted()]).toEqual([200, ['D1 batch', 'SCREENING screen']])
    }
  })

  it('a forged token: none', async () => {
    const session = await newSession(world)
    const forged = `${session.accessToken.slice(0, -4)}AAAA`
    for (const path of [forged, 'not-a-token', `${session.accessToken}x`]) {
      const { status, hops } = await hopsOf('GET', `/public/sessions/${path}`)
      expect([status, hops]).toEqual([404, []])
    }
  })
})
