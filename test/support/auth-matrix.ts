// What every tenant route answers to a caller it must not serve. Each route's test gives itself to it.

import { env } from 'cloudflare:workers'
import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../src/domain/errors.ts'
import type { Permission } from '../../src/application/actor.ts'
import { PERMISSIONS } from '../../src/application/actor.ts'
import { expectError, send } from './api.ts'
import { recorder } from './instrument.ts'
import { composed, makeWorld, newSession, type World } from './world.ts'

/** As in vitest.config.ts. */
const JWT_SECRET = new TextEncoder().encode('test-only-shared-secret-of-32-bytes-or-more')

/** The ids that a path may name; they are the victim's, whom the stranger must not reach. */
export type Ids = { sessionId: string; workflowId: string; docId: string; keyId: string; deliveryId: string }

export type GuardedRoute = {
  method: string
  path: (ids: Ids) => string
  body?: (ids: Ids) => unknown
  needs: Permission
  /** What another tenant gets; null where the path and body name nothing of anybody's. */
  foreign: ErrorCode | null
}

export async function jwtOf(
  world: World,
  changes: { expiresAt?: number; permissions?: string[]; tenantId?: string; secret?: string } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const secret = changes.secret === undefined ? JWT_SECRET : new TextEncoder().encode(changes.secret)
  return new SignJWT({
    tenant_id: changes.tenantId ?? world.tenant.tenant_id,
    mode: world.actor.scope.mode,
    permissions: changes.permissions ?? [...PERMISSIONS],
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('reviewer-7')
    .setIssuer('https://id.test')
    .setAudience('kyc')
    .setIssuedAt(now - 600)
    .setExpirationTime(changes.expiresAt ?? now + 600)
    .sign(secret)
}

export function guards(name: string, route: GuardedRoute): void {
  const call = async (key: string | null, ids: Ids, headers: Record<string, string> = {}) =>
    send(route.method, route.path(ids), {
      key,
      headers,
      ...(route.body === undefined ? {} : { body: route.body(ids) }),
    })

  describe(`${name}: who is not served`, () => {
    it('a call without a token', async () => {
      const answer = await call(null, await idsOf(await makeWorld()))
      expectError(answer, 401, 'MISSING_TOKEN')
      expectChallenge(answer.headers)
    })

    it.each(['x', 'sk_live_', 'sk_test_!!!', 'a.b', `sk_test_${'a'.repeat(9_000)}`])(
      'a malformed token',
      async (token) => {
        const answer = await call(token, await idsOf(await makeWorld()))
        expectError(answer, 401, 'INVALID_TOKEN')
        expectChallenge(answer.headers)
      },
    )

    it('another scheme', async () => {
      const ids = await idsOf(await makeWorld())
      expectError(await call(null, ids, { authorization: 'Basic YTpi' }), 401, 'INVALID_TOKEN')
    })

    it('an unknown key', async () => {
      const { secret } = composed().deps.keyMint.mint('test')
      expectError(await call(secret, await idsOf(await makeWorld())), 401, 'INVALID_TOKEN')
    })

    it('a JWT that has expired, or that another signed, or of no tenant here', async () => {
      const world = await makeWorld()
      const ids = await idsOf(world)
      expectError(
        await call(await jwtOf(world, { expiresAt: Math.floor(Date.now() / 1000) - 60 }), ids),
        401,
        'TOKEN_EXPIRED',
      )
      expectError(
        await call(await jwtOf(world, { secret: 'another secret of thirty-two bytes!' }), ids),
        401,
        'INVALID_TOKEN',
      )
      expectError(await call(await jwtOf(world, { tenantId: composed().deps.ids.uuid() }), ids), 401, 'INVALID_TOKEN')
    })

    it(`a key, or a JWT, with every permission but ${route.needs} and kyc:create`, async () => {
      const permissions = PERMISSIONS.filter((one) => one !== route.needs && one !== 'kyc:create')
      const world = await makeWorld({ permissions })
      const ids = await idsOf(await makeWorld())
      expectError(await call(world.key, ids), 403, 'MISSING_PERMISSION')
      expectError(await call(await jwtOf(world, { permissions }), ids), 403, 'MISSING_PERMISSION')
    })

    const { foreign } = route
    if (foreign !== null) {
      it('another tenant, who learns nothing more than of an unknown id', async () => {
        const [victim, stranger] = [await makeWorld(), await makeWorld()]
        const victims = await idsOf(victim)
        await call(stranger.key, unknownIds())
        recorder.reset()
        const theirs = await call(stranger.key, victims)
        const hops = recorder.hops
        recorder.reset()
        const nobodys = await call(stranger.key, unknownIds())
        expect(hops).toEqual(recorder.hops)
        expectError(theirs, 404, foreign)
        expectError(nobodys, 404, foreign)
        if (theirs.error?.message !== nobodys.error?.message) throw new Error('the two answers differ')
      })

      it('the same tenant in its other mode', async () => {
        const live = await makeWorld({ mode: 'live' })
        const ids = await idsOf(live)
        const token = await jwtOf({ ...live, actor: { ...live.actor, scope: { ...live.actor.scope, mode: 'test' } } })
        expectError(await call(token, ids), 404, foreign)
      })
    }
  })
}

async function idsOf(world: World): Promise<Ids> {
  const session = await newSession(world)
  return {
    sessionId: session.state.session_id,
    workflowId: world.workflowId,
    docId: `doc_${composed().deps.ids.short()}`,
    keyId: world.actor.ref.id,
    deliveryId: await owedDelivery(session.state.session_id),
  }
}

/** Of the session's first event, as if an endpoint had been set. */
async function owedDelivery(sessionId: string): Promise<string> {
  const { DB } = env
  await DB.prepare(
    `INSERT INTO webhook_deliveries (position, tenant_id, mode, status, attempts, created_at)
     SELECT position, tenant_id, mode, 'failed', 1, created_at FROM webhook_events WHERE session_id = ?`,
  )
    .bind(sessionId)
    .run()
  const event = await DB.prepare('SELECT event_id FROM webhook_events WHERE session_id = ?')
    .bind(sessionId)
    .first<{ event_id: string }>()
  if (event === null) throw new Error('the session has no event')
  return event.event_id.replace('evt_', 'dlv_')
}

const unknownIds = (): Ids => {
  const { ids } = composed().deps
  return {
    sessionId: ids.uuid(),
    workflowId: ids.uuid(),
    docId: `doc_${ids.short()}`,
    keyId: ids.uuid(),
    deliveryId: `dlv_${ids.short()}`,
  }
}

function expectChallenge(headers: Headers): void {
  if (headers.get('www-authenticate')?.startsWith('Bearer realm=') !== true) throw new Error('no WWW-Authenticate')
}
