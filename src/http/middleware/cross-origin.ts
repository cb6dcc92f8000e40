import type { MiddlewareHandler } from 'hono'
import { allowedOrigins, tenantOfLink } from '../../application/end-user/allowed-origins.ts'
import type { Tenant } from '../../application/ports.ts'
import { SECOND_MS } from '../../domain/time.ts'
import { deferTo, linkCall } from '../answers.ts'
import type { AppDeps, LinkEnv } from '../api.ts'

const KEPT_MS = 60 * SECOND_MS
const MAX_KEPT = 1_000
const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'GET, POST, DELETE',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '600',
}

const EXPOSED_HEADERS = 'Retry-After, X-Request-Id, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset'

/**
 * Behind the link's check: a token we did not make learns nothing of any tenant. One read per link and minute, one of the
 * tenant's settings per tenant and minute, and none for callers that are not a browser on another origin, or that make too
 * many calls.
 */
export function crossOrigin(deps: AppDeps): MiddlewareHandler<LinkEnv> {
  const kept = new Map<string, { tenant: Tenant; until: number }>()
  const own = new URL(deps.publicBaseUrl).origin

  return async (c, next) => {
    const origin = c.req.header('origin')
    const isPreflight = c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined
    if (!isPreflight) await next()
    const isAllowed = origin !== undefined && origin !== own && (await originsOf()).includes(origin)
    const response = isPreflight ? c.body(null, 204) : c.res
    response.headers.append('Vary', 'Origin')
    if (isAllowed) {
      response.headers.set('Access-Control-Allow-Origin', origin)
      response.headers.set('Access-Control-Expose-Headers', EXPOSED_HEADERS)
      if (isPreflight) for (const [name, value] of Object.entries(PREFLIGHT_HEADERS)) response.headers.set(name, value)
    }
    return isPreflight ? response : undefined

    async function originsOf(): Promise<readonly string[]> {
      // Too many calls are answered from memory alone.
      if (c.var.refusal?.code === 'RATE_LIMITED') {
        return kept.get(c.var.link.nonce_hash)?.tenant.settings.allowed_origins ?? []
      }
      try {
        const tenant = await tenantOf()
        return tenant === null ? [] : await allowedOrigins(deps, tenant)
      } catch (cause) {
        // The call itself goes on: it may need no directory.
        const error_name = cause instanceof Error ? cause.name : 'unknown'
        const { session_id } = c.var.link
        deps.log.warn('origins_unknown', { request_id: c.var.requestId, session_id, error_name })
        return []
      }
    }

    async function tenantOf(): Promise<Tenant | null> {
      const { nonce_hash } = c.var.link
      const now = deps.clock.system()
      const known = kept.get(nonce_hash)
      if (known !== undefined && now < known.until) return known.tenant
      const tenant = await tenantOfLink(deps, { ...linkCall(c), defer: deferTo(c, deps.log) })
      if (tenant === null) return null
      if (kept.size >= MAX_KEPT) kept.clear()
      kept.set(nonce_hash, { tenant, until: now + KEPT_MS })
      return tenant
    }
  }
}
