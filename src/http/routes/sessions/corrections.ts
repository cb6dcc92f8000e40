import { createRoute } from '@hono/zod-openapi'
import { requestCorrections } from '../../../application/sessions/request-corrections.ts'
import { etagOf, failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentSession } from '../../presenters/session.ts'
import { EXAMPLE_CORRECTIONS, EXAMPLE_IN_CORRECTION, RequestCorrectionsInput } from '../../schemas/corrections.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { IfMatchHeader } from '../../schemas/session-requests.ts'
import { SessionBody } from '../../schemas/session.ts'

const route = createRoute({
  operationId: 'requestCorrections',
  method: 'post',
  path: '/kyc/sessions/{session_id}/corrections',
  tags: ['Sessions'],
  summary: 'Ask the person to correct something',
  description:
    'Opens the named steps again for the person: only the named fields and documents, or without any the whole step. The session waits in `awaiting_client_correction`, its decision is cleared, and the same link is used. A further call adds items to those that are open. When the last one is corrected, the session is `completed` again.',
  security: BEARER,
  request: {
    params: SessionPath,
    query: NoQuery,
    headers: IfMatchHeader,
    body: bodyOf(RequestCorrectionsInput, EXAMPLE_CORRECTIONS),
  },
  responses: {
    200: answerOf('The session, waiting for the person.', SessionBody, EXAMPLE_IN_CORRECTION),
    ...tenantErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'INVALID_STATUS_TRANSITION',
      'LINK_EXPIRED',
      'SESSION_NOT_FOUND',
      'STEP_NOT_FOUND',
      'VERSION_CONFLICT',
    ),
  },
})

export const requestCorrectionsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { corrections, note = null, ttl_days = null } = c.req.valid('json')
    const items = corrections.map(({ field_ids = [], document_types = [], ...item }) => ({
      ...item,
      field_ids,
      document_types,
    }))
    const asked = await requestCorrections(deps, {
      ...tenantCall(c),
      sessionId: c.req.valid('param').session_id,
      asked: { corrections: items, note, ttl_days },
      expectedVersion: c.req.valid('header')['If-Match'] ?? null,
    })
    if (!asked.ok) return failure(c, asked.error)
    c.header('ETag', etagOf(asked.value.state))
    return c.json(success(c, presentSession(asked.value, deps.clock.now(c.var.actor.scope))), 200)
  })
