import { createRoute } from '@hono/zod-openapi'
import { deleteSession } from '../../../application/sessions/delete-session.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_SESSION_ID, SessionPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { ErasedSessionBody } from '../../schemas/session-requests.ts'

const route = createRoute({
  operationId: 'deleteSession',
  method: 'delete',
  path: '/kyc/sessions/{session_id}',
  tags: ['Sessions'],
  summary: 'Erase a session',
  description:
    'Erases the session, its subsessions and all their files for good; their links are dead at once. What stays is one ' +
    'audit line without personal data. A legal hold on it, on a subsession or on a session that it belongs to keeps all of them.',
  security: BEARER,
  request: { params: SessionPath, query: NoQuery },
  responses: {
    200: answerOf('What was erased.', ErasedSessionBody, {
      session_id: EXAMPLE_SESSION_ID,
      deleted: true,
      documents_deleted: 3,
      subsessions_deleted: 0,
    }),
    ...tenantErrors('SESSION_NOT_FOUND', 'LEGAL_HOLD'),
  },
})

export const deleteSessionRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const erased = await deleteSession(deps, { ...tenantCall(c), sessionId: c.req.valid('param').session_id })
    if (!erased.ok) return failure(c, erased.error)
    const { session_id, documents_deleted, subsessions_deleted } = erased.value
    return c.json(success(c, { session_id, deleted: true as const, documents_deleted, subsessions_deleted }), 200)
  })
