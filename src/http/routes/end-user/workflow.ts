import { createRoute } from '@hono/zod-openapi'
import { readWorkflow } from '../../../application/end-user/read-workflow.ts'
import { deferTo, failure, linkCall, success } from '../../answers.ts'
import type { LinkRoute } from '../../api.ts'
import { presentPublicWorkflow } from '../../presenters/public-workflow.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { EXAMPLE_WORKFLOW_ID, LinkPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'
import { PublicWorkflowBody } from '../../schemas/workflow.ts'

const route = createRoute({
  operationId: 'getPublicWorkflow',
  method: 'get',
  path: '/public/sessions/{access_token}/workflow',
  tags: ['End user'],
  summary: 'Get the workflow of a session',
  description:
    'What is asked for, and in which words: the version that the session was made from, without checks, rules and internal descriptions. Draw the forms from it.',
  security: NO_HEADER,
  request: { params: LinkPath, query: NoQuery },
  responses: {
    200: answerOf('The workflow.', PublicWorkflowBody, {
      workflow_id: EXAMPLE_WORKFLOW_ID,
      version: 1,
      name: 'Basic KYC',
      entity_types: ['individual'],
      language: 'en',
      consent: null,
      steps: [{ step_id: 'selfie', order: 1, name: 'Selfie', type: 'selfie', required: true, instructions: null }],
    }),
    ...linkErrors(),
  },
})

export const readWorkflowRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const read = await readWorkflow(deps, { ...linkCall(c), defer: deferTo(c, deps.log) })
    if (!read.ok) return failure(c, read.error)
    return c.json(success(c, presentPublicWorkflow(read.value)), 200)
  })
