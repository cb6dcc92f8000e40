// A deletion whose process is killed at each of its calls in turn, while everything that can be in flight is in flight.

import { evictDurableObject, reset, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pdfOf, pdfPages } from '../../support/fixtures/files.ts'
import { eraseSession } from '../../../src/application/erasure/erase-session.ts'
import { resumeErasures } from '../../../src/application/erasure/resume-erasures.ts'
import { runCheck } from '../../../src/application/checks/run-check.ts'
import type { CheckJob } from '../../../src/application/ports.ts'
import { MINUTE_MS } from '../../../src/domain/time.ts'
import { clientOf, expectError, linkOf, textAt, valueAt, type Client } from '../../support/api.ts'
import { canary, findEverywhere } from '../../support/canary.ts'
import { papersStep, simpleWorkflow, validationConfig, workflowOf } from '../../support/fixtures/workflow.ts'
import { recorder } from '../../support/instrument.ts'
import { asTenant, composed, makeWorld, objectOf, type World } from '../../support/world.ts'

const WORD = canary('killed')
const BILL = pdfOf(pdfPages(1), `% ${WORD}\n`)

let world: World
let api: Client
beforeEach(async () => {
  const [person] = simpleWorkflow().steps
  if (person === undefined) throw new Error('fixture')
  world = await makeWorld({
    definition: workflowOf([papersStep(), { ...person, order: 2 }], {
      custom_tags: [],
      validation_config: validationConfig({ run_adverse_media: true }),
    }),
  })
  api = clientOf(world.key)
})
afterEach(async () => {
  recorder.reset()
  await reset()
})

type Victim = {
  id: string
  childId: string
  parentPath: string
  link: ReturnType<typeof linkOf>
  lateKey: string
  jobs: CheckJob[]
}

/**
 * A subsession of a parent that lives on, with a child of its own; both with a file. A check is under way and its message is
 * lost, an upload URL is alive, and the last change with its webhook has not reached D1.
 */
async function victim(): Promise<Victim> {
  const parent = await api.post('/kyc/sessions', { workflow_id: world.workflowId })
  const parentPath = `/kyc/sessions/${textAt(parent.data, 'session_id')}`
  const made = await api.post(`${parentPath}/subsessions`, { relationship: 'ubo', name: WORD })
  const id = textAt(made.data, 'session_id')
  const child = await api.post(`/kyc/sessions/${id}/subsessions`, { relationship: 'other', name: WORD })
  const childId = textAt(child.data, 'session_id')
  const links = [linkOf(textAt(made.data, 'access_token')), linkOf(textAt(child.data, 'access_token'))] as const
  const file = {
    step_id: 'papers',
    document_type: 'proof_of_address',
    file_name: `${WORD}.pdf`,
    mime_type: 'application/pdf',
  }
  for (const link of links) {
    const uploaded = await link('/upload', { ...file, content: btoa(String.fromCharCode(...BILL)) })
    expect(uploaded.status, uploaded.text).toBe(200)
  }
  const announced = await links[0]('/upload/init', { ...file, size: BILL.length })
  recorder.reset()
  recorder.fault = ({ by, binding }) => {
    if (binding.startsWith('QUEUE')) return 'lost'
    return by === 'object' && binding === 'D1' ? new Error('D1 is away') : null
  }
  const form_data = { full_name: WORD }
  expect((await links[0]('/step/person/save', { form_data })).status).toBe(200)
  await asTenant(world, id, { type: 'validate', checks: ['adverse_media'], explain_misses: false })
  const done = await links[0]('/step/person/complete', { form_data })
  expect(done.status, done.text).toBe(200)
  const jobs = jobsIn(recorder.queued).filter(({ session_id }) => session_id === id)
  expect(jobs).toHaveLength(1)
  recorder.reset()
  return { id, childId, parentPath, link: links[0], lateKey: `${id}/${textAt(announced.data, 'doc_id')}`, jobs }
}

const jobsIn = (queued: readonly unknown[]): CheckJob[] =>
  queued.flatMap((batch) => (Array.isArray(batch) ? batch : [])).map(({ body }: { body: CheckJob }) => body)

const erase = ({ id }: Victim) => eraseSession(composed().deps, { actor: world.actor, sessionId: id })

/** From here on nothing leaves the process. True when it came so far. */
async function dyingAt(hop: number, work: () => Promise<unknown>): Promise<string | null> {
  recorder.reset()
  let count = 0
  let killed: string | null = null
  recorder.fault = ({ by, binding, call }) => {
    if (by !== 'worker') return null
    count += 1
    if (count < hop) return null
    killed ??= `${binding} ${call}`
    return new Error('killed')
  }
  await work().catch(() => null)
  recorder.reset()
  return killed
}

const resumeAfter = (minutes: number): Promise<void> => {
  const { deps } = composed()
  return resumeErasures({ ...deps, clock: { ...deps.clock, system: () => Date.now() + minutes * MINUTE_MS } })
}

const phasesOf = async ({ id, childId }: Victim): Promise<(string | null)[]> => {
  const { results } = await env.DB.prepare('SELECT session_id, phase FROM tombstones').all<{
    session_id: string
    phase: string
  }>()
  return [id, childId].map((one) => results.find(({ session_id }) => session_id === one)?.phase ?? null)
}

/** All that was in flight comes in. */
async function lateComers({ id, childId, lateKey, jobs, link }: Victim): Promise<void> {
  const { deps } = composed()
  await env.DOCUMENTS.put(lateKey, BILL)
  for (const job of jobs) expect(await runCheck(deps, job)).toBe('not_wanted')
  for (const one of [id, childId]) {
    await runDurableObjectAlarm(objectOf(one))
    await objectOf(one).project()
  }
  expectError(await link('/step/person/save', { form_data: { full_name: WORD } }), 404, 'LINK_NOT_FOUND')
}

async function expectNothingLeft(...victims: Victim[]): Promise<void> {
  expect(await findEverywhere({ words: [WORD] })).toEqual([])
  const copies = await env.DOCUMENTS.list({ prefix: 'tombstones/' })
  for (const one of victims.flatMap(({ id, childId }) => [id, childId])) {
    expectError(await api.get(`/kyc/sessions/${one}`), 404, 'SESSION_NOT_FOUND')
    const { results } = await env.DB.prepare(
      `SELECT count(*) AS told FROM webhook_events WHERE session_id = ? AND type = 'kyc.session.deleted'`,
    )
      .bind(one)
      .all()
    expect(results).toEqual([{ told: 1 }])
    await runInDurableObject(objectOf(one), async (_object, state) => {
      expect(await state.storage.getAlarm()).toBeNull()
    })
    expect(copies.objects.some(({ key }) => key.endsWith(`/${one}.json`))).toBe(true)
  }
  for (const { parentPath } of victims) {
    expect(valueAt((await api.get(`${parentPath}/subsessions`)).data, 'total')).toBe(0)
  }
}

describe('a deletion that is killed', () => {
  it('at any of its calls is taken up by cron, and nothing is left', async () => {
    const killed = new Set<string>()
    const stoodIn = new Set<string>()
    const victims: Victim[] = []
    for (let hop = 1; ; hop += 1) {
      const one = await victim()
      const call = await dyingAt(hop, () => erase(one))
      const phases = await phasesOf(one)
      for (const phase of phases) stoodIn.add(phase ?? 'not begun')
      if (call !== null) killed.add(call)
      if (phases[0] === null) {
        // Killed before the batch: nothing has happened, to any of them.
        expect(phases).toEqual([null, null])
        expect((await api.get(`/kyc/sessions/${one.id}`)).status).toBe(200)
        expect((await erase(one)).ok).toBe(true)
      }
      await resumeAfter(2)
      expect(await phasesOf(one)).toEqual(['late_files', 'late_files'])
      await lateComers(one)
      await resumeAfter(60)
      expect(await phasesOf(one)).toEqual(['done', 'done'])
      victims.push(one)
      if (call === null) break
    }
    await expectNothingLeft(...victims)
    expect([...stoodIn].toSorted()).toEqual(['copy', 'files', 'late_files', 'not begun', 'objects', 'rows'])
    expect([...killed].toSorted()).toEqual([
      'D1 all',
      'D1 batch',
      'D1 first',
      'D1 run',
      'OBJECT erase',
      'OBJECT execute',
      'OBJECT read',
      'R2 delete',
      'R2 list',
      'R2 put',
    ])
  }, 300_000)

  it('and whose cron is killed at each of its calls too, comes to its end', async () => {
    const one = await victim()
    await dyingAt(8, () => erase(one))
    for (let hop = 1; ; hop += 1) {
      const call = await dyingAt(hop, () => resumeAfter(60))
      if (call === null) break
    }
    await resumeAfter(120)
    expect(await phasesOf(one)).toEqual(['done', 'done'])
    await expectNothingLeft(one)
  }, 60_000)

  it('inside its object, after the alarm and before the storage, comes to its end', async () => {
    const one = await victim()
    await dyingAt(9, () => erase(one))
    await runInDurableObject(objectOf(one.id), (_object, state) => state.storage.deleteAlarm())
    await evictDurableObject(objectOf(one.id))
    await resumeAfter(2)
    await lateComers(one)
    await resumeAfter(60)
    await expectNothingLeft(one)
  })

  it('between two of the files of a session finds the rest', async () => {
    const one = await victim()
    const many = Array.from({ length: 5 }, (_, number) => `${one.id}/doc_${number}`)
    for (const key of many) await env.DOCUMENTS.put(key, BILL)
    await dyingAt(8, () => erase(one))
    await env.DOCUMENTS.delete(many.slice(0, 2))
    await resumeAfter(2)
    await resumeAfter(60)
    await expectNothingLeft(one)
  })
})
