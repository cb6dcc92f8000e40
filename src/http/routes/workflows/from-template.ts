import { createRoute } from '@hono/zod-openapi'
import { createFromTemplate } from '../../../application/workflows/create-from-template.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentWorkflow } from '../../presenters/workflow.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { TemplatePath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_WORKFLOW, TemplateChangesBody, WorkflowBody } from '../../schemas/workflow.ts'

const route = createRoute({
  operationId: 'createWorkflowFromTemplate',
  method: 'post',
  path: '/kyc/workflows/from-template/{template}',
  tags: ['Workflows'],
  summary: 'Create a workflow from a template',
  description:
    'Makes a workflow of your own that begins as a copy of one of ours. Name, tags, expiry and language may be given here; change the rest with PUT.',
  security: BEARER,
  request: {
    params: TemplatePath,
    query: NoQuery,
    body: optionalBodyOf(TemplateChangesBody, { name: 'Retail onboarding', custom_tags: ['retail'] }),
  },
  responses: {
    201: answerOf('The new workflow.', WorkflowBody, EXAMPLE_WORKFLOW),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'WORKFLOW_NOT_FOUND'),
  },
})

export const createFromTemplateRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { template } = c.req.valid('param')
    const created = await createFromTemplate(deps, { ...tenantCall(c), template, changes: c.req.valid('json') })
    if (!created.ok) return failure(c, created.error)
    return c.json(success(c, presentWorkflow(created.value)), 201)
  })
