// A credential that is good for one thing, used for another: a link on another session's things, a link as a tenant's
// token, a key in place of a link, a body that writes what only the service may.

import { beforeEach, describe, expect, it } from 'vitest'
import { SessionBody } from '../../../src/http/schemas/session.ts'
import { UpdateSessionInput } from '../../../src/http/schemas/session-requests.ts'
import { clientOf, expectError, linkOf, send, textAt } from '../../support/api.ts'
import { papersStep, simpleWorkflow, workflowOf } from '../../support/fixtures/workflow.ts'
import { makeWorld, newSession, objectOf, type World } from '../../support/world.ts'

const BILL = {
  step_id: 'papers',
  document_type: 'proof_of_address',
  file_name: 'bill.pdf',
  mime_type: 'application/pdf',
  size: 4,
}

let world: World
beforeEach(async () => {
  const [person] = simpleWorkflow().steps
  if (person === undefined) throw new Error('fixture')
  world = await makeWorld({ definition: workflowOf([papersStep(), { ...person, order: 2 }]) })
})

describe('the link of one session', () => {
  it('finds no document of another session of the same tenant, and changes nothing there', async () => {
    const [mine, theirs] = [await newSession(world), await newSession(world)]
    const doc_id = textAt((await linkOf(theirs.accessToken)('/upload/init', BILL)).data, 'doc_id')
    const link = linkOf(mine.accessToken)
    await link('/start', {})
    expectError(await link('/upload/confirm', { doc_id }), 404, 'DOCUMENT_NOT_FOUND')
    expectError(await link('/extract', { doc_id }), 404, 'DOCUMENT_NOT_FOUND')
    const removed = await send('DELETE', `/public/sessions/${mine.accessToken}/documents/${doc_id}`)
    expectError(removed, 404, 'DOCUMENT_NOT_FOUND')
    const read = await objectOf(theirs.state.session_id).read({ by: 'system' })
    expect(read).toMatchObject({ ok: true, value: { state: { documents: [{ doc_id, status: 'pending_upload' }] } } })
  })

  it('renews no link of a session that is not its child', async () => {
    const [mine, theirs] = [await newSession(world), await newSession(world)]
    const renewed = await linkOf(mine.accessToken)(`/subsessions/${theirs.state.session_id}/regenerate-link`, {})
    expectError(renewed, 404, 'SUBSESSION_NOT_FOUND')
    expect((await linkOf(theirs.accessToken)('')).status).toBe(200)
  })

  it('is no token of a tenant', async () => {
    const { accessToken, state } = await newSession(world)
    for (const path of ['/kyc/sessions', `/kyc/sessions/${state.session_id}`, '/kyc/tenants/me']) {
      expectError(await send('GET', path, { key: accessToken }), 401, 'INVALID_TOKEN')
    }
  })
})

describe('an API key', () => {
  it('opens nothing in place of a link', async () => {
    for (const path of ['', '/workflow']) {
      expectError(await send('GET', `/public/sessions/${world.key}${path}`), 404, 'LINK_NOT_FOUND')
    }
  })

  it('that manages the tenant alone neither reads nor writes a session', async () => {
    const made = await clientOf(world.key).post('/kyc/tenants/me/api-keys', {
      name: 'Settings',
      permissions: ['tenant:manage'],
    })
    const manager = clientOf(textAt(made.data, 'api_key'))
    const { state } = await newSession(world)
    expectError(await manager.get('/kyc/sessions'), 403, 'MISSING_PERMISSION')
    expectError(await manager.get(`/kyc/sessions/${state.session_id}`), 403, 'MISSING_PERMISSION')
    expectError(await manager.delete(`/kyc/sessions/${state.session_id}`), 403, 'MISSING_PERMISSION')
    expectError(await manager.post('/kyc/sessions', { workflow_id: world.workflowId }), 403, 'MISSING_PERMISSION')
  })
})

describe('a member of a session that only the service writes', () => {
  const written = Object.keys(UpdateSessionInput.shape)
  const readOnly = Object.keys(SessionBody.shape).filter((name) => !written.includes(name))

  it.each(readOnly)('%s is refused by PATCH', async (member) => {
    const { state } = await newSession(world)
    const refused = await clientOf(world.key).patch(`/kyc/sessions/${state.session_id}`, { notes: 'x', [member]: null })
    expectError(refused, 400, 'INVALID_REQUEST')
    expect(refused.error?.details).toEqual([{ path: member, message: expect.stringContaining('not known') }])
  })

  it.each(['tenant_id', 'mode', 'owner', 'link', '__proto__', 'constructor'])('nor is there a %s', async (member) => {
    const { state } = await newSession(world)
    const raw = `{"notes":"x",${JSON.stringify(member)}:{"a":1}}`
    const headers = { 'content-type': 'application/json' }
    const path = `/kyc/sessions/${state.session_id}`
    expectError(await send('PATCH', path, { key: world.key, raw, headers }), 400, 'INVALID_REQUEST')
    expectError(await send('POST', '/kyc/sessions', { key: world.key, raw, headers }), 400, 'INVALID_REQUEST')
  })
})
