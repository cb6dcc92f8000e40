import { createRoute } from '@hono/zod-openapi'
import { deleteSubsession } from '../../../application/sessions/delete-subsession.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_SUBSESSION_ID, SubsessionPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { ErasedSessionBody } from '../../schemas/session-requests.ts'

const route = createRoute({
  operationId: 'deleteSubsession',
  method: 'delete',
  path: '/kyc/sessions/{session_id}/subsessions/{sub_id}',
  tags: ['Subsessions'],
  summary: 'Erase a subsession',
  description:
    'Erases a subsession of this session for good, as `DELETE /kyc/sessions/{session_id}` does with its own id. The parent no longer counts it.',
  security: BEARER,
  request: { params: SubsessionPath, query: NoQuery },
  responses: {
    200: answerOf('What was erased.', ErasedSessionBody, {
      session_id: EXAMPLE_SUBSESSION_ID,
      deleted: true,
      documents_deleted: 1,
      subsessions_deleted: 0,
    }),
    ...tenantErrors('SESSION_NOT_FOUND', 'SUBSESSION_NOT_FOUND', 'LEGAL_HOLD'),
  },
})

export const deleteSubsessionRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { session_id: parentId, sub_id: childId } = c.req.valid('param')
    const erased = await deleteSubsession(deps, { ...tenantCall(c), parentId, childId })
    if (!erased.ok) return failure(c, erased.error)
    return c.json(success(c, { ...erased.value, deleted: true as const }), 200)
  })
