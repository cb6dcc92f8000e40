import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { checkHealth, PROBE_LIMIT_MS } from '../../../src/application/operations/check-health.ts'
import { PERMISSIONS } from '../../../src/application/actor.ts'
import { expectError, expectNothingFromInside, send, valueAt } from '../../support/api.ts'
import { recorder } from '../../support/instrument.ts'
import { composed, makeWorld } from '../../support/world.ts'

afterEach(() => recorder.reset())

const deep = (key: string | null) => send('GET', '/healthz?deep=1', { key })

describe('GET /healthz?deep=1', () => {
  it('asks each part of the deployment once and says how long it took', async () => {
    const { key } = await makeWorld()
    await deep(key)
    recorder.reset()
    const answer = await deep(key)
    expect(answer.status).toBe(200)
    const measured = { state: 'ok', ms: expect.any(Number) }
    const configured = { state: 'configured', ms: null }
    expect(valueAt(answer.data, 'components')).toEqual([
      { component: 'database', ...measured },
      { component: 'documents', ...measured },
      { component: 'session_objects', ...measured },
      { component: 'assets', ...measured },
      { component: 'queue_light', ...configured },
      { component: 'queue_reader', ...configured },
      { component: 'queue_faces', ...configured },
      { component: 'queue_screening', ...configured },
      { component: 'queue_watchlists', ...configured },
    ])
    expect(recorder.ofWorker()).toEqual(['D1 first', 'R2 head', 'OBJECT ping'])
    const { objects } = await env.DOCUMENTS.list()
    expect(objects).toEqual([])
  })

  it.each([
    ['D1', 'database'],
    ['R2', 'documents'],
    ['OBJECT', 'session_objects'],
  ])('is a 500 that names the part when %s fails, and tells nothing of why', async (binding, component) => {
    const { key } = await makeWorld()
    await deep(key)
    recorder.fault = (hop) => (hop.binding === binding ? new Error('SQLITE_FULL at SELECT 1') : null)
    const answer = await deep(key)
    expectError(answer, 500, 'INTERNAL_ERROR')
    expect(answer.error?.details).toEqual([{ path: component, message: 'failed' }])
    expectNothingFromInside(answer)
  })

  it('does not wait for a part that does not answer', async () => {
    const world = await makeWorld()
    const outcome = await checkHealth(
      { ...composed().deps, probes: [{ component: 'database', ask: () => new Promise(() => undefined) }] },
      { authorization: `Bearer ${world.key}`, requestId: 'req_test' },
    )
    expect(outcome).toMatchObject({
      ok: false,
      error: {
        code: 'INTERNAL_ERROR',
        details: [{ path: 'database', message: `did not answer within ${PROBE_LIMIT_MS} ms` }],
      },
    })
  })

  it('is for a credential that manages its tenant', async () => {
    expectError(await deep(null), 401, 'MISSING_TOKEN')
    expectError(await deep(composed().deps.keyMint.mint('test').secret), 401, 'INVALID_TOKEN')
    const others = await makeWorld({ permissions: PERMISSIONS.filter((one) => one !== 'tenant:manage') })
    expectError(await deep(others.key), 403, 'MISSING_PERMISSION')
  })

  it('has one depth', async () => {
    expectError(await send('GET', '/healthz?deep=2'), 400, 'INVALID_REQUEST')
    expectError(await send('GET', '/healthz?verbose=1'), 400, 'INVALID_REQUEST')
  })
})
