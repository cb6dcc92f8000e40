import { createRoute } from '@hono/zod-openapi'
import { getSession } from '../../../application/sessions/get-session.ts'
import { etagOf, failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentSession } from '../../presenters/session.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_SESSION } from '../../schemas/examples.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { SessionBody } from '../../schemas/session.ts'

const route = createRoute({
  operationId: 'getSession',
  method: 'get',
  path: '/kyc/sessions/{session_id}',
  tags: ['Sessions'],
  summary: 'Get a session',
  description:
    "The whole session as it is now: steps with answers and documents, corrections, notes, check results and decision. The `ETag` of the answer is the session's version, for `If-Match`.",
  security: BEARER,
  request: { params: SessionPath, query: NoQuery },
  responses: {
    200: answerOf('The session.', SessionBody, EXAMPLE_SESSION),
    ...tenantErrors('SESSION_NOT_FOUND'),
  },
})

export const getSessionRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const found = await getSession(deps, { ...tenantCall(c), sessionId: c.req.valid('param').session_id })
    if (!found.ok) return failure(c, found.error)
    c.header('ETag', etagOf(found.value.state))
    return c.json(success(c, presentSession(found.value, deps.clock.now(c.var.actor.scope))), 200)
  })
