import { createRoute } from '@hono/zod-openapi'
import { extendSession } from '../../../application/sessions/extend-session.ts'
import { etagOf, failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { iso } from '../../presenters/time.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_SESSION_ID, SessionPath } from '../../schemas/ids.ts'
import { ExtendSessionInput, ExtendedSessionBody } from '../../schemas/links.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { IfMatchHeader } from '../../schemas/session-requests.ts'

const route = createRoute({
  operationId: 'extendSession',
  method: 'post',
  path: '/kyc/sessions/{session_id}/extend',
  tags: ['Sessions'],
  summary: 'Extend the link',
  description:
    'Gives the same link more time, never less. Works in every status; an expired session returns to the status it had before.',
  security: BEARER,
  request: {
    params: SessionPath,
    query: NoQuery,
    headers: IfMatchHeader,
    body: bodyOf(ExtendSessionInput, { ttl_days: 14 }),
  },
  responses: {
    200: answerOf('Until when the link opens the session now.', ExtendedSessionBody, {
      session_id: EXAMPLE_SESSION_ID,
      status: 'active',
      expires_at: '2026-12-21T10:30:00.000Z',
    }),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'SESSION_NOT_FOUND', 'VERSION_CONFLICT'),
  },
})

export const extendSessionRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { ttl_days = null, expires_at = null } = c.req.valid('json')
    const extended = await extendSession(deps, {
      ...tenantCall(c),
      sessionId: c.req.valid('param').session_id,
      extension: { ttl_days, expires_at },
      expectedVersion: c.req.valid('header')['If-Match'] ?? null,
    })
    if (!extended.ok) return failure(c, extended.error)
    const { state } = extended.value
    c.header('ETag', etagOf(state))
    const data = { session_id: state.session_id, status: state.status, expires_at: iso(state.expires_at) }
    return c.json(success(c, data), 200)
  })
