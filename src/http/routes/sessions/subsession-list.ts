import { createRoute } from '@hono/zod-openapi'
import { listSubsessions } from '../../../application/sessions/list-subsessions.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentSubsessions } from '../../presenters/subsessions.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_SUBSESSIONS, SubsessionListBody } from '../../schemas/subsessions.ts'

const route = createRoute({
  operationId: 'listSubsessions',
  method: 'get',
  path: '/kyc/sessions/{session_id}/subsessions',
  tags: ['Subsessions'],
  summary: 'List subsessions',
  description:
    'The subsessions of a session and where each of them stands. Their decisions never change the status of the parent; rules of the workflow may count them.',
  security: BEARER,
  request: { params: SessionPath, query: NoQuery },
  responses: {
    200: answerOf('All children, in the order they were added.', SubsessionListBody, EXAMPLE_SUBSESSIONS),
    ...tenantErrors('SESSION_NOT_FOUND'),
  },
})

export const listSubsessionsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const parent = await listSubsessions(deps, { ...tenantCall(c), sessionId: c.req.valid('param').session_id })
    return parent.ok ? c.json(success(c, presentSubsessions(parent.value)), 200) : failure(c, parent.error)
  })
