import { createRoute } from '@hono/zod-openapi'
import { updateWorkflow } from '../../../application/workflows/update-workflow.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentWorkflow } from '../../presenters/workflow.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { WorkflowPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_WORKFLOW, EXAMPLE_WORKFLOW_INPUT, WorkflowBody, WorkflowInputBody } from '../../schemas/workflow.ts'

const route = createRoute({
  operationId: 'updateWorkflow',
  method: 'put',
  path: '/kyc/workflows/{workflow_id}',
  tags: ['Workflows'],
  summary: 'Replace a workflow',
  description:
    'Replaces the whole definition: what is left out gets its default. This makes the next version, which new sessions use; sessions under way keep theirs. An equal definition makes no version.',
  security: BEARER,
  request: { params: WorkflowPath, query: NoQuery, body: bodyOf(WorkflowInputBody, EXAMPLE_WORKFLOW_INPUT) },
  responses: {
    200: answerOf('The newest version.', WorkflowBody, { ...EXAMPLE_WORKFLOW, version: 2 }),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'WORKFLOW_NOT_FOUND'),
  },
})

export const updateWorkflowRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { workflow_id: workflowId } = c.req.valid('param')
    const updated = await updateWorkflow(deps, { ...tenantCall(c), workflowId, definition: c.req.valid('json') })
    if (!updated.ok) return failure(c, updated.error)
    return c.json(success(c, presentWorkflow(updated.value)), 200)
  })
