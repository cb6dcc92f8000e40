import { runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { resumeErasures } from '../../../src/application/erasure/resume-erasures.ts'
import type { Client } from '../../support/api.ts'
import { clientOf, expectError, linkOf, textAt, valueAt } from '../../support/api.ts'
import { simpleWorkflow } from '../../support/fixtures/workflow.ts'
import { recorder } from '../../support/instrument.ts'
import { composed, eventually, makeDue, makeWorld, objectOf, type World } from '../../support/world.ts'

let world: World
let api: Client
beforeEach(async () => {
  world = await makeWorld({ definition: simpleWorkflow() })
  api = clientOf(world.key)
})

async function createParent() {
  const created = await api.post('/kyc/sessions', { workflow_id: world.workflowId, language: 'de' })
  const id = textAt(created.data, 'session_id')
  return { id, path: `/kyc/sessions/${id}` }
}

async function addChild(parentPath: string, changes: object = {}) {
  const created = await api.post(`${parentPath}/subsessions`, { relationship: 'ubo', ...changes })
  expect(created.status, created.text).toBe(201)
  const id = textAt(created.data, 'session_id')
  const link = linkOf(textAt(created.data, 'access_token'))
  return { id, path: `/kyc/sessions/${id}`, inParent: `${parentPath}/subsessions/${id}`, link, created }
}

const listOf = async (path: string) => (await api.get(`${path}/subsessions`)).data

describe('POST …/subsessions', () => {
  it('answers a session with its link, which is there and open at once', async () => {
    const parent = await createParent()
    const child = await addChild(parent.path, {
      name: 'Erik Larsson',
      email: 'erik@example.com',
      ttl_days: 5,
      metadata: { file: 7 },
    })
    expect(child.created.data).toMatchObject({
      status: 'draft',
      version: 1,
      parent_session_id: parent.id,
      relationship: 'ubo',
      language: 'de',
      workflow_id: world.workflowId,
      metadata: { file: 7, user_name: 'Erik Larsson', user_email: 'erik@example.com' },
    })
    const { access_token: _, access_link: link, ...session } = child.created.data as Record<string, unknown>
    expect(link).toMatch(/^http:\/\/kyc\.test\/v\//)
    expect((await api.get(child.path)).data).toEqual(session)
    expect((await child.link('')).status).toBe(200)
    expect(valueAt((await api.get(parent.path)).data, 'subsessions')).toEqual({ total: 1, completed: 0 })
    const listed = await api.get(`/kyc/sessions?parent_session_id=${parent.id}`)
    expect(valueAt(listed.data, 'sessions', 0, 'session_id')).toBe(child.id)
  })

  it('goes three levels deep and no deeper', async () => {
    let path = (await createParent()).path
    for (let depth = 1; depth <= 3; depth += 1) path = (await addChild(path)).path
    expectError(await api.post(`${path}/subsessions`, { relationship: 'other' }), 400, 'INVALID_REQUEST')
  })

  it('takes the workflow of the body, else the one that the workflow names', async () => {
    const steps = [{ type: 'form_fill', name: 'You', custom_fields: [{ name: 'Name', type: 'text' }] }]
    const workflow = async (body: object) =>
      textAt((await api.post('/kyc/workflows', { steps, ...body })).data, 'workflow_id')
    const [named, other] = [await workflow({ name: 'Owners' }), await workflow({ name: 'Others' })]
    const workflow_id = await workflow({ name: 'Company', subsession_workflow_id: named })
    const parent = await api.post('/kyc/sessions', { workflow_id })
    const path = `/kyc/sessions/${textAt(parent.data, 'session_id')}`
    expect(valueAt((await addChild(path)).created.data, 'workflow_id')).toBe(named)
    expect(valueAt((await addChild(path, { workflow_id: other })).created.data, 'workflow_id')).toBe(other)
    const stranger = await makeWorld()
    const foreign = await api.post(`${path}/subsessions`, { relationship: 'ubo', workflow_id: stranger.workflowId })
    expectError(foreign, 404, 'WORKFLOW_NOT_FOUND')
  })

  it('is refused by an expired parent, for an unknown step, and for a body that is not right', async () => {
    const parent = await createParent()
    const post = (body: object) => api.post(`${parent.path}/subsessions`, body)
    expectError(await post({ relationship: 'cousin' }), 400, 'INVALID_REQUEST')
    expectError(await post({ relationship: 'ubo', email: 'nobody' }), 400, 'INVALID_REQUEST')
    expectError(await post({ relationship: 'ubo', step_id: 'nowhere' }), 404, 'STEP_NOT_FOUND')
    await api.patch(parent.path, { status: 'expired' })
    expectError(await post({ relationship: 'ubo' }), 400, 'LINK_EXPIRED')
  })

  it('is answered when D1 does not take the child, which comes to be when D1 is back', async () => {
    const parent = await createParent()
    await addChild(parent.path)
    await objectOf(parent.id).project()
    recorder.fault = (hop) => (hop.by === 'object' && hop.binding === 'D1' ? new Error('D1 is away') : null)
    const child = await addChild(parent.path)
    expectError(await child.link(''), 404, 'LINK_NOT_FOUND')
    recorder.reset()
    await makeDue(parent.id)
    await runDurableObjectAlarm(objectOf(parent.id))
    await eventually(async () => (await child.link('')).status === 200, 'the child is there')
  })
})

describe('GET …/subsessions', () => {
  it('shows where each child stands, and counts them', async () => {
    const parent = await createParent()
    expect(await listOf(parent.path)).toEqual({ subsessions: [], total: 0, completed: 0, all_completed: false })
    const child = await addChild(parent.path, { name: 'Erik' })
    expect(await listOf(parent.path)).toMatchObject({
      subsessions: [
        { session_id: child.id, relationship: 'ubo', name: 'Erik', status: 'draft', compliance_status: 'incomplete' },
      ],
      total: 1,
      completed: 0,
    })
    await child.link('/step/person/complete', { form_data: { full_name: 'Erik Larsson' } })
    const listed = await eventually(async () => {
      const data = await listOf(parent.path)
      return valueAt(data, 'completed') === 1 && data
    }, 'the parent heard of it')
    expect(listed).toMatchObject({
      subsessions: [{ status: 'completed', completed_steps: 1, total_steps: 1, is_completed: true }],
      all_completed: true,
    })
  })
})

describe('POST …/subsessions/{sub_id}/regenerate-link', () => {
  it('kills the old link of the child, and tells the parent of its time', async () => {
    const parent = await createParent()
    const child = await addChild(parent.path)
    const made = await api.post(`${child.inParent}/regenerate-link`, { ttl_days: 30 })
    expect(made.data).toMatchObject({ session_id: child.id })
    expectError(await child.link(''), 404, 'LINK_NOT_FOUND')
    expect((await linkOf(textAt(made.data, 'access_token'))('')).status).toBe(200)
    const expiresAt = textAt(made.data, 'expires_at')
    await eventually(
      async () => valueAt(await listOf(parent.path), 'subsessions', 0, 'expires_at') === expiresAt,
      'the parent heard of it',
    )
  })

  it('knows the children of that parent only', async () => {
    const [one, other] = [await createParent(), await createParent()]
    const child = await addChild(one.path)
    const path = `${other.path}/subsessions/${child.id}`
    expectError(await api.post(`${path}/regenerate-link`), 404, 'SUBSESSION_NOT_FOUND')
    expectError(await api.delete(path), 404, 'SUBSESSION_NOT_FOUND')
    expectError(await api.delete(`${one.path}/subsessions/${other.id}`), 404, 'SUBSESSION_NOT_FOUND')
    expectError(await api.delete(`${one.path}/subsessions/x`), 404, 'SUBSESSION_NOT_FOUND')
  })
})

describe('deleting a subsession', () => {
  it.each(['by its parent', 'by its own path'])(
    '%s erases it with its own children, and the parent forgets it',
    async (way) => {
      const parent = await createParent()
      const [child, sibling] = [await addChild(parent.path), await addChild(parent.path)]
      const grandchild = await addChild(child.path)
      const deleted = await api.delete(way === 'by its parent' ? child.inParent : child.path)
      expect(deleted.data).toEqual({
        session_id: child.id,
        deleted: true,
        documents_deleted: 0,
        subsessions_deleted: 1,
      })
      for (const gone of [child, grandchild]) {
        expectError(await api.get(gone.path), 404, 'SESSION_NOT_FOUND')
        expectError(await gone.link(''), 404, 'LINK_NOT_FOUND')
      }
      expect(await listOf(parent.path)).toMatchObject({ subsessions: [{ session_id: sibling.id }], total: 1 })
      expectError(await api.delete(child.inParent), 404, 'SUBSESSION_NOT_FOUND')
    },
  )

  it('tells the parent later when it could not be told at once', async () => {
    const parent = await createParent()
    const child = await addChild(parent.path)
    recorder.fault = ({ binding, call }) =>
      binding === 'OBJECT' && call === 'execute' ? new Error('the parent is away') : null
    expect((await api.delete(child.path)).status).toBe(200)
    recorder.reset()
    expect(valueAt(await listOf(parent.path), 'total')).toBe(1)
    await env.DB.prepare('UPDATE tombstones SET resume_at = 0 WHERE session_id = ?').bind(child.id).run()
    await resumeErasures(composed().deps)
    expect(valueAt(await listOf(parent.path), 'total')).toBe(0)
  })

  it('takes a whole family along with its root', async () => {
    const parent = await createParent()
    const child = await addChild(parent.path)
    expect(valueAt((await api.delete(parent.path)).data, 'subsessions_deleted')).toBe(1)
    expectError(await api.get(child.path), 404, 'SESSION_NOT_FOUND')
    expectError(await api.get(`${parent.path}/subsessions`), 404, 'SESSION_NOT_FOUND')
  })
})
