import { createRoute } from '@hono/zod-openapi'
import { createWorkflow } from '../../../application/workflows/create-workflow.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentWorkflow } from '../../presenters/workflow.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_WORKFLOW, EXAMPLE_WORKFLOW_INPUT, WorkflowBody, WorkflowInputBody } from '../../schemas/workflow.ts'

const route = createRoute({
  operationId: 'createWorkflow',
  method: 'post',
  path: '/kyc/workflows',
  tags: ['Workflows'],
  summary: 'Create a workflow',
  description:
    'Defines what a person is asked for, step by step, which checks run, and which rules decide. The definition is checked as a whole: `details` names each place that is wrong. The answer has every default filled in.',
  security: BEARER,
  request: { query: NoQuery, body: bodyOf(WorkflowInputBody, EXAMPLE_WORKFLOW_INPUT) },
  responses: {
    201: answerOf('The workflow with every default filled in, version 1.', WorkflowBody, EXAMPLE_WORKFLOW),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE'),
  },
})

export const createWorkflowRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const created = await createWorkflow(deps, { ...tenantCall(c), definition: c.req.valid('json') })
    if (!created.ok) return failure(c, created.error)
    return c.json(success(c, presentWorkflow(created.value)), 201)
  })
