import { createRoute } from '@hono/zod-openapi'
import { deleteWorkflow } from '../../../application/workflows/delete-workflow.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentWorkflow } from '../../presenters/workflow.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { WorkflowPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_WORKFLOW, WorkflowBody } from '../../schemas/workflow.ts'

const route = createRoute({
  operationId: 'deleteWorkflow',
  method: 'delete',
  path: '/kyc/workflows/{workflow_id}',
  tags: ['Workflows'],
  summary: 'Delete a workflow',
  description: 'No new session can be made from it; those under way go on. Deleting it again answers the same.',
  security: BEARER,
  request: { params: WorkflowPath, query: NoQuery },
  responses: {
    200: answerOf('The workflow, marked as deleted.', WorkflowBody, { ...EXAMPLE_WORKFLOW, status: 'deleted' }),
    ...tenantErrors('WORKFLOW_NOT_FOUND'),
  },
})

export const deleteWorkflowRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const deleted = await deleteWorkflow(deps, { ...tenantCall(c), workflowId: c.req.valid('param').workflow_id })
    if (!deleted.ok) return failure(c, deleted.error)
    return c.json(success(c, presentWorkflow(deleted.value)), 200)
  })
