import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyRetention } from '../../../src/application/erasure/apply-retention.ts'
import { handleSchedule } from '../../../src/cron/handle-schedule.ts'
import { DAY_MS, MINUTE_MS } from '../../../src/domain/time.ts'
import { clientOf, textAt, valueAt, type Client } from '../../support/api.ts'
import { recorder } from '../../support/instrument.ts'
import { asTenant, composed, makeWorld, storedRow, type World } from '../../support/world.ts'

let world: World
let api: Client
beforeEach(async () => {
  world = await makeWorld()
  api = clientOf(world.key)
  await env.DB.prepare(`UPDATE tenants SET settings = json_set(settings, '$.retention_days', 30) WHERE tenant_id = ?`)
    .bind(world.tenant.tenant_id)
    .run()
})
afterEach(() => recorder.reset())

/** The cron's view after that many days. */
const daysLater = (days: number) => {
  const { deps } = composed()
  return { ...deps, clock: { ...deps.clock, system: () => Date.now() + days * DAY_MS } }
}

async function newSession(status: string | null = 'rejected', more: object = {}) {
  const created = await api.post('/kyc/sessions', { workflow_id: world.workflowId })
  const id = textAt(created.data, 'session_id')
  if (status !== null) await api.patch(`/kyc/sessions/${id}`, { status, ...more })
  return id
}
async function addChild(parentId: string, status: string | null) {
  const added = await api.post(`/kyc/sessions/${parentId}/subsessions`, { relationship: 'ubo' })
  const id = textAt(added.data, 'session_id')
  if (status !== null) await api.patch(`/kyc/sessions/${id}`, { status })
  return id
}
const isThere = async (id: string) => (await storedRow(id)) !== null

describe('retention', () => {
  it('erases what was rejected or expired so many days ago, and leaves the rest', async () => {
    const [rejected, expired, draft] = [await newSession(), await newSession('expired'), await newSession(null)]
    expect(await applyRetention(daysLater(29))).toEqual({ erased: 0 })
    expect(await applyRetention(daysLater(31))).toEqual({ erased: 2 })
    expect([await isThere(rejected), await isThere(expired), await isThere(draft)]).toEqual([false, false, true])
  })

  it('leaves an audit line that says who it was, and tells of the deletion', async () => {
    const id = await newSession()
    await applyRetention(daysLater(31))
    const line = await env.DB.prepare('SELECT by, phase FROM tombstones WHERE session_id = ?').bind(id).first()
    expect(line).toEqual({ by: '{"type":"system","id":"retention"}', phase: 'late_files' })
    const told = await env.DB.prepare('SELECT type FROM webhook_events WHERE session_id = ? ORDER BY sequence DESC')
      .bind(id)
      .first()
    expect(told).toEqual({ type: 'kyc.session.deleted' })
  })

  it('takes a root with its subsessions, and only when all are due', async () => {
    const root = await newSession()
    const [done, open] = [await addChild(root, 'rejected'), await addChild(root, null)]
    expect(await applyRetention(daysLater(31))).toEqual({ erased: 0 })
    await api.patch(`/kyc/sessions/${open}`, { status: 'rejected' })
    expect(await applyRetention(daysLater(31))).toEqual({ erased: 0 })
    expect(await applyRetention(daysLater(33))).toEqual({ erased: 3 })
    for (const id of [root, done, open]) expect(await isThere(id)).toBe(false)
  })

  it('keeps a root whose subsession is under legal hold', async () => {
    const root = await newSession()
    const child = await addChild(root, 'rejected')
    await api.post(`/kyc/sessions/${child}/legal-hold`)
    expect(await applyRetention(daysLater(3_000))).toEqual({ erased: 0 })
    await api.delete(`/kyc/sessions/${child}/legal-hold`)
    expect(await applyRetention(daysLater(3_002))).toEqual({ erased: 2 })
  })

  it('does not take a session that its object knows as changed, whatever D1 says', async () => {
    const id = await newSession()
    recorder.fault = (hop) => (hop.by === 'object' && hop.binding === 'D1' ? new Error('D1 is away') : null)
    const reopened = await asTenant(world, id, {
      type: 'update',
      status: 'active',
      reason: 'A mistake',
      notes: null,
      ttl_days: null,
      metadata: null,
      client_id: undefined,
      on_behalf_of: null,
    })
    recorder.reset()
    expect(reopened.ok).toBe(true)
    expect(await storedRow(id)).toMatchObject({ state: expect.stringContaining('"status":"rejected"') })
    expect(await applyRetention(daysLater(31))).toEqual({ erased: 0 })
    expect(valueAt((await api.get(`/kyc/sessions/${id}`)).data, 'status')).toBe('active')
  })

  it('does not take a session that was changed between the question and the batch', async () => {
    const id = await newSession()
    const path = `/kyc/sessions/${id}`
    let isChanged = false
    recorder.fault = async (hop) => {
      if (hop.by === 'worker' && hop.binding === 'D1' && hop.call === 'batch' && !isChanged) {
        isChanged = true
        await api.patch(path, { status: 'active', reason: 'A mistake' })
      }
      return null
    }
    expect(await applyRetention(daysLater(31))).toEqual({ erased: 0 })
    expect(isChanged).toBe(true)
    expect(valueAt((await api.get(path)).data, 'status')).toBe('active')
  })

  it('goes on with the others when one cannot be asked', async () => {
    const ids = [await newSession(), await newSession()]
    let calls = 0
    recorder.fault = (hop) => {
      if (hop.binding === 'OBJECT' && hop.call === 'read') calls += 1
      return calls === 1 && hop.call === 'read' ? new Error('the object is away') : null
    }
    expect(await applyRetention(daysLater(31))).toEqual({ erased: 1 })
    recorder.reset()
    expect(await applyRetention(daysLater(31))).toEqual({ erased: 1 })
    for (const id of ids) expect(await isThere(id)).toBe(false)
  })

  it('runs with the cron', async () => {
    const id = await newSession()
    await handleSchedule(daysLater(31), 5 * MINUTE_MS)
    expect(await isThere(id)).toBe(false)
  })
})
