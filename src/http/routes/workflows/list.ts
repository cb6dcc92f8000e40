import { createRoute, z } from '@hono/zod-openapi'
import { listWorkflows } from '../../../application/workflows/list-workflows.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { presentWorkflow } from '../../presenters/workflow.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { Cursor, DEFAULT_LIMIT, Limit } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_WORKFLOW, WorkflowListBody } from '../../schemas/workflow.ts'

const route = createRoute({
  operationId: 'listWorkflows',
  method: 'get',
  path: '/kyc/workflows',
  tags: ['Workflows'],
  summary: 'List workflows',
  description: 'The newest version of each workflow, the workflow made last first. Deleted ones are not listed.',
  security: BEARER,
  request: { query: z.strictObject({ limit: Limit, cursor: Cursor }) },
  responses: {
    200: answerOf('A page of workflows.', WorkflowListBody, {
      workflows: [EXAMPLE_WORKFLOW],
      pagination: { limit: 20, next_cursor: null, has_more: false },
    }),
    ...tenantErrors('INVALID_CURSOR'),
  },
})

const Position = z.strictObject({ created_at: z.number(), workflow_id: z.string().max(64) })

export const listWorkflowsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { cursor, limit = DEFAULT_LIMIT } = c.req.valid('query')
    const question = { list: 'workflows', scope: c.var.actor.scope }
    const after = decodeCursor(question, cursor, Position)
    if (!after.ok) return failure(c, after.error)
    const listed = await listWorkflows(deps, { ...tenantCall(c), limit, after: after.value })
    if (!listed.ok) return failure(c, listed.error)
    const { workflows, next } = listed.value
    const next_cursor = next === null ? null : encodeCursor(question, next)
    const pagination = { limit, next_cursor, has_more: next !== null }
    return c.json(success(c, { workflows: workflows.map(presentWorkflow), pagination }), 200)
  })
