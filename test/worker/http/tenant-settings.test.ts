import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { env } from 'cloudflare:workers'
import type { Client } from '../../support/api.ts'
import { clientOf, expectError, linkOf, send, textAt, valueAt } from '../../support/api.ts'
import { jwtOf } from '../../support/auth-matrix.ts'
import { coldStart, recorder } from '../../support/instrument.ts'
import { makeWorld, newSession, type World } from '../../support/world.ts'

const ME = '/kyc/tenants/me'

let world: World
let api: Client
beforeEach(async () => {
  world = await makeWorld()
  api = clientOf(world.key)
})
afterEach(() => recorder.reset())

describe('the settings of a tenant', () => {
  it('are those it began with until they are changed', async () => {
    expect((await api.get(ME)).data).toEqual({
      tenant_id: world.tenant.tenant_id,
      name: 'Acme',
      branding: { display_name: null, logo_url: null, color: null },
      retention_days: null,
      allowed_origins: [],
      allowed_redirects: [],
      created_at: new Date(world.tenant.created_at).toISOString(),
    })
  })

  it('change member by member; branding is one member', async () => {
    await api.patch(ME, { name: ' New name ', branding: { display_name: 'New', color: '#AABBCC' } })
    await api.patch(ME, { retention_days: 365, branding: { logo_url: 'https://cdn.example.com/logo.svg' } })
    const expected = {
      name: 'New name',
      retention_days: 365,
      branding: { display_name: null, logo_url: 'https://cdn.example.com/logo.svg', color: null },
    }
    expect((await api.get(ME)).data).toMatchObject(expected)
    expect((await api.patch(ME, {})).data).toMatchObject(expected)
    expect((await api.patch(ME, { retention_days: null })).data).toMatchObject({ ...expected, retention_days: null })
  })

  it('that two set at once both stay', async () => {
    await Promise.all([
      api.patch(ME, { allowed_origins: ['https://a.example'] }),
      api.patch(ME, { allowed_redirects: ['https://b.example.com/x'] }),
      api.patch(ME, { retention_days: 30 }),
    ])
    expect((await api.get(ME)).data).toMatchObject({
      allowed_origins: ['https://a.example'],
      allowed_redirects: ['https://b.example.com/x'],
      retention_days: 30,
    })
  })

  it('are refused with each place that is wrong, and nothing of them is kept', async () => {
    const refused = await api.patch(ME, {
      retention_days: 7,
      allowed_origins: ['https://a.example', 'https://a.example/path'],
      allowed_redirects: ['http://b.example.com'],
      branding: { logo_url: 'javascript:alert(1)' },
    })
    expectError(refused, 400, 'INVALID_REQUEST')
    expect(refused.error?.details?.map(({ path }) => path).toSorted()).toEqual([
      'allowed_origins[1]',
      'allowed_redirects[0]',
      'branding.logo_url',
    ])
    expect((await api.get(ME)).data).toMatchObject({ retention_days: null, allowed_origins: [] })
  })

  it.each([{ color: 'red' }, { color: '#12345' }, { icon: 'x' }, { display_name: '' }])(
    'refuse the branding %j',
    async (branding) => {
      expectError(await api.patch(ME, { branding }), 400, 'INVALID_REQUEST')
    },
  )

  it('are in force for the next call, and leave a line of who changed them', async () => {
    await api.patch(ME, { allowed_redirects: ['https://shop.example.com/'] })
    const body = { workflow_id: world.workflowId, redirect_url: 'https://elsewhere.example.com/' }
    expectError(await api.post('/kyc/sessions', body), 400, 'INVALID_REQUEST')
    const line = await env.DB.prepare('SELECT actor_id, operation FROM access_log WHERE tenant_id = ?')
      .bind(world.tenant.tenant_id)
      .first()
    expect(line).toEqual({ actor_id: world.actor.ref.id, operation: 'tenant.update' })
  })

  it('are not changed when the line cannot be written', async () => {
    recorder.fault = (hop) => (hop.by === 'worker' && hop.call === 'run' ? new Error('D1 is down') : null)
    expectError(await api.patch(ME, { retention_days: 9 }), 500, 'INTERNAL_ERROR')
    recorder.reset()
    expect((await api.get(ME)).data).toMatchObject({ retention_days: null })
  })
})

describe('a changed origin', () => {
  const allowedFor = async (token: string, origin: string): Promise<boolean> =>
    (await send('GET', `/public/sessions/${token}`, { headers: { origin } })).headers.get(
      'access-control-allow-origin',
    ) === origin

  it('counts for a session that was opened before, which holds its tenant as it was', async () => {
    const session = await newSession(world)
    await linkOf(session.accessToken)('/start', {})
    expect(await allowedFor(session.accessToken, 'https://app.example')).toBe(false)
    await api.patch(ME, { allowed_origins: ['https://app.example'] })
    expect(await allowedFor(session.accessToken, 'https://app.example')).toBe(true)
    await api.patch(ME, { allowed_origins: [] })
    expect(await allowedFor(session.accessToken, 'https://app.example')).toBe(false)
  })

  it('is the one that the session knows while D1 is down, so that the person goes on', async () => {
    await api.patch(ME, { allowed_origins: ['https://app.example'] })
    const session = await newSession(world)
    await linkOf(session.accessToken)('/start', {})
    coldStart(env)
    recorder.fault = (hop) => (hop.binding === 'D1' ? new Error('D1 is down') : null)
    expect(await allowedFor(session.accessToken, 'https://app.example')).toBe(true)
    expect(await allowedFor(session.accessToken, 'https://evil.example')).toBe(false)
  })
})

describe('settings of another tenant', () => {
  it('are out of reach: the path names nobody, the credential does', async () => {
    const other = await makeWorld()
    await clientOf(other.key).patch(ME, { name: 'Other', allowed_origins: ['https://other.example'] })
    expect((await api.get(ME)).data).toMatchObject({ name: 'Acme', allowed_origins: [] })
  })

  it('are the same from a live and a test credential of one tenant', async () => {
    await api.patch(ME, { retention_days: 90 })
    const live = { ...world, actor: { ...world.actor, scope: { ...world.actor.scope, mode: 'live' as const } } }
    expect(valueAt((await send('GET', ME, { key: await jwtOf(live) })).data, 'retention_days')).toBe(90)
    expect(textAt((await api.get(ME)).data, 'tenant_id')).toBe(world.tenant.tenant_id)
  })
})
