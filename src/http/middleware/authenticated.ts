import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { authenticate } from '../../application/access/authenticate.ts'
import type { Deps } from '../../application/ports.ts'
import { failure } from '../answers.ts'
import type { TenantEnv } from '../api.ts'

/** Every route under /kyc. A path that leads nowhere is told so without asking for a token. */
export const authenticated =
  (deps: Pick<Deps, 'tenants' | 'jwt'>): MiddlewareHandler<TenantEnv> =>
  async (c, next) => {
    if (!matchedRoutes(c).some((route) => route.method !== 'ALL')) return next()
    const known = await authenticate(deps, c.req.header('authorization') ?? null)
    if (!known.ok) return failure(c, known.error)
    c.set('actor', known.value.actor)
    c.set('tenant', known.value.tenant)
    return next()
  }
