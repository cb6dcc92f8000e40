import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { JPEG } from '../../support/fixtures/files.ts'
import { documentRequirement, formField, simpleWorkflow, workflowOf } from '../../support/fixtures/workflow.ts'
import { clientOf, expectError, linkOf, send, textAt, valueAt } from '../../support/api.ts'
import { recorder } from '../../support/instrument.ts'
import { composed, makeWorld, newSession, objectOf, type World } from '../../support/world.ts'

const DAY_MS = 86_400_000

const step = { required: true, description: 'Internal words', instructions: null }
const definition = workflowOf(
  [
    {
      ...step,
      step_id: 'person',
      order: 1,
      name: 'You',
      type: 'form_fill',
      custom_fields: [formField('full_name', 'text', { required: true, validate_lists: true })],
    },
    {
      ...step,
      step_id: 'bill',
      order: 2,
      name: 'Bill',
      type: 'document_upload',
      document_requirements: [documentRequirement('proof_of_address')],
    },
    {
      ...step,
      step_id: 'extra',
      order: 3,
      name: 'More',
      required: false,
      type: 'form_fill',
      custom_fields: [formField('remark', 'text')],
    },
  ],
  { consent: { version: 'v1', text: 'We look.', privacy_url: null, required: true } },
)

let world: World
beforeEach(async () => {
  world = await makeWorld({ definition })
})

async function open() {
  const session = await newSession(world)
  return { id: session.state.session_id, token: session.accessToken, link: linkOf(session.accessToken) }
}
type Link = ReturnType<typeof linkOf>

const announce = (link: Link, size = JPEG.length) =>
  link('/upload/init', {
    step_id: 'bill',
    document_type: 'proof_of_address',
    file_name: 'bill.jpg',
    mime_type: 'image/jpeg',
    size,
  })

describe('opening a link', () => {
  it('shows what is to be done and wakes nothing', async () => {
    const { id, link } = await open()
    recorder.reset()
    const opened = await link('')
    expect(opened.data).toMatchObject({
      session_id: id,
      status: 'draft',
      next_action: 'start',
      current_step_index: 0,
      total_steps: 3,
      steps_data: [
        { step_id: 'person', name: 'You', status: 'pending' },
        { step_id: 'bill' },
        { step_id: 'extra', required: false },
      ],
      corrections: [],
    })
    expect(recorder.ofWorker()).toEqual(['D1 batch'])
    expect(opened.text).not.toMatch(/tenant|risk|decision|Internal words/)
  })

  it('shows the workflow without checks, rules and internal words', async () => {
    const { link } = await open()
    const workflow = await link('/workflow')
    expect(workflow.data).toMatchObject({
      workflow_id: world.workflowId,
      version: 1,
      consent: { version: 'v1' },
      steps: [{ type: 'form_fill' }, {}, {}],
    })
    expect(workflow.text).not.toMatch(/validation_config|automation|Internal words|validate_lists|auto_extract/)
  })

  it('is refused once its time ran out, writes nothing and keeps the object unborn', async () => {
    const { deps } = composed()
    const { id, token, link } = await open()
    await env.DB.prepare("UPDATE session_states SET state = json_set(state, '$.expires_at', ?) WHERE session_id = ?")
      .bind(deps.clock.system() - DAY_MS, id)
      .run()
    expectError(await link(''), 403, 'LINK_EXPIRED')
    const page = await send('GET', `/v/${token}`)
    expect([page.status, page.text.includes('has run out')]).toEqual([403, true])
    expect(await objectOf(id).read({ by: 'system' })).toBe('not_hydrated')
    // The tenant's look moves it.
    expect((await clientOf(world.key).get(`/kyc/sessions/${id}`)).data).toMatchObject({
      status: 'expired',
      link_expired: true,
    })
  })
})

describe('the way through', () => {
  it('goes from start to done', async () => {
    const { id, link } = await open()
    expectError(await link('/step/person/complete', { form_data: { full_name: 'Anna' } }), 400, 'INVALID_REQUEST')
    expect((await link('/start', { consent: true, consent_version: 'v1' })).data).toMatchObject({
      status: 'active',
      consent: { version: 'v1' },
      next_action: 'complete_step',
    })
    expectError(await announce(link), 400, 'STEP_LOCKED')
    expect((await link('/step/person/save', { form_data: { full_name: 'An' } })).data).toMatchObject({
      steps_data: [{ status: 'in_progress', form_data: { full_name: 'An' } }, {}, {}],
    })
    expect((await link('/step/person/complete', { form_data: { full_name: 'Anna' } })).data).toMatchObject({
      current_step_index: 1,
    })

    const announced = await announce(link)
    expect(announced.data).toMatchObject({ method: 'PUT', upload_url: expect.stringContaining(id) })
    const doc_id = textAt(announced.data, 'doc_id')
    expectError(await link('/upload/confirm', { doc_id }), 400, 'UPLOAD_INCOMPLETE')
    await env.DOCUMENTS.put(`${id}/${doc_id}`, JPEG)
    const confirmed = await link('/upload/confirm', { doc_id })
    expect(confirmed.data).toMatchObject({
      doc_id,
      status: 'uploaded',
      size: JPEG.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect((await link('/upload/confirm', { doc_id })).data).toEqual(confirmed.data)

    expectError(await link('/step/bill/skip', {}), 400, 'INVALID_REQUEST')
    expect((await link('/step/bill/complete', {})).data).toMatchObject({ current_step_index: 2 })
    const done = await link('/step/extra/skip', {})
    expect(done.data).toMatchObject({ status: 'completed', next_action: 'done', current_step_index: 3 })
    expect(done.text).not.toContain('Anna')
    expectError(await link('/step/extra/save', { form_data: { remark: 'x' } }), 403, 'SESSION_CLOSED')

    const url = await clientOf(world.key).get(`/kyc/sessions/${id}/documents/${doc_id}/url`)
    expect(url.data).toMatchObject({
      doc_id,
      expires_in: 300,
      file_name: 'bill.jpg',
      mime_type: 'image/jpeg',
      size: JPEG.length,
    })
    expectError(
      await clientOf(world.key).get(`/kyc/sessions/${id}/documents/doc_${composed().deps.ids.short()}/url`),
      404,
      'DOCUMENT_NOT_FOUND',
    )
  })

  it('names each thing that is missing', async () => {
    const { link } = await open()
    await link('/start', { consent: true, consent_version: 'v1' })
    const refused = await link('/step/person/complete', {})
    expectError(refused, 400, 'STEP_INCOMPLETE')
    expect(refused.error?.details?.map((detail) => detail.path)).toEqual(['form_data.full_name'])
    expectError(await link('/step/nope/complete', {}), 404, 'STEP_NOT_FOUND')
  })

  it('refuses a file that is not what it said', async () => {
    const { id, link } = await open()
    await link('/start', { consent: true, consent_version: 'v1' })
    await link('/step/person/complete', { form_data: { full_name: 'Anna' } })
    const html = new TextEncoder().encode('<script>alert(1)</script>')
    const doc_id = textAt((await announce(link, html.length)).data, 'doc_id')
    await env.DOCUMENTS.put(`${id}/${doc_id}`, html)
    expectError(await link('/upload/confirm', { doc_id }), 400, 'FILE_REJECTED')
    expectError(await clientOf(world.key).get(`/kyc/sessions/${id}/documents/${doc_id}/url`), 404, 'DOCUMENT_NOT_FOUND')
    expectError(
      await link('/upload/confirm', { doc_id: `doc_${composed().deps.ids.short()}` }),
      404,
      'DOCUMENT_NOT_FOUND',
    )
  })
})

describe('the page', () => {
  it('says who asks and what for, and runs nothing', async () => {
    world = await makeWorld({ definition: simpleWorkflow({ name: '<b>KYC</b> & more' }) })
    const { token } = await open()
    const page = await send('GET', `/v/${token}`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=UTF-8')
    expect(page.text).toContain('Acme asks you for: &lt;b&gt;KYC&lt;/b&gt; &amp; more')
    expect(page.text).not.toMatch(/<script|<b>KYC| on\w+=/)
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('its style block is the one that its policy names', async () => {
    const page = await send('GET', `/v/${(await open()).token}`)
    const style = /<style>([\s\S]*)<\/style>/.exec(page.text)?.[1] ?? ''
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
    expect(page.headers.get('content-security-policy')).toContain(btoa(String.fromCharCode(...new Uint8Array(digest))))
  })
})

describe('every answer', () => {
  it('forbids sniffing, caching and framing', async () => {
    for (const path of ['/healthz', '/nothing', '/kyc/sessions']) {
      const { headers } = await send('GET', path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    }
  })

  it('GET /healthz asks nobody', async () => {
    recorder.reset()
    expect(valueAt((await send('GET', '/healthz')).data, 'healthy')).toBe(true)
    expect(recorder.ofWorker()).toEqual([])
  })

  it('the table of transitions is the domain’s', async () => {
    const answer = await clientOf(world.key).get('/kyc/meta/transitions')
    expect(valueAt(answer.data, 'transitions')).toContainEqual({
      from: 'draft',
      to: 'active',
      by: 'first_write',
      conditions: [],
    })
  })
})
