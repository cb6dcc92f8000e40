import { beforeEach, describe, expect, it } from 'vitest'
import { JPEG } from '../../support/fixtures/files.ts'
import { clientOf, expectError, linkOf, send, textAt, valueAt } from '../../support/api.ts'
import { documentRequirement, workflowOf } from '../../support/fixtures/workflow.ts'
import { composed, makeWorld, newSession, type World } from '../../support/world.ts'

const step = { required: true, description: null, instructions: null }
const definition = workflowOf([
  {
    ...step,
    step_id: 'bill',
    order: 1,
    name: 'Bill',
    type: 'document_upload',
    required: false,
    document_requirements: [documentRequirement('proof_of_address')],
  },
  {
    ...step,
    step_id: 'alive',
    order: 2,
    name: 'Camera',
    type: 'liveness',
    required: false,
    liveness_config: {
      min_confidence: 80,
      challenge_type: 'active',
      challenges: ['blink', 'turn_left', 'nod'],
      save_reference_image: false,
      use_for_face_match: false,
      max_retries: 1,
    },
  },
  {
    ...step,
    step_id: 'owners',
    order: 3,
    name: 'Owners',
    type: 'subsession_collection',
    relationships: ['ubo'],
    min: 0,
    max: 2,
    workflow_id: null,
    require_completion: false,
  },
])

let world: World
beforeEach(async () => {
  world = await makeWorld({ definition })
})

async function open() {
  const { state, accessToken } = await newSession(world)
  const base = `/public/sessions/${accessToken}`
  return { id: state.session_id, token: accessToken, base, link: linkOf(accessToken) }
}
const bill = (content: string) => ({
  step_id: 'bill',
  document_type: 'proof_of_address',
  file_name: 'bill.jpg',
  mime_type: 'image/jpeg',
  content,
})
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

describe('a file in one call', () => {
  it.each(['/upload', '/documents'])('is taken as base64 at %s, read, and removed again', async (path) => {
    const { link, base } = await open()
    const uploaded = await link(path, bill(base64(JPEG)))
    expect(uploaded.data).toMatchObject({ status: 'uploaded', size: JPEG.length, mime_type: 'image/jpeg' })
    const docId = textAt(uploaded.data, 'doc_id')
    const read = await link('/extract', { doc_id: docId })
    expect(read.data).toMatchObject({
      doc_id: docId,
      extraction: { fields: {}, mrz: null, warnings: [{ code: 'unreadable' }] },
      extraction_check: { state: 'ok' },
    })
    expect((await link('/extract', { doc_id: docId })).data).toEqual({
      ...Object(read.data),
      extraction_check: expect.objectContaining({ state: 'ok' }),
    })
    const removed = await send('DELETE', `${base}/documents/${docId}`)
    expect(removed.data).toMatchObject({ steps_data: [{ step_id: 'bill', documents: [] }, {}, {}] })
    expectError(await send('DELETE', `${base}/documents/${docId}`), 404, 'DOCUMENT_NOT_FOUND')
    expectError(await link('/extract', { doc_id: docId }), 404, 'DOCUMENT_NOT_FOUND')
  })

  it('is taken as multipart', async () => {
    const { base } = await open()
    const form = new FormData()
    form.set('step_id', 'bill')
    form.set('document_type', 'proof_of_address')
    form.set('file', new File([JPEG], 'bill.jpg', { type: 'image/jpeg' }))
    const uploaded = await send('POST', `${base}/upload`, { raw: form })
    expect(uploaded.data).toMatchObject({ file_name: 'bill.jpg', status: 'uploaded' })
  })

  it('is refused when it is not what it says, is too large, or is not there', async () => {
    const { link, base } = await open()
    expectError(await link('/upload', bill(btoa('<html></html>'))), 400, 'FILE_REJECTED')
    expectError(await link('/upload', bill('A'.repeat(4 * 1_500_000))), 400, 'BODY_TOO_LARGE')
    expectError(await link('/upload', bill('no base64!')), 400, 'INVALID_REQUEST')
    expectError(await send('POST', `${base}/upload`), 400, 'INVALID_JSON')
  })
})

const frameOf = (content: string) => ({
  step_id: 'alive',
  document_type: 'liveness_frame',
  file_name: 'frame.jpg',
  mime_type: 'image/jpeg',
  content,
})

describe('liveness', () => {
  it('draws once, takes frames of that challenge, and leaves one more attempt after frames that show nothing', async () => {
    const { id, link } = await open()
    const started = await link('/liveness/start', {})
    expect(started.data).toMatchObject({ step_id: 'alive', attempts_left: 1 })
    const drawn = valueAt(started.data, 'challenges')
    expect(new Set(Array.isArray(drawn) ? drawn : [])).toEqual(new Set(['blink', 'nod', 'turn_left']))
    expect((await link('/liveness/start', {})).data).toEqual(started.data)
    const nonce = textAt(started.data, 'nonce')
    const frame = await link('/upload', frameOf(base64(JPEG)))
    const frame_doc_ids = [textAt(frame.data, 'doc_id')]
    expectError(await link('/liveness/complete', { nonce: 'another', frame_doc_ids }), 400, 'INVALID_REQUEST')
    const refused = await link('/liveness/complete', { nonce, frame_doc_ids })
    expect(refused.data).toMatchObject({ steps_data: [{}, { step_id: 'alive', status: 'in_progress' }, {}] })
    expectError(await link('/liveness/complete', { nonce, frame_doc_ids }), 400, 'INVALID_REQUEST')
    const again = await link('/liveness/start', {})
    expect(again.data).toMatchObject({ attempts_left: 0 })
    const second = await link('/upload', frameOf(base64(JPEG)))
    const last = { nonce: textAt(again.data, 'nonce'), frame_doc_ids: [textAt(second.data, 'doc_id')] }
    const done = await link('/liveness/complete', last)
    expect(done.data).toMatchObject({ steps_data: [{}, { step_id: 'alive', status: 'completed' }, {}] })
    expect(done.text).not.toMatch(/passed|confidence|too_few_frames/)
    expect((await clientOf(world.key).get(`/kyc/sessions/${id}`)).status).toBe(200)
    expectError(await link('/liveness/start', { step_id: 'bill' }), 404, 'STEP_NOT_FOUND')
  })
})

describe('subsessions of the end user', () => {
  it('are added with a link, listed without verdicts, and renewed until begun', async () => {
    const { link, base } = await open()
    const added = await link('/subsessions', { relationship: 'ubo', name: 'Erik' })
    expect(added.status).toBe(201)
    const sub = textAt(added.data, 'session_id')
    const first = linkOf(textAt(added.data, 'access_token'))
    expect((await first('')).data).toMatchObject({ session_id: sub, status: 'draft' })
    const listed = await link('/subsessions')
    expect(listed.data).toEqual({
      subsessions: [
        { session_id: sub, relationship: 'ubo', name: 'Erik', is_completed: false, completed_steps: 0, total_steps: 3 },
      ],
    })
    const renewed = await send('POST', `${base}/subsessions/${sub}/regenerate-link`)
    expectError(await first(''), 404, 'LINK_NOT_FOUND')
    const second = linkOf(textAt(renewed.data, 'access_token'))
    expect((await second('/start', {})).status).toBe(200)
    expectError(await send('POST', `${base}/subsessions/${sub}/regenerate-link`), 403, 'SESSION_CLOSED')
    const other = await open()
    const foreign = await send('POST', `${other.base}/subsessions/${sub}/regenerate-link`)
    expectError(foreign, 404, 'SUBSESSION_NOT_FOUND')
    expectError(await link('/subsessions', { relationship: 'director' }), 400, 'INVALID_REQUEST')
  })
})

describe('another origin', () => {
  const SHOP = 'https://shop.example.com'
  const preflight = (path: string, origin: string) =>
    send('OPTIONS', path, { headers: { origin, 'access-control-request-method': 'POST' } })

  it('may call if the tenant allows it, and by this link only', async () => {
    const { deps } = composed()
    const tenant_id = deps.ids.uuid()
    const settings = { ...world.tenant.settings, allowed_origins: [SHOP] }
    const tenant = { ...world.tenant, tenant_id, settings }
    await deps.tenants.insert(tenant)
    const scope = { ...world.actor.scope, tenantId: tenant_id }
    await deps.workflows.insert(scope, { workflow_id: tenant_id, version: 1, definition, created_at: 1 })
    const allowed = await newSession({ ...world, tenant, workflowId: tenant_id, actor: { ...world.actor, scope } })
    const base = `/public/sessions/${allowed.accessToken}`
    const asked = await preflight(`${base}/start`, SHOP)
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, SHOP])
    expect(asked.headers.get('vary')).toContain('Origin')
    const called = await send('GET', base, { headers: { origin: SHOP } })
    expect([called.status, called.headers.get('access-control-allow-origin')]).toEqual([200, SHOP])
    for (const [path, origin] of [
      [base, 'https://evil.example.com'],
      [`/public/sessions/${'A'.repeat(76)}`, SHOP],
      [(await open()).base, SHOP],
      ['/kyc/sessions', SHOP],
    ] as const) {
      expect((await preflight(path, origin)).headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})
