import { beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../support/api.ts'
import { clientOf, expectError, linkOf, send, textAt, valueAt } from '../../support/api.ts'
import { formField, simpleWorkflow, validationConfig } from '../../support/fixtures/workflow.ts'
import { recorder } from '../../support/instrument.ts'
import { makeWorld, type World } from '../../support/world.ts'

const DAY_MS = 86_400_000

let world: World
let api: Client
beforeEach(async () => {
  const [person] = simpleWorkflow().steps
  if (person?.type !== 'form_fill') throw new Error('fixture')
  const custom_fields = [...person.custom_fields, formField('payout', 'wallet')]
  const definition = simpleWorkflow({
    ttl_days: 3,
    steps: [{ ...person, custom_fields }],
    validation_config: validationConfig({ run_crypto: true }),
  })
  world = await makeWorld({ definition })
  api = clientOf(world.key)
})

async function create() {
  const created = await api.post('/kyc/sessions', { workflow_id: world.workflowId })
  const token = textAt(created.data, 'access_token')
  const id = textAt(created.data, 'session_id')
  return { id, path: `/kyc/sessions/${id}`, token, link: linkOf(token), expires_at: textAt(created.data, 'expires_at') }
}

async function completed() {
  const session = await create()
  const form_data = { full_name: 'Anna Eriksson' }
  expect((await session.link('/step/person/complete', { form_data })).status).toBe(200)
  return session
}

describe('POST …/generate-link', () => {
  it('kills the old link at once, opened or not, and the new one opens the session', async () => {
    for (const session of [await create(), await completed()]) {
      const made = await api.post(`${session.path}/generate-link`)
      expect(made.status).toBe(200)
      const token = textAt(made.data, 'access_token')
      expect(made.data).toEqual({
        session_id: session.id,
        access_token: token,
        access_link: `http://kyc.test/v/${token}`,
        expires_at: session.expires_at,
      })
      expectError(await session.link(''), 404, 'LINK_NOT_FOUND')
      expectError(await session.link('/start', {}), 404, 'LINK_NOT_FOUND')
      expect((await linkOf(token)('')).status).toBe(200)
    }
  })

  it('gives the time that it is asked for, and refuses a time that cannot be', async () => {
    const session = await create()
    const made = await api.post(`${session.path}/generate-link`, { ttl_days: 10 })
    expect(Date.parse(textAt(made.data, 'expires_at')) - Date.now()).toBeGreaterThan(9.9 * DAY_MS)
    expectError(await api.post(`${session.path}/generate-link`, { ttl_days: 366 }), 400, 'INVALID_REQUEST')
  })

  it('brings an expired session back to the status that it had', async () => {
    const session = await create()
    expect((await api.patch(session.path, { status: 'expired' })).data).toMatchObject({ status: 'expired' })
    expect((await api.post(`${session.path}/generate-link`)).status).toBe(200)
    expect((await api.get(session.path)).data).toMatchObject({ status: 'draft', link_expired: false })
  })

  it('is good at once even when D1 did not take the change yet', async () => {
    const session = await create()
    await session.link('/start', {})
    recorder.fault = (hop) => (hop.by === 'object' && hop.binding === 'D1' ? new Error('D1 is away') : null)
    const made = await api.post(`${session.path}/generate-link`)
    expect(made.status).toBe(200)
    expect((await linkOf(textAt(made.data, 'access_token'))('')).status).toBe(200)
    recorder.reset()
  })
})

describe('POST …/extend', () => {
  it('adds days to the later of now and the present expiry, for the same link', async () => {
    const session = await create()
    const extended = await api.post(`${session.path}/extend`, { ttl_days: 4 })
    const expires_at = new Date(Date.parse(session.expires_at) + 4 * DAY_MS).toISOString()
    expect(extended.data).toEqual({ session_id: session.id, status: 'draft', expires_at })
    expect((await session.link('')).status).toBe(200)
  })

  it('takes an instant, and never one that is earlier than what holds', async () => {
    const session = await create()
    const later = new Date(Date.parse(session.expires_at) + DAY_MS).toISOString()
    const extended = await api.post(`${session.path}/extend`, { expires_at: later })
    expect(extended.data).toMatchObject({ expires_at: later })
    expectError(await api.post(`${session.path}/extend`, { expires_at: session.expires_at }), 400, 'INVALID_REQUEST')
  })

  it('takes exactly one of the two, and the version that the caller saw', async () => {
    const session = await create()
    expectError(await api.post(`${session.path}/extend`, {}), 400, 'INVALID_REQUEST')
    const both = { ttl_days: 1, expires_at: '2030-01-01T00:00:00.000Z' }
    expectError(await api.post(`${session.path}/extend`, both), 400, 'INVALID_REQUEST')
    const extend = (etag: string) =>
      send('POST', `${session.path}/extend`, { key: world.key, body: { ttl_days: 1 }, headers: { 'if-match': etag } })
    expect((await extend('"1"')).status).toBe(200)
    expectError(await extend('"1"'), 412, 'VERSION_CONFLICT')
  })
})

describe('POST …/corrections', () => {
  const asked = { step_id: 'person', field_ids: ['full_name'], message: 'As on your passport, please.' }

  it('opens what it names, and is over when the person has sent it', async () => {
    const session = await completed()
    await api.patch(session.path, { status: 'approved' })
    const requested = await api.post(`${session.path}/corrections`, { corrections: [asked], note: 'Typo' })
    expect(requested.data).toMatchObject({
      status: 'awaiting_client_correction',
      compliance_status: 'remediation',
      open_corrections: 1,
      final_decision: null,
      decision: null,
      corrections: [
        {
          correction_id: expect.stringMatching(/^cor_[0-9a-z]{26}$/),
          ...asked,
          document_types: [],
          status: 'open',
          round: 1,
          note: 'Typo',
        },
      ],
    })
    expect(requested.headers.get('etag')).toBe(`"${String(valueAt(requested.data, 'version'))}"`)
    const seen = await session.link('')
    expect(valueAt(seen.data, 'corrections', 0, 'message')).toBe(asked.message)
    expect(seen.text).not.toContain('Typo')
    const closed = await session.link('/step/person/complete', {
      form_data: { full_name: 'Anna Eriksson', nickname: 'A' },
    })
    expectError(closed, 400, 'FIELD_NOT_OPEN_FOR_CORRECTION')
    const done = await session.link('/step/person/complete', { form_data: { full_name: 'Anna M Eriksson' } })
    expect(done.status).toBe(200)
    const after = await api.get(session.path)
    expect(after.data).toMatchObject({
      status: 'completed',
      open_corrections: 0,
      corrections: [
        {
          status: 'resolved',
          changes: [{ field_id: 'full_name', old_value: 'Anna Eriksson', new_value: 'Anna M Eriksson' }],
        },
      ],
    })
  })

  it('says which item is wrong', async () => {
    const session = await completed()
    const post = (item: object) => api.post(`${session.path}/corrections`, { corrections: [{ ...asked, ...item }] })
    const step = await post({ step_id: 'nowhere' })
    expectError(step, 404, 'STEP_NOT_FOUND')
    expect(step.error?.details?.[0]?.path).toBe('corrections[0].step_id')
    const field = await post({ field_ids: ['nothing'] })
    expectError(field, 400, 'INVALID_REQUEST')
    expect(field.error?.details?.[0]?.path).toBe('corrections[0].field_ids[0]')
    expectError(await post({ message: '' }), 400, 'INVALID_REQUEST')
    expectError(await api.post(`${session.path}/corrections`, { corrections: [] }), 400, 'INVALID_REQUEST')
  })

  it('is refused before the person is done, and for a version that is not the present one', async () => {
    const draft = await create()
    const early = await api.post(`${draft.path}/corrections`, { corrections: [asked] })
    expectError(early, 400, 'INVALID_STATUS_TRANSITION')
    const session = await completed()
    const headers = { 'if-match': '"1"' }
    const stale = await api.post(`${session.path}/corrections`, { corrections: [asked] }, headers)
    expectError(stale, 412, 'VERSION_CONFLICT')
  })
})

describe('POST …/validate', () => {
  it('answers the ended checks, keeps them with the session, and moves nothing', async () => {
    const session = await create()
    const wallet = { network: 'eth', address: '0x52908400098527886E0F7030069857D2E4169EE7' }
    await session.link('/step/person/save', { form_data: { payout: wallet } })
    const before = await api.get(session.path)
    const validated = await api.post(`${session.path}/validate`, { validations: ['crypto'], wait_seconds: 10 })
    expect(validated.data).toMatchObject({
      validation_id: expect.stringMatching(/^val_[0-9a-z]{26}$/),
      status: 'completed',
      results: { crypto: { addresses: [{ valid: true }] } },
    })
    const after = await api.get(session.path)
    expect(after.data).toMatchObject({
      status: valueAt(before.data, 'status'),
      risk_score: null,
      final_decision: null,
      validations: [{ validation_id: valueAt(validated.data, 'validation_id'), status: 'completed' }],
    })
  })

  it('does not wait when told not to, and a second call for the same set joins the first', async () => {
    const session = await completed()
    recorder.fault = (hop) => (hop.binding.startsWith('QUEUE') ? 'lost' : null)
    const ask = () => api.post(`${session.path}/validate`, { validations: ['crypto', 'watchlists'], wait_seconds: 0 })
    const [first, second] = [await ask(), await ask()]
    recorder.reset()
    expect(first.data).toMatchObject({ status: 'running', completed_at: null })
    expect(valueAt(second.data, 'validation_id')).toBe(valueAt(first.data, 'validation_id'))
  })

  it('names a check that there is not', async () => {
    const session = await create()
    expectError(await api.post(`${session.path}/validate`, { validations: ['luck'] }), 400, 'INVALID_REQUEST')
  })
})

describe('GET …/events', () => {
  it("shows a seed's trail from D1 and an opened session's from its object, page by page", async () => {
    const session = await create()
    const seed = await api.get(`${session.path}/events`)
    expect(seed.data).toMatchObject({
      events: [
        { sequence: 1, type: 'session_created', actor: { type: 'api_key', name: 'test key' }, data: { to: 'draft' } },
      ],
      pagination: { limit: 20, next_cursor: null, has_more: false },
    })
    await session.link('/step/person/complete', { form_data: { full_name: 'Anna Eriksson' } })
    recorder.reset()
    const all = await api.get(`${session.path}/events`)
    expect(recorder.ofWorker()).toEqual(['D1 batch', 'OBJECT events'])
    const sequences = (data: unknown) => {
      const events = valueAt(data, 'events')
      return Array.isArray(events) ? events.map((event) => valueAt(event, 'sequence')) : []
    }
    const whole = sequences(all.data)
    expect(whole.length).toBeGreaterThan(2)
    expect(whole).toEqual(whole.map((_, index) => index + 1))
    expect(all.text).not.toContain('Anna')
    expect(all.text).not.toMatch(/nonce/)

    const seen: unknown[] = []
    let cursor = ''
    for (;;) {
      const page = await api.get(`${session.path}/events?limit=2${cursor}`)
      seen.push(...sequences(page.data))
      const next = valueAt(page.data, 'pagination', 'next_cursor')
      expect(valueAt(page.data, 'pagination', 'has_more')).toBe(next !== null)
      if (typeof next !== 'string') break
      cursor = `&cursor=${next}`
    }
    expect(seen).toEqual(whole)
    const other = await create()
    expectError(await api.get(`${other.path}/events?limit=2${cursor}`), 400, 'INVALID_CURSOR')
  })
})
