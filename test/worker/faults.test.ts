// Faults that the other files of this folder do not inject: engines, uploads that nobody confirms, a deletion among
// running checks, storage that is away. docs/test-matrix.md lists all.

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { JPEG } from '../support/fixtures/files.ts'
import { eraseSession } from '../../src/application/erasure/erase-session.ts'
import type { CheckEngine } from '../../src/application/ports.ts'
import { eventOf } from '../../src/domain/audit/chain.ts'
import type { SessionState } from '../../src/domain/session/state.ts'
import { handleBatch } from '../../src/queue/handle-batch.ts'
import { clientOf, expectError, linkOf, send, textAt } from '../support/api.ts'
import { batchOf, completedSession, cryptoWorkflow, decided, jobsOf, stateOf } from '../support/check-runs.ts'
import { announceBill } from '../support/fixtures/session.ts'
import { papersStep, simpleWorkflow, workflowOf } from '../support/fixtures/workflow.ts'
import { recorder, type Hop } from '../support/instrument.ts'
import {
  asEndUser,
  asTenant,
  composed,
  eventually,
  makeWorld,
  newSession,
  objectOf,
  trailOf,
} from '../support/world.ts'

afterEach(() => recorder.reset())

const LOSE_MESSAGES = (hop: Hop) => (hop.binding.startsWith('QUEUE') ? ('lost' as const) : null)
const isAway = (binding: string) => (hop: Hop) => (hop.binding === binding ? new Error(`${binding} is away`) : null)
const PROCESS = { type: 'process', rerun: false } as const

/** The crypto check has something to search. */
beforeAll(async () => {
  const today = new Date().toISOString().slice(0, 10)
  await env.DOCUMENTS.put(`lists/crypto/test-list/${today}/addresses_ETH.txt`, `0x${'0'.repeat(40)}\n`)
})

/** In processing, its messages with nobody. */
async function processing(): Promise<string> {
  const world = await makeWorld({ definition: cryptoWorkflow() })
  const id = await completedSession(world)
  recorder.fault = LOSE_MESSAGES
  await asTenant(world, id, PROCESS)
  await eventually(async () => recorder.ofObjects().includes('QUEUE light sendBatch'), 'the jobs were sent, and lost')
  return id
}

const withCrypto = (crypto: CheckEngine) => {
  const { deps } = composed()
  return { ...deps, engines: { ...deps.engines, crypto } }
}

describe('an engine', () => {
  it.each<[string, () => Promise<never>]>([
    ['throws', () => Promise.reject(new TypeError('bytes 0..3 are no image'))],
    [
      'throws before it began',
      () => {
        throw new Error('no index')
      },
    ],
    ['is out of memory', () => Promise.reject(new RangeError('Array buffer allocation failed'))],
    ['throws what is no error', () => Promise.reject('the decoder gave up')],
  ])('that %s ends its own check as error; the others end as they do', async (_what, crypto) => {
    const id = await processing()
    const deps = withCrypto(crypto)
    const jobs = (await jobsOf(id)).toSorted((left, right) => left.check.localeCompare(right.check))
    expect(jobs.map(({ check }) => check)).toEqual(['adverse_media', 'crypto'])
    const { batch, fates } = batchOf('kyc-checks-light', jobs)
    await handleBatch(deps, batch, () => undefined)
    expect(fates).toEqual(['acked', 'retried'])

    for (const attempt of [2, 3, 4]) {
      const again = batchOf('kyc-checks-light', jobs.slice(1), attempt)
      await handleBatch(deps, again.batch, () => undefined)
      expect(again.fates).toEqual(['retried'])
    }
    expect((await stateOf(id)).status).toBe('processing')
    const dead = batchOf('kyc-checks-light-dead', jobs.slice(1))
    await handleBatch(deps, dead.batch, () => undefined)
    expect(dead.fates).toEqual(['acked'])
    const { status, processing_results } = await decided(id)
    expect(status).toBe('manual_review')
    expect(processing_results?.external_validations).toMatchObject({
      crypto: { state: 'error' },
      adverse_media: { state: 'not_configured' },
    })
    expect(JSON.stringify(processing_results)).not.toMatch(/allocation|decoder|no image|no index/)
  })

  it('that fails once and then works gives its result', async () => {
    const id = await processing()
    const jobs = (await jobsOf(id)).toSorted((left, right) => left.check.localeCompare(right.check))
    await handleBatch(
      withCrypto(() => Promise.reject(new Error('away'))),
      batchOf('kyc-checks-light', jobs).batch,
      () => undefined,
    )
    await handleBatch(composed().deps, batchOf('kyc-checks-light', jobs.slice(1), 2).batch, () => undefined)
    const { processing_results } = await decided(id)
    expect(processing_results?.external_validations.crypto).toMatchObject({ state: 'ok' })
  })
})

describe('a deletion while checks run', () => {
  it('is final: messages, dead letters and results that come later find nobody and bring nothing back', async () => {
    const id = await processing()
    const jobs = await jobsOf(id)
    const row = await env.DB.prepare('SELECT tenant_id FROM sessions WHERE session_id = ?')
      .bind(id)
      .first<{ tenant_id: string }>()
    if (row === null) throw new Error('no row')
    const actor = {
      scope: { tenantId: row.tenant_id, mode: 'test' as const },
      ref: { type: 'user' as const, id: 'u', name: null },
      permissions: ['kyc:create' as const],
    }

    let deleted: unknown = null
    // The deletion comes while the engine computes: its result is the first to come late.
    const deps = withCrypto(async (inputs, now) => {
      deleted ??= await eraseSession(composed().deps, { actor, sessionId: id })
      return composed().deps.engines.crypto(inputs, now)
    })
    const late = batchOf('kyc-checks-light', jobs)
    await handleBatch(deps, late.batch, () => undefined)
    const dead = batchOf('kyc-checks-light-dead', jobs)
    await handleBatch(composed().deps, dead.batch, () => undefined)
    await runDurableObjectAlarm(objectOf(id))

    expect(deleted).toMatchObject({ ok: true })
    expect([...late.fates, ...dead.fates]).toEqual(['acked', 'acked', 'acked', 'acked'])
    expect(await objectOf(id).read({ by: 'system' })).toBe('not_hydrated')
    for (const table of ['sessions', 'session_states', 'session_events']) {
      const left = await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE session_id = ?`).bind(id).first()
      expect(left, table).toEqual({ n: 0 })
    }
  })
})

describe('an upload that was put and never confirmed', () => {
  it('is swept by the alarm alone, bytes and record, when its time is over', async () => {
    const [person] = simpleWorkflow().steps
    if (person === undefined) throw new Error('fixture')
    const world = await makeWorld({ definition: workflowOf([papersStep(), { ...person, order: 2 }]) })
    const session = await newSession(world)
    const id = session.state.session_id
    await asEndUser(session, announceBill('doc_1'))
    await env.DOCUMENTS.put(`${id}/doc_1`, '%PDF')
    await runDurableObjectAlarm(objectOf(id))
    expect((await stateOf(id)).documents).toHaveLength(1)

    await runInDurableObject(objectOf(id), async (_object, { storage }) => {
      const stored: SessionState = JSON.parse(
        storage.sql.exec<{ state: string }>('SELECT state FROM session').one().state,
      )
      const announced_at = Date.now() - 16 * 60_000
      for (const document of stored.documents) document.created_at = announced_at
      storage.sql.exec('UPDATE session SET state = ?', JSON.stringify(stored))
    })
    await evictDurableObject(objectOf(id))
    await runDurableObjectAlarm(objectOf(id))
    await eventually(async () => (await env.DOCUMENTS.head(`${id}/doc_1`)) === null, 'the bytes are erased')
    expect((await stateOf(id)).documents).toEqual([])
    expect(await asEndUser(session, { type: 'remove_document', doc_id: 'doc_1' })).toMatchObject({ ok: false })
  })
})

describe('while R2 is away', () => {
  it('a confirmation fails with a request id, changes nothing, and goes through when it is tried again', async () => {
    const world = await makeWorld({ definition: workflowOf([papersStep()]) })
    const session = await newSession(world)
    const link = linkOf(session.accessToken)
    const announced = await link('/upload/init', {
      step_id: 'papers',
      document_type: 'proof_of_address',
      file_name: 'bill.jpg',
      mime_type: 'image/jpeg',
      size: JPEG.length,
    })
    const doc_id = textAt(announced.data, 'doc_id')
    await env.DOCUMENTS.put(`${session.state.session_id}/${doc_id}`, JPEG)
    const before = await stateOf(session.state.session_id)
    recorder.fault = isAway('R2')
    expectError(await link('/upload/confirm', { doc_id }), 500, 'INTERNAL_ERROR')
    expect(await stateOf(session.state.session_id)).toEqual(before)
    recorder.fault = () => null
    expect((await link('/upload/confirm', { doc_id })).data).toMatchObject({ doc_id, status: 'uploaded' })
  })
})

describe('while D1 is down', () => {
  it('a tenant’s list and a first visit say so with a request id, and the page tries again by itself', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    await clientOf(world.key).get('/kyc/sessions')
    recorder.fault = isAway('D1')
    expectError(await clientOf(world.key).get('/kyc/sessions'), 500, 'INTERNAL_ERROR')
    expectError(await linkOf(session.accessToken)(''), 500, 'INTERNAL_ERROR')
    const page = await send('GET', `/v/${session.accessToken}`)
    expect(page.status).toBe(500)
    expect(page.text).toMatch(/<meta http-equiv="refresh" content="5"/)
    expect(page.text).toContain(page.headers.get('x-request-id'))
    recorder.fault = () => null
    expect((await send('GET', `/v/${session.accessToken}`)).status).toBe(200)
  })
})

describe('the same POST of a person twice at once', () => {
  it('has one effect, and both have the same answer', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const link = linkOf(session.accessToken)
    const complete = () => link('/step/person/complete', { form_data: { full_name: 'Anna Eriksson' } })
    const answers = await Promise.all([complete(), complete(), complete()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
    const { events } = await trailOf(session.state.session_id)
    expect(events.map(eventOf).filter(({ event }) => event.type === 'step_completed')).toHaveLength(1)
  })
})
