import { env } from 'cloudflare:workers'
import { evictDurableObject, reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resumeErasures } from '../../../src/application/erasure/resume-erasures.ts'
import { watchForRestore } from '../../../src/application/restore/watch-for-restore.ts'
import { handleSchedule } from '../../../src/cron/handle-schedule.ts'
import { DAY_MS } from '../../../src/domain/time.ts'
import { clientOf, expectError, linkOf, textAt, valueAt, type Client } from '../../support/api.ts'
import { backUpD1, restoreD1 } from '../../support/d1-backup.ts'
import { recorder } from '../../support/instrument.ts'
import { composed, makeWorld, objectOf, storedRow, type World } from '../../support/world.ts'

let world: World
let api: Client
beforeEach(async () => {
  world = await makeWorld()
  api = clientOf(world.key)
})
afterEach(async () => {
  recorder.reset()
  await reset()
})

async function newSession() {
  const created = await api.post('/kyc/sessions', { workflow_id: world.workflowId, client_id: 'C-1' })
  const id = textAt(created.data, 'session_id')
  return { id, path: `/kyc/sessions/${id}`, link: linkOf(textAt(created.data, 'access_token')) }
}
type Session = Awaited<ReturnType<typeof newSession>>
const fillIn = ({ link }: Session, full_name: string) => link('/step/person/save', { form_data: { full_name } })

const mark = () => composed().deps.restoreWatch.mark()
const watch = () => watchForRestore(composed().deps)
/** Minutes of the cron, until nothing is to be repaired and no deletion is open that is due. */
async function repairAll(minutes = 12): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await watch()
    await resumeErasures(composed().deps)
  }
  expect((await mark()).repair).toBeNull()
}
const bodiesOf = async (id: string) =>
  (await env.DB.prepare('SELECT body FROM webhook_events WHERE session_id = ?').bind(id).all<{ body: string }>())
    .results

/** What happens before and after the backup. */
async function lifeAroundBackup() {
  const [goneBefore, goneAfter, changed, held] = [
    await newSession(),
    await newSession(),
    await newSession(),
    await newSession(),
  ]
  const child = await api.post(`${goneAfter.path}/subsessions`, { relationship: 'ubo', name: 'Ulla Owner' })
  for (const session of [goneBefore, goneAfter, changed, held]) await fillIn(session, 'Berta Before')
  await api.delete(goneBefore.path)
  await watch()
  const backup = await backUpD1()

  await env.DOCUMENTS.put(`${goneAfter.id}/doc_x`, 'Berta Before')
  await api.delete(goneAfter.path)
  await fillIn(changed, 'Anna After')
  await api.post(`${held.path}/legal-hold`)
  const [made, unopened] = [await newSession(), await newSession()]
  await fillIn(made, 'Nora New')
  await watch()
  return { backup, goneBefore, goneAfter, childId: textAt(child.data, 'session_id'), changed, held, made, unopened }
}

describe('a D1 that was restored to an earlier day', () => {
  it('is noticed, and nothing that was deleted since reappears', async () => {
    const { backup, goneBefore, goneAfter, childId } = await lifeAroundBackup()
    await restoreD1(backup)
    expect((await api.get(goneAfter.path)).status).toBe(200)
    await watch()
    expect((await mark()).repair).toMatchObject({ stage: 'tombstones' })
    await repairAll()
    for (const id of [goneBefore.id, goneAfter.id, childId]) {
      expectError(await api.get(`/kyc/sessions/${id}`), 404, 'SESSION_NOT_FOUND')
      expect(await storedRow(id)).toBeNull()
      expect(JSON.stringify(await bodiesOf(id))).not.toMatch(/Berta|Ulla/)
    }
    expectError(await goneAfter.link(''), 404, 'LINK_NOT_FOUND')
    expect((await env.DOCUMENTS.list({ prefix: `${goneAfter.id}/` })).objects).toEqual([])
    expect(valueAt((await api.get('/kyc/sessions')).data, 'sessions')).toHaveLength(3)
    expect(await bodiesOf(goneAfter.id)).toContainEqual({ body: expect.stringContaining('kyc.session.deleted') })
  })

  it('keeps nothing of a deleted session that someone opened again before it was noticed', async () => {
    const { backup, goneAfter } = await lifeAroundBackup()
    await restoreD1(backup)
    // The instance that erased itself would refuse; its successor does not know.
    await evictDurableObject(objectOf(goneAfter.id))
    expect((await fillIn(goneAfter, 'Zoe Zombie')).status).toBe(200)
    await repairAll()
    expectError(await goneAfter.link(''), 404, 'LINK_NOT_FOUND')
    expect(await storedRow(goneAfter.id)).toBeNull()
    expect(await objectOf(goneAfter.id).read({ by: 'system' })).toBe('not_hydrated')
  })

  it('is told by the objects what has changed and what is new', async () => {
    const { backup, changed, made, held } = await lifeAroundBackup()
    const before = new Map<string, unknown>()
    for (const { id } of [changed, made, held]) before.set(id, (await storedRow(id))?.state)
    await restoreD1(backup)
    expect(await storedRow(made.id)).toBeNull()
    expectError(await api.delete(held.path), 403, 'LEGAL_HOLD')
    await repairAll()
    for (const { id, path } of [changed, made, held]) {
      expect((await storedRow(id))?.state).toBe(before.get(id))
      expect((await api.get(path)).status).toBe(200)
    }
    const { data } = await api.get('/kyc/sessions')
    expect(JSON.stringify(data)).toContain(made.id)
  })

  it('has lost what nobody had opened: there is no object that would know', async () => {
    const { backup, unopened } = await lifeAroundBackup()
    await restoreD1(backup)
    await repairAll()
    expectError(await api.get(unopened.path), 404, 'SESSION_NOT_FOUND')
  })

  it('expires nothing and erases nothing by retention until it is repaired', async () => {
    const { backup, changed } = await lifeAroundBackup()
    await restoreD1(backup)
    // As D1 of that day has it, the link ran out long ago and nobody ever came.
    await env.DB.prepare(
      `UPDATE session_states SET owner = 'seed', status = 'draft', expires_at = 1 WHERE session_id = ?`,
    )
      .bind(changed.id)
      .run()
    const { deps } = composed()
    for (let minute = 0; minute < 12; minute += 1) await handleSchedule(deps, 0)
    expect((await mark()).repair).toBeNull()
    const { data } = await api.get(changed.path)
    expect(data).toMatchObject({ status: 'active', steps_data: [{ form_data: { full_name: 'Anna After' } }] })
    expect(JSON.parse((await storedRow(changed.id))?.state ?? '')).toMatchObject({ status: 'active' })
  })

  it('is repaired in full when the operator asks, from the first day on', async () => {
    const { goneBefore, goneAfter } = await lifeAroundBackup()
    await env.DB.prepare('DELETE FROM tombstones').run()
    await env.DB.prepare('UPDATE restore_watch SET beat = 0, beat_at = 0').run()
    await watch()
    expect((await mark()).repair).toMatchObject({ since: '1970-01-01' })
    await repairAll()
    for (const { id } of [goneBefore, goneAfter]) {
      const line = await env.DB.prepare('SELECT by, erased_at FROM tombstones WHERE session_id = ?').bind(id).first()
      expect(line).toMatchObject({ by: expect.stringContaining('api_key') })
    }
  })

  it('goes on with its repair after it was killed at any call, in any stage', async () => {
    const { backup, goneAfter, changed, made } = await lifeAroundBackup()
    const newest = (await storedRow(changed.id))?.state
    await restoreD1(backup)
    for (let killedAt = 1; ; killedAt += 1) {
      recorder.reset()
      recorder.fault = () =>
        recorder.hops.filter(({ by }) => by === 'worker').length === killedAt ? new Error('killed') : null
      await watch().catch(() => null)
      if (recorder.hops.filter(({ by }) => by === 'worker').length < killedAt) break
    }
    recorder.reset()
    await repairAll(20)
    expectError(await api.get(goneAfter.path), 404, 'SESSION_NOT_FOUND')
    expect((await storedRow(changed.id))?.state).toBe(newest)
    expect((await api.get(made.path)).status).toBe(200)
  }, 60_000)
})

describe('a D1 that was not restored', () => {
  it('is never taken for one, wherever a run of the watch dies', async () => {
    for (let killedAt = 1; ; killedAt += 1) {
      await newSession()
      recorder.reset()
      recorder.fault = () => (recorder.hops.length === killedAt ? new Error('killed') : null)
      const isKilled = await watch().then(
        () => false,
        () => true,
      )
      recorder.reset()
      await watch()
      const { beat, repair } = await mark()
      expect(repair).toBeNull()
      expect(await composed().deps.restoreLedger.head()).toBeLessThanOrEqual(beat)
      if (!isKilled) break
      expect(killedAt).toBeLessThan(20)
    }
  })

  it('two runs of the watch at once leave it right', async () => {
    for (let round = 0; round < 10; round += 1) {
      await newSession()
      await Promise.all([watch(), watch()])
      expect((await mark()).repair).toBeNull()
    }
  })

  it('writes nothing when there is no news', async () => {
    await newSession()
    await watch()
    recorder.reset()
    await watch()
    expect(recorder.ofWorker().filter((hop) => hop.includes('put') || hop.includes('run'))).toEqual([])
  })

  it('has each session with news in the ledger once a page', async () => {
    const session = await newSession()
    await api.patch(session.path, { status: 'rejected' })
    await watch()
    const page = await composed().deps.restoreLedger.nextPage('1970-01-01', null)
    expect(page?.session_ids).toEqual([session.id])
  })

  it('forgets pages of the ledger past their time, and no others', async () => {
    const { restoreLedger } = composed().deps
    const at = Date.UTC(2026, 10, 24)
    for (const day of [0, 1, 40])
      await restoreLedger.putPage({ beat: 50 - day, at: at - day * DAY_MS, session_ids: [] })
    await restoreLedger.forget('2026-11-23')
    const { objects } = await env.DOCUMENTS.list({ prefix: 'restore/ledger/' })
    expect(objects.map(({ key }) => key)).toEqual([
      'restore/ledger/2026-11-23/000000000049.json',
      'restore/ledger/2026-11-24/000000000050.json',
    ])
  })
})
