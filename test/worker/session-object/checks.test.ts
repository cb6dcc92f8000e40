import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventOf } from '../../../src/domain/audit/chain.ts'
import type { SessionState } from '../../../src/domain/session/state.ts'
import { handleBatch } from '../../../src/queue/handle-batch.ts'
import { batchOf, completedSession, cryptoWorkflow, decided, jobsOf, stateOf } from '../../support/check-runs.ts'
import { recorder } from '../../support/instrument.ts'
import { asTenant, composed, eventually, makeDue, makeWorld, objectOf, trailOf } from '../../support/world.ts'

afterEach(() => recorder.reset())

const LISTED = { network: 'btc', address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' }

const recordedResults = async (sessionId: string, check: string): Promise<number> => {
  const { events } = await trailOf(sessionId)
  return events.map(eventOf).filter(({ event }) => event.type === 'check_recorded' && event.check === check).length
}

/** Satoshi's first address is on a list that an operator put into the bucket today. */
beforeAll(async () => {
  const today = new Date().toISOString().slice(0, 10)
  await env.DOCUMENTS.put(`lists/crypto/test-list/${today}/addresses_XBT.txt`, `${LISTED.address}\n`)
})

describe('a run over real queues', () => {
  it('finds a listed wallet, and no rule that could lower it leaves it to a person', async () => {
    const world = await makeWorld({ definition: cryptoWorkflow() })
    const id = await completedSession(world, LISTED)
    await asTenant(world, id, { type: 'process', rerun: false })
    const { processing_results } = await decided(id)
    expect(processing_results?.external_validations.crypto).toMatchObject({
      state: 'ok',
      addresses: [{ valid: true, hits: [{ list: 'test-list', asset: 'XBT' }] }],
    })
    expect(processing_results?.risk_factors.some((factor) => factor.factor.includes('crypto'))).toBe(true)
  })

  it('ends in manual review, because a check without an engine is no pass, and says so', async () => {
    const world = await makeWorld({ definition: cryptoWorkflow() })
    const id = await completedSession(world)
    expect(await asTenant(world, id, { type: 'process', rerun: false })).toMatchObject({ ok: true })
    const { status, final_decision, processing_results } = await decided(id)
    expect([status, final_decision]).toEqual(['manual_review', 'manual_review'])
    expect(processing_results?.external_validations.crypto).toMatchObject({
      state: 'ok',
      addresses: [{ valid: true, hits: [] }],
    })
    expect(processing_results?.external_validations.adverse_media).toMatchObject({ state: 'not_configured' })
    expect(processing_results?.automation_flags.some((flag) => flag.rule.includes('adverse_media'))).toBe(true)
    expect(await stateOf(id).then((state) => state.checks_ended)).toEqual(['crypto'])
  })

  it('a queue that loses its messages: the lease runs out and they are sent again', async () => {
    const world = await makeWorld({ definition: cryptoWorkflow() })
    const id = await completedSession(world)
    recorder.fault = (hop) => (hop.binding.startsWith('QUEUE') ? 'lost' : null)
    await asTenant(world, id, { type: 'process', rerun: false })
    await eventually(async () => recorder.ofObjects().includes('QUEUE light sendBatch'), 'the jobs were sent, and lost')
    recorder.fault = () => null
    expect((await stateOf(id)).status).toBe('processing')
    await evictDurableObject(objectOf(id))
    await makeDue(id)
    await runDurableObjectAlarm(objectOf(id))
    expect((await decided(id)).status).toBe('manual_review')
    expect(await recordedResults(id, 'crypto')).toBe(1)
  })

  it('a queue that repeats its messages: one result is recorded', async () => {
    const world = await makeWorld({ definition: cryptoWorkflow() })
    const id = await completedSession(world)
    recorder.fault = (hop) => (hop.binding.startsWith('QUEUE') ? 'repeated' : null)
    await asTenant(world, id, { type: 'process', rerun: false })
    await decided(id)
    await makeDue(id)
    await runDurableObjectAlarm(objectOf(id))
    expect(await recordedResults(id, 'crypto')).toBe(1)
    expect(await recordedResults(id, 'adverse_media')).toBe(1)
  })

  it('a queue that refuses them: they stay owed', async () => {
    const world = await makeWorld({ definition: cryptoWorkflow() })
    const id = await completedSession(world)
    recorder.fault = (hop) => (hop.binding.startsWith('QUEUE') ? new Error('queue is away') : null)
    expect(await asTenant(world, id, { type: 'process', rerun: false })).toMatchObject({ ok: true })
    recorder.fault = () => null
    await makeDue(id)
    await runDurableObjectAlarm(objectOf(id))
    expect((await decided(id)).status).toBe('manual_review')
  })

  it('a dead letter ends the check as error, and the run with it', async () => {
    const world = await makeWorld({ definition: cryptoWorkflow() })
    const id = await completedSession(world)
    recorder.fault = (hop) => (hop.binding === 'QUEUE light' ? 'lost' : null)
    await asTenant(world, id, { type: 'process', rerun: false })
    const { batch, fates } = batchOf('kyc-checks-light-dead', await jobsOf(id), 4)
    await handleBatch(composed().deps, batch, () => undefined)
    expect(fates).toEqual(['acked', 'acked'])
    const { processing_results, status } = await decided(id)
    expect(status).toBe('manual_review')
    expect(processing_results?.external_validations.crypto).toMatchObject({ state: 'error' })
  })

  it('a run that nobody answers is closed by the alarm after its deadline, the missing checks as error', async () => {
    const world = await makeWorld({ definition: cryptoWorkflow() })
    const id = await completedSession(world)
    recorder.fault = (hop) => (hop.binding.startsWith('QUEUE') ? 'lost' : null)
    await asTenant(world, id, { type: 'process', rerun: false })
    await runInDurableObject(objectOf(id), (_object, state) => {
      const row = state.storage.sql.exec<{ state: string }>('SELECT state FROM session').one()
      const stored: SessionState = JSON.parse(row.state)
      if (stored.run === null) throw new Error('no run')
      stored.run.deadline_at = Date.now() - 1
      state.storage.sql.exec('UPDATE session SET state = ?', JSON.stringify(stored))
    })
    await evictDurableObject(objectOf(id))
    await runDurableObjectAlarm(objectOf(id))
    const { status, processing_results } = await stateOf(id)
    expect(status).toBe('manual_review')
    expect(processing_results?.external_validations).toMatchObject({
      crypto: { state: 'error' },
      adverse_media: { state: 'error' },
    })
  })

  it('a result under an id that is not waited for changes nothing', async () => {
    const world = await makeWorld({ definition: cryptoWorkflow() })
    const id = await completedSession(world)
    expect(await objectOf(id).jobInputs({ session_id: id, owner_id: 'run_x', job_id: 'y', check: 'crypto' })).toBeNull()
  })

  it('the messages hold ids only', async () => {
    const world = await makeWorld({ definition: cryptoWorkflow() })
    const id = await completedSession(world)
    recorder.fault = (hop) => (hop.binding.startsWith('QUEUE') ? 'lost' : null)
    await asTenant(world, id, { type: 'process', rerun: false })
    await runInDurableObject(objectOf(id), (_object, state) => {
      const payloads = state.storage.sql
        .exec<{ payload: string }>(`SELECT payload FROM outbox WHERE kind = 'check'`)
        .toArray()
      expect(payloads.length).toBe(2)
      for (const { payload } of payloads) {
        expect(Object.keys(JSON.parse(payload)).toSorted()).toEqual(['check', 'job_id', 'owner_id', 'session_id'])
      }
    })
    expect(env.CHECKS_LIGHT).toBeDefined()
  })
})
