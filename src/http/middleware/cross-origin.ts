import type { MiddlewareHandler } from 'hono'
import { allowedOrigins } from '../../application/end-user/allowed-origins.ts'
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
 * Behind the link's check: a token we did not make learns nothing of any tenant. One read per link and minute, and none
 * for callers that are not a browser on another origin, or that make too many calls.
 */
export function crossOrigin(deps: AppDeps): MiddlewareHandler<LinkEnv> {
  const kept = new Map<string, { origins: readonly string[]; until: number }>()
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
      const { session_id, nonce_hash } = c.var.link
      const now = deps.clock.system()
      const known = kept.get(nonce_hash)
      if (known !== undefined && now < known.until) return known.origins
      if (c.var.refusal?.code === 'RATE_LIMITED') return known?.origins ?? []
      try {
        const origins = await allowedOrigins(deps, { ...linkCall(c), defer: deferTo(c, deps.log) })
        if (kept.size >= MAX_KEPT) kept.clear()
        kept.set(nonce_hash, { origins, until: now + KEPT_MS })
        return origins
      } catch (cause) {
        // The call itself goes on: it may need no directory.
        const error_name = cause instanceof Error ? cause.name : 'unknown'
        deps.log.warn('origins_unknown', { request_id: c.var.requestId, session_id, error_name })
        return []
      }
    }
  }
}
