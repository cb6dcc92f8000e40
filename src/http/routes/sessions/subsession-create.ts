import { createRoute } from '@hono/zod-openapi'
import { createSubsession } from '../../../application/sessions/create-subsession.ts'
import { etagOf, failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentCreated } from '../../presenters/session.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { CreatedSessionBody } from '../../schemas/session.ts'
import { CreateSubsessionInput, EXAMPLE_SUBSESSION, EXAMPLE_SUBSESSION_INPUT } from '../../schemas/subsessions.ts'

const route = createRoute({
  operationId: 'createSubsession',
  method: 'post',
  path: '/kyc/sessions/{session_id}/subsessions',
  tags: ['Subsessions'],
  summary: 'Add a subsession',
  description:
    'Makes a session of its own for somebody who belongs to this one, such as an owner or a director, and answers its link. Subsessions go three levels deep. Any session but an expired one takes them.',
  security: BEARER,
  request: { params: SessionPath, query: NoQuery, body: bodyOf(CreateSubsessionInput, EXAMPLE_SUBSESSION_INPUT) },
  responses: {
    201: answerOf(
      'The subsession, with its link: the only time that the link is shown.',
      CreatedSessionBody,
      EXAMPLE_SUBSESSION,
    ),
    ...tenantErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'LINK_EXPIRED',
      'SESSION_NOT_FOUND',
      'STEP_NOT_FOUND',
      'WORKFLOW_NOT_FOUND',
    ),
  },
})

export const createSubsessionRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { relationship, name, email, workflow_id, step_id, ttl_days, metadata } = c.req.valid('json')
    const subsession = {
      relationship,
      name: name ?? null,
      email: email ?? null,
      workflow_id: workflow_id ?? null,
      step_id: step_id ?? null,
      ttl_days: ttl_days ?? null,
      metadata: metadata ?? {},
    }
    const sessionId = c.req.valid('param').session_id
    const created = await createSubsession(deps, { ...tenantCall(c), sessionId, subsession })
    if (!created.ok) return failure(c, created.error)
    c.header('ETag', etagOf(created.value.state))
    return c.json(success(c, presentCreated(created.value, deps.clock.now(c.var.actor.scope))), 201)
  })
