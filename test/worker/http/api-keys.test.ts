import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_LIVE_KEYS } from '../../../src/application/tenants/issue-api-key.ts'
import type { Permission } from '../../../src/application/actor.ts'
import type { Answer, Client } from '../../support/api.ts'
import { clientOf, expectError, textAt, valueAt } from '../../support/api.ts'
import { jwtOf } from '../../support/auth-matrix.ts'
import { coldStart, recorder } from '../../support/instrument.ts'
import { composed, makeWorld, type World } from '../../support/world.ts'

const KEYS = '/kyc/tenants/me/api-keys'

let world: World
let api: Client
beforeEach(async () => {
  world = await makeWorld()
  api = clientOf(world.key)
})
afterEach(() => recorder.reset())

const issue = (
  permissions: Permission[] = ['kyc:read'],
  from: Client = api,
  headers?: Record<string, string>,
): Promise<Answer> => from.post(KEYS, { name: 'Backend', permissions }, headers)
const secretOf = (answer: Answer): string => textAt(answer.data, 'api_key')
const idOf = (answer: Answer): string => textAt(answer.data, 'key_id')

describe('a new API key', () => {
  it('works at once, in the tenant and mode of its maker, with the permissions it was given', async () => {
    const issued = await issue(['kyc:read', 'kyc:read', 'kyc:session'])
    expect(issued.data).toMatchObject({
      mode: 'test',
      name: 'Backend',
      permissions: ['kyc:read', 'kyc:session'],
      hint: secretOf(issued).slice(-4),
      created_by: { type: 'api_key', id: world.actor.ref.id },
      revoked_at: null,
    })
    expect(secretOf(issued)).toMatch(/^sk_test_[0-9A-Za-z]{43}$/)
    const mine = clientOf(secretOf(issued))
    expect((await mine.post('/kyc/sessions', { workflow_id: world.workflowId })).status).toBe(201)
    expectError(await mine.delete(`/kyc/workflows/${world.workflowId}`), 403, 'MISSING_PERMISSION')
  })

  it('shows its secret in that answer only, and D1 has its hash', async () => {
    const secret = secretOf(await issue())
    expect((await api.get(KEYS)).text).not.toContain(secret)
    const { results } = await env.DB.prepare('SELECT * FROM api_keys').all()
    expect(JSON.stringify(results)).not.toContain(secret)
  })

  it.each<[Permission[], Permission[]]>([
    [['tenant:manage', 'kyc:read'], ['kyc:create']],
    [['tenant:manage', 'kyc:session', 'kyc:decide', 'kyc:delete', 'kyc:workflow'], ['kyc:create']],
    [
      ['tenant:manage', 'kyc:session'],
      ['kyc:session', 'kyc:decide'],
    ],
  ])('made with %j is not given %j', async (held, wanted) => {
    const maker = clientOf(secretOf(await issue(held)))
    expectError(await issue(wanted, maker), 403, 'MISSING_PERMISSION')
    expect((await issue(['tenant:manage'], maker)).status).toBe(200)
  })

  it('may get a part of what its maker holds as a whole', async () => {
    const maker = clientOf(secretOf(await issue(['tenant:manage', 'kyc:create'])))
    expect((await issue(['kyc:delete', 'kyc:session'], maker)).status).toBe(200)
  })

  it.each([{}, { name: 'x' }, { name: '', permissions: ['kyc:read'] }, { name: 'x', permissions: [] }])(
    'is refused for %j',
    async (body) => {
      expectError(await api.post(KEYS, body), 400, 'INVALID_REQUEST')
    },
  )

  it('names an unknown permission, and no mode of its own', async () => {
    const refused = await api.post(KEYS, { name: 'x', permissions: ['kyc:read', 'root'], mode: 'live' })
    expectError(refused, 400, 'INVALID_REQUEST')
    expect(refused.error?.details?.map(({ path }) => path).toSorted()).toEqual(['mode', 'permissions[1]'])
  })

  it(`is one of ${MAX_LIVE_KEYS} at most; revoked ones do not count`, async () => {
    const last = await issue()
    for (let count = 2; count < MAX_LIVE_KEYS; count += 1) await issue()
    expectError(await issue(), 400, 'INVALID_REQUEST')
    await api.delete(`${KEYS}/${idOf(last)}`)
    expect((await issue()).status).toBe(200)
  })

  it('under an Idempotency-Key is one key, and the repeat shows the same secret', async () => {
    const headers = { 'idempotency-key': 'key-1' }
    const [first, second] = [await issue(['kyc:read'], api, headers), await issue(['kyc:read'], api, headers)]
    expect(second.data).toEqual(first.data)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(valueAt((await api.get(KEYS)).data, 'api_keys')).toHaveLength(2)
    expect((await clientOf(secretOf(second)).get('/kyc/sessions')).status).toBe(200)
    const { results } = await env.DB.prepare('SELECT * FROM idempotency_keys').all()
    expect(JSON.stringify(results)).not.toContain(secretOf(first))
  })
})

describe('the list of keys', () => {
  it('is of one mode, pages the youngest first, and shows revoked ones', async () => {
    const ids = [world.actor.ref.id]
    for (let count = 0; count < 4; count += 1) ids.unshift(idOf(await issue()))
    await api.delete(`${KEYS}/${ids[1]}`)
    const seen: unknown[] = []
    let next: unknown = null
    do {
      const page = await api.get(`${KEYS}?limit=2${typeof next === 'string' ? `&cursor=${next}` : ''}`)
      const keys = valueAt(page.data, 'api_keys')
      if (Array.isArray(keys)) seen.push(...keys)
      next = valueAt(page.data, 'pagination', 'next_cursor')
    } while (next !== null)
    expect(new Set(seen.map((key) => valueAt(key, 'key_id')))).toEqual(new Set(ids))
    expect(seen.filter((key) => valueAt(key, 'revoked_at') !== null)).toHaveLength(1)

    const live = { ...world, actor: { ...world.actor, scope: { ...world.actor.scope, mode: 'live' as const } } }
    const ofLive = await clientOf(await jwtOf(live)).get(KEYS)
    expect(valueAt(ofLive.data, 'api_keys')).toEqual([])
  })
})

describe('a revoked key', () => {
  it('opens nothing from then on in the isolate that served it', async () => {
    const issued = await issue()
    const mine = clientOf(secretOf(issued))
    expect((await mine.get('/kyc/sessions')).status).toBe(200)
    const revoked = await api.delete(`${KEYS}/${idOf(issued)}`)
    expect(textAt(revoked.data, 'revoked_at')).toMatch(/Z$/)
    expectError(await mine.get('/kyc/sessions'), 401, 'INVALID_TOKEN')
    expect((await api.delete(`${KEYS}/${idOf(issued)}`)).data).toEqual(revoked.data)
  })

  it('that another isolate still takes makes no key, revokes none and changes no setting', async () => {
    const issued = await issue(['tenant:manage', 'kyc:read'])
    const thief = clientOf(secretOf(issued))
    expect((await thief.get(KEYS)).status).toBe(200)
    // As another isolate revokes it: this one has the key in its memory.
    await env.DB.prepare('UPDATE api_keys SET revoked_at = 1 WHERE key_id = ?').bind(idOf(issued)).run()
    expect((await thief.get(KEYS)).status).toBe(200)
    expectError(await issue(['kyc:read'], thief), 401, 'INVALID_TOKEN')
    expectError(await issue(['kyc:read'], thief, { 'idempotency-key': 'thief' }), 401, 'INVALID_TOKEN')
    expectError(await thief.delete(`${KEYS}/${world.actor.ref.id}`), 401, 'INVALID_TOKEN')
    expectError(await thief.patch('/kyc/tenants/me', { name: 'Mine' }), 401, 'INVALID_TOKEN')
    coldStart(env)
    expect((await api.get('/kyc/tenants/me')).data).toMatchObject({ name: 'Acme' })
    expect(valueAt((await api.get(KEYS)).data, 'api_keys')).toHaveLength(2)
  })

  it('is never the caller itself, so that no tenant locks itself out', async () => {
    expectError(await api.delete(`${KEYS}/${world.actor.ref.id}`), 400, 'INVALID_REQUEST')
    expect((await api.get(KEYS)).status).toBe(200)
  })

  it('may be the last one for whom a JWT speaks', async () => {
    const reviewer = clientOf(await jwtOf(world))
    expect((await reviewer.delete(`${KEYS}/${world.actor.ref.id}`)).status).toBe(200)
    expect((await issue(['tenant:manage'], reviewer)).data).toMatchObject({
      created_by: { type: 'user', id: 'reviewer-7' },
    })
  })

  it('stands: two keys that revoke each other at once leave one', async () => {
    const other = await issue(['tenant:manage'])
    const both = await Promise.all([
      api.delete(`${KEYS}/${idOf(other)}`),
      clientOf(secretOf(other)).delete(`${KEYS}/${world.actor.ref.id}`),
    ])
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 401]))
    const live = await env.DB.prepare('SELECT count(*) AS n FROM api_keys WHERE tenant_id = ? AND revoked_at IS NULL')
      .bind(world.tenant.tenant_id)
      .first<{ n: number }>()
    expect(live?.n).toBe(1)
  })

  it('must be one of this tenant and mode, by an id of the right form', async () => {
    expectError(await api.delete(`${KEYS}/${composed().deps.ids.uuid()}`), 404, 'ROUTE_NOT_FOUND')
    expectError(await api.delete(`${KEYS}/x`), 404, 'ROUTE_NOT_FOUND')
  })
})
