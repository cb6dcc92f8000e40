import { createRoute } from '@hono/zod-openapi'
import { listVersions } from '../../../application/workflows/list-versions.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentWorkflow } from '../../presenters/workflow.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { WorkflowPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_WORKFLOW, WorkflowVersionsBody } from '../../schemas/workflow.ts'

const route = createRoute({
  operationId: 'listWorkflowVersions',
  method: 'get',
  path: '/kyc/workflows/{workflow_id}/versions',
  tags: ['Workflows'],
  summary: 'List the versions of a workflow',
  description: 'Every version there was, the newest first. A session keeps the version that it was made from.',
  security: BEARER,
  request: { params: WorkflowPath, query: NoQuery },
  responses: {
    200: answerOf('The versions.', WorkflowVersionsBody, { versions: [EXAMPLE_WORKFLOW] }),
    ...tenantErrors('WORKFLOW_NOT_FOUND'),
  },
})

export const listVersionsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const listed = await listVersions(deps, { ...tenantCall(c), workflowId: c.req.valid('param').workflow_id })
    if (!listed.ok) return failure(c, listed.error)
    return c.json(success(c, { versions: listed.value.map(presentWorkflow) }), 200)
  })
