// A link from its making to its end, seen by several isolates and under several master keys. An app is what an isolate
// holds in memory; D1 and objects are the same for all.

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import { compose } from '../../../src/platform/compose.ts'
import { textAt, valueAt } from '../../support/api.ts'
import { instrument, recorder } from '../../support/instrument.ts'
import { makeWorld, type World } from '../../support/world.ts'

const FIRST = `1:${'A'.repeat(43)}`
const SECOND = `2:${'B'.repeat(42)}A`

let world: World
beforeEach(async () => {
  world = await makeWorld()
})

type Seen = { status: number; code: unknown; data: unknown; hops: string[] }
type Ask = (method: string, path: string, body?: object) => Promise<Seen>

function isolate(masterKeys?: string): Ask {
  const own = { ...instrument(env, 'worker'), ...(masterKeys === undefined ? {} : { ACCESS_TOKEN_KEYS: masterKeys }) }
  const app = createApp(compose(own).deps)
  return async (method, path, body) => {
    const ctx = createExecutionContext()
    recorder.reset()
    const headers = { authorization: `Bearer ${world.key}`, 'content-type': 'application/json' }
    const request = new Request(`http://kyc.test${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    })
    const response = await app.fetch(request, own, ctx)
    const answer: unknown = await response.json()
    const hops = recorder.ofWorker()
    await waitOnExecutionContext(ctx)
    return { status: response.status, code: valueAt(answer, 'error', 'code'), data: valueAt(answer, 'data'), hops }
  }
}

const create = async (ask: Ask) => {
  const { data } = await ask('POST', '/kyc/sessions', { workflow_id: world.workflowId })
  return { id: textAt(data, 'session_id'), link: `/public/sessions/${textAt(data, 'access_token')}` }
}
const regenerate = async (ask: Ask, id: string): Promise<string> =>
  `/public/sessions/${textAt((await ask('POST', `/kyc/sessions/${id}/generate-link`, {})).data, 'access_token')}`

describe('a new link', () => {
  it('kills the old one at once, also where the owner is remembered, for reads and for writes', async () => {
    const [near, far] = [isolate(), isolate()]
    const { id, link } = await create(near)
    expect((await near('POST', `${link}/start`, {})).status).toBe(200)
    expect((await near('GET', link)).hops[0]).toBe('OBJECT read')
    const renewed = await regenerate(far, id)
    for (const ask of [near, far]) {
      for (const [method, path, body] of [
        ['GET', link],
        ['GET', `${link}/workflow`],
        ['POST', `${link}/start`, {}],
        ['POST', `${link}/step/person/complete`, { form_data: { full_name: 'Anna' } }],
      ] as const) {
        const { status, code, data } = await ask(method, path, body)
        expect([path, status, code, data]).toEqual([path, 404, 'LINK_NOT_FOUND', undefined])
      }
      expect((await ask('GET', renewed)).status).toBe(200)
    }
    expect((await near('POST', `${renewed}/step/person/save`, { form_data: { full_name: 'Anna' } })).status).toBe(200)
  })

  it('of a session that nobody has written to kills the old one too', async () => {
    const ask = isolate()
    const { id, link } = await create(ask)
    expect((await ask('GET', link)).status).toBe(200)
    const renewed = await regenerate(ask, id)
    const again = await regenerate(ask, id)
    for (const dead of [link, renewed]) expect((await ask('GET', dead)).code).toBe('LINK_NOT_FOUND')
    expect((await ask('GET', again)).status).toBe(200)
  })
})

describe('master keys', () => {
  it('a link made under an old one opens while that is in the list, and costs nothing once it is gone', async () => {
    const [before, during, after] = [isolate(FIRST), isolate(`${FIRST},${SECOND}`), isolate(SECOND)]
    const old = await create(before)
    const late = await create(during)
    for (const ask of [before, during]) expect((await ask('GET', old.link)).status).toBe(200)
    expect((await during('POST', `${old.link}/start`, {})).status).toBe(200)
    for (const ask of [during, after]) expect((await ask('GET', late.link)).status).toBe(200)
    const dead = await after('GET', old.link)
    expect([dead.status, dead.code, dead.hops]).toEqual([404, 'LINK_NOT_FOUND', []])
    // The session itself lives on: a new link under the new key opens it.
    expect((await after('GET', await regenerate(after, old.id))).status).toBe(200)
  })

  it('that somebody else holds under the same id open nothing', async () => {
    const { link } = await create(isolate(`1:${'C'.repeat(42)}A`))
    const { status, hops } = await isolate(FIRST)('GET', link)
    expect([status, hops]).toEqual([404, []])
  })
})
