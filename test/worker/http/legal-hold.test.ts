import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraseSession } from '../../../src/application/erasure/erase-session.ts'
import { clientOf, expectError, textAt, valueAt, type Client } from '../../support/api.ts'
import { recorder } from '../../support/instrument.ts'
import { asTenant, composed, eventually, makeWorld, objectOf, storedRow, type World } from '../../support/world.ts'

let world: World
let api: Client
beforeEach(async () => {
  world = await makeWorld()
  api = clientOf(world.key)
})
afterEach(() => recorder.reset())

async function newSession() {
  const created = await api.post('/kyc/sessions', { workflow_id: world.workflowId })
  const id = textAt(created.data, 'session_id')
  return { id, path: `/kyc/sessions/${id}`, hold: `/kyc/sessions/${id}/legal-hold` }
}

async function newFamily() {
  const root = await newSession()
  const under = async (parent: { path: string }) => {
    const added = await api.post(`${parent.path}/subsessions`, { relationship: 'ubo' })
    const id = textAt(added.data, 'session_id')
    return { id, path: `/kyc/sessions/${id}`, hold: `/kyc/sessions/${id}/legal-hold`, parent }
  }
  const child = await under(root)
  return { root, child, grandchild: await under(child) }
}

const tombstones = async () =>
  (await env.DB.prepare('SELECT session_id FROM tombstones WHERE tenant_id = ?').bind(world.tenant.tenant_id).all())
    .results.length

describe('a legal hold', () => {
  it('is answered with where it stands, is in the trail with its reason, and repeats without effect', async () => {
    const { hold, path, id } = await newSession()
    const placed = await api.post(hold, { reason: 'Court order 7 O 12/26' })
    expect(placed.data).toEqual({ session_id: id, legal_hold: true, version: 2 })
    expect((await api.post(hold)).data).toEqual({ session_id: id, legal_hold: true, version: 2 })
    expect((await api.delete(hold, { reason: 'Settled' })).data).toEqual({
      session_id: id,
      legal_hold: false,
      version: 3,
    })
    expect((await api.delete(hold)).data).toMatchObject({ legal_hold: false, version: 3 })
    const { data } = await api.get(`${path}/events`)
    expect(valueAt(data, 'events', 1)).toMatchObject({
      type: 'legal_hold_changed',
      actor: { type: 'api_key' },
      data: { reason: 'Court order 7 O 12/26', changes: [{ path: 'legal_hold', to: true }] },
    })
    expect(valueAt(data, 'events', 2)).toMatchObject({ data: { reason: 'Settled', changes: [{ to: false }] } })
  })

  it('keeps the session from being deleted until it is lifted, and changes nothing else', async () => {
    const { hold, path } = await newSession()
    await api.post(hold)
    expectError(await api.delete(path), 403, 'LEGAL_HOLD')
    expect(await tombstones()).toBe(0)
    expect((await api.patch(path, { status: 'rejected' })).status).toBe(200)
    expectError(await api.delete(path), 403, 'LEGAL_HOLD')
    await api.delete(hold)
    expect((await api.delete(path)).status).toBe(200)
    expectError(await api.post(hold), 404, 'SESSION_NOT_FOUND')
  })

  it('is lifted only by tenant:manage, not by who may decide and delete', async () => {
    const { hold } = await newSession()
    const desk = await makeWorld({ permissions: ['kyc:create', 'kyc:read'] })
    expectError(await clientOf(desk.key).delete(hold), 403, 'MISSING_PERMISSION')
  })

  it.each(['root', 'child', 'grandchild'] as const)(
    'on the %s keeps each of its family, and names who is held',
    async (held) => {
      const family = await newFamily()
      await api.post(family[held].hold)
      const { root, child, grandchild } = family
      for (const path of [
        root.path,
        child.path,
        grandchild.path,
        `${root.path}/subsessions/${child.id}`,
        `${child.path}/subsessions/${grandchild.id}`,
      ]) {
        const refused = await api.delete(path)
        expectError(refused, 403, 'LEGAL_HOLD')
        if (!path.endsWith(family[held].id)) expect(refused.error?.message).toContain(family[held].id)
      }
      expect(await tombstones()).toBe(0)
      for (const { path } of Object.values(family)) expect((await api.get(path)).status).toBe(200)
    },
  )

  it('on one subsession leaves its siblings free', async () => {
    const { root, child } = await newFamily()
    const sibling = await api.post(`${root.path}/subsessions`, { relationship: 'director' })
    await api.post(child.hold)
    expect((await api.delete(`/kyc/sessions/${textAt(sibling.data, 'session_id')}`)).status).toBe(200)
  })

  it('and a deletion at once: one wins as a whole, 20 rounds', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { hold, path, id } = await newSession()
      if (round % 2 === 0) await api.patch(path, { notes: 'opened' })
      const calls = round % 4 < 2 ? [api.post(hold), api.delete(path)] : [api.delete(path), api.post(hold)]
      const answers = (await Promise.all(calls)).map(({ status, error }) => error?.code ?? status)
      const isHeld = answers.includes('LEGAL_HOLD')
      expect(new Set(answers)).toEqual(new Set([200, isHeld ? 'LEGAL_HOLD' : 'SESSION_NOT_FOUND']))
      const row = await storedRow(id)
      if (isHeld) expect(JSON.parse(row?.state ?? '')).toMatchObject({ legal_hold: true })
      else expect(row).toBeNull()
      const seen = await api.get(path)
      expect(seen.status).toBe(isHeld ? 200 : 404)
    }
  })

  it('is not promised while D1 does not have it, and holds all the same', async () => {
    const { hold, path, id } = await newSession()
    await api.patch(path, { notes: 'opened' })
    recorder.fault = (hop) => (hop.by === 'object' && hop.binding === 'D1' ? new Error('D1 is away') : null)
    expectError(await api.post(hold), 500, 'INTERNAL_ERROR')
    // D1 says that nothing is held; the object is asked too.
    expect(JSON.parse((await storedRow(id))?.state ?? '')).toMatchObject({ legal_hold: false })
    expectError(await api.delete(path), 403, 'LEGAL_HOLD')
    recorder.reset()
    expect((await api.post(hold)).data).toMatchObject({ legal_hold: true, version: 3 })
  })

  it('that reaches D1 between the question to the objects and the batch is seen by the batch', async () => {
    const { path, id } = await newSession()
    await api.patch(path, { notes: 'opened' })
    let isPlaced = false
    recorder.fault = async (hop) => {
      if (hop.by === 'worker' && hop.binding === 'D1' && hop.call === 'batch' && !isPlaced) {
        isPlaced = true
        await asTenant(world, id, { type: 'set_legal_hold', held: true, reason: null })
      }
      return null
    }
    const erased = await eraseSession(composed().deps, { actor: world.actor, sessionId: id })
    expect(isPlaced).toBe(true)
    expect(erased).toMatchObject({ ok: false, error: { code: 'LEGAL_HOLD' } })
    expect(await tombstones()).toBe(0)
  })

  it('is known again to a D1 that was restored to a day before it', async () => {
    const { path, hold, id } = await newSession()
    await api.patch(path, { notes: 'opened' })
    const old = await storedRow(id)
    await api.post(hold)
    await env.DB.prepare('UPDATE session_states SET state = ?, version = ? WHERE session_id = ?')
      .bind(old?.state, old?.version, id)
      .run()
    expectError(await api.delete(path), 403, 'LEGAL_HOLD')
    await objectOf(id).project()
    await eventually(async () => (await storedRow(id))?.state.includes('"legal_hold":true'), 'D1 knows it again')
  })
})
