import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { createKnownOwners } from '../application/end-user/known-owners.ts'
import type { Deps, Log } from '../application/ports.ts'
import { domainError } from '../domain/errors.ts'
import { describeThrown } from '../domain/thrown-value.ts'
import { failure } from './answers.ts'
import type { LinkEnv, OpenEnv, TenantEnv } from './api.ts'
import { authenticated } from './middleware/authenticated.ts'
import { jsonLimit, linkBodyLimit } from './middleware/body-limit.ts'
import { limitedByAddress, limitedByLink, limitedByToken, limitedPage, limitHeaders } from './middleware/call-limits.ts'
import { crossOrigin } from './middleware/cross-origin.ts'
import { idempotent } from './middleware/idempotent.ts'
import { linkVerified } from './middleware/link.ts'
import { requestId } from './middleware/request-id.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { LINK_ROUTES, OPEN_ROUTES, TENANT_ROUTES } from './routes/index.ts'
import { notice } from './routes/pages/welcome.ts'
import { invalidJson, refuseInvalid } from './validation.ts'

/** A session id is 36 characters: some 2 MB of memory at most. */
const KNOWN_OWNERS = 20_000

/** The API over a set of ports. What it remembers dies with the isolate. */
export function createApp(ports: Deps): OpenAPIHono<OpenEnv> {
  const deps = { ...ports, knownOwners: createKnownOwners(KNOWN_OWNERS) }

  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid })
  app.use(securityHeaders)
  app.use(requestId(deps.ids))
  app.use(limitHeaders(deps))
  app.onError((cause, c) => answerThrown(cause, c, deps.log))
  app.notFound((c) =>
    failure(c, domainError('ROUTE_NOT_FOUND', 'There is no such route: look at the path and the method.')),
  )

  const tenants = new OpenAPIHono<TenantEnv>({ defaultHook: refuseInvalid })
  tenants.use('/kyc/*', limitedByToken(deps))
  tenants.use('/kyc/*', authenticated(deps))
  tenants.use('/kyc/*', jsonLimit)
  tenants.use('/kyc/*', idempotent(deps))
  for (const add of TENANT_ROUTES) add(tenants, deps)

  const links = new OpenAPIHono<LinkEnv>({ defaultHook: refuseInvalid })
  links.use('/public/sessions/:access_token/*', linkVerified(deps))
  links.use('/public/sessions/:access_token/*', crossOrigin(deps))
  links.use('/public/sessions/:access_token/*', limitedByLink(deps))
  links.use('/public/sessions/:access_token/*', linkBodyLimit)
  for (const add of LINK_ROUTES) add(links, deps)

  app.use('/v/:access_token', limitedPage(deps))
  for (const path of ['/healthz', '/openapi.json', '/docs']) app.use(path, limitedByAddress(deps))
  for (const add of OPEN_ROUTES) add(app, deps)
  app.route('/', tenants)
  app.route('/', links)
  return app
}

/** What the validators throw is the caller's doing; all else is ours: one sentence for them, the cause for the log. */
function answerThrown(cause: Error, c: Context<OpenEnv>, log: Log): Response {
  if (cause instanceof HTTPException && (cause.status === 400 || cause.status === 415)) return failure(c, invalidJson())
  log.error('request_failed', {
    request_id: c.var.requestId,
    operation: c.req.method,
    ...describeThrown(cause),
  })
  if (c.req.path.startsWith('/v/')) return notice(c, 'unavailable', 500)
  return failure(
    c,
    domainError('INTERNAL_ERROR', 'Something went wrong on our side. Try again; if it stays, tell us the request id.'),
  )
}
