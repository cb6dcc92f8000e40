import type { MiddlewareHandler } from 'hono'
import type { OpenEnv } from '../api.ts'

const HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'Cache-Control': 'no-store',
}
/** JSON is never a page: nothing in it may load, run or be framed. A page brings a policy of its own. */
const DEFAULT_POLICY = "default-src 'none'; frame-ancestors 'none'"

export const securityHeaders: MiddlewareHandler<OpenEnv> = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
  if (!c.res.headers.has('Content-Security-Policy')) c.res.headers.set('Content-Security-Policy', DEFAULT_POLICY)
}
