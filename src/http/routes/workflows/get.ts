import { createRoute } from '@hono/zod-openapi'
import { getWorkflow } from '../../../application/workflows/get-workflow.ts'
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
  operationId: 'getWorkflow',
  method: 'get',
  path: '/kyc/workflows/{workflow_id}',
  tags: ['Workflows'],
  summary: 'Get a workflow',
  description: 'The newest version. A deleted workflow can still be read, since sessions made from it go on.',
  security: BEARER,
  request: { params: WorkflowPath, query: NoQuery },
  responses: {
    200: answerOf('The workflow.', WorkflowBody, EXAMPLE_WORKFLOW),
    ...tenantErrors('WORKFLOW_NOT_FOUND'),
  },
})

export const getWorkflowRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const found = await getWorkflow(deps, { ...tenantCall(c), workflowId: c.req.valid('param').workflow_id })
    if (!found.ok) return failure(c, found.error)
    return c.json(success(c, presentWorkflow(found.value)), 200)
  })
