import { createRoute } from '@hono/zod-openapi'
import { updateSession } from '../../../application/sessions/update-session.ts'
import { etagOf, failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentSession } from '../../presenters/session.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_SESSION } from '../../schemas/examples.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { IfMatchHeader, UpdateSessionInput } from '../../schemas/session-requests.ts'
import { SessionBody } from '../../schemas/session.ts'

const route = createRoute({
  operationId: 'updateSession',
  method: 'patch',
  path: '/kyc/sessions/{session_id}',
  tags: ['Sessions'],
  summary: 'Decide or update a session',
  description:
    "A reviewer's decision (`approved`, `rejected`, `manual_review`), another move of the status (`active`, `expired`), or changes of notes, metadata, client id and expiry; several at once are done together or not at all. To approve, every required step must be done. `reason` is required to replace a decision. The present status again changes nothing.",
  security: BEARER,
  request: {
    params: SessionPath,
    query: NoQuery,
    headers: IfMatchHeader,
    body: bodyOf(UpdateSessionInput, { status: 'approved', reason: 'Documents seen in person.', notes: 'Branch 12' }),
  },
  responses: {
    200: answerOf('The session as it is now.', SessionBody, {
      ...EXAMPLE_SESSION,
      status: 'approved',
      compliance_status: 'approved',
      final_decision: 'approved',
    }),
    ...tenantErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'INVALID_STATUS_TRANSITION',
      'STEP_INCOMPLETE',
      'SESSION_NOT_FOUND',
      'VERSION_CONFLICT',
    ),
  },
})

export const updateSessionRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { client_id, ...body } = c.req.valid('json')
    const updated = await updateSession(deps, {
      ...tenantCall(c),
      sessionId: c.req.valid('param').session_id,
      expectedVersion: c.req.valid('header')['If-Match'] ?? null,
      update: {
        status: body.status ?? null,
        reason: body.reason ?? null,
        notes: body.notes ?? null,
        ttl_days: body.ttl_days ?? null,
        metadata: body.metadata ?? null,
        client_id,
        on_behalf_of: body.on_behalf_of ?? null,
      },
    })
    if (!updated.ok) return failure(c, updated.error)
    c.header('ETag', etagOf(updated.value.state))
    return c.json(success(c, presentSession(updated.value, deps.clock.now(c.var.actor.scope))), 200)
  })
