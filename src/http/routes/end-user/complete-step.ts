import { createRoute } from '@hono/zod-openapi'
import { completeStep } from '../../../application/end-user/complete-step.ts'
import { failure, linkCall, nowOf, success } from '../../answers.ts'
import type { LinkRoute } from '../../api.ts'
import { presentPublicSession } from '../../presenters/public-session.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { StepPath } from '../../schemas/ids.ts'
import { EXAMPLE_PUBLIC_SESSION, PublicSessionBody, CompleteStepInput } from '../../schemas/public-session.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'completeStep',
  method: 'post',
  path: '/public/sessions/{access_token}/step/{step_id}/complete',
  tags: ['End user'],
  summary: 'Complete a step',
  description:
    'Checks the whole step and closes it; if something is missing or wrong, `details` names each field and document. Without `form_data` the saved answers count. With the last step the session is completed. Sending the same again changes nothing.',
  security: NO_HEADER,
  request: {
    params: StepPath,
    query: NoQuery,
    body: optionalBodyOf(CompleteStepInput, { form_data: { full_name: 'Anna Maria Eriksson' } }),
  },
  responses: {
    200: answerOf('The session as the person may see it.', PublicSessionBody, EXAMPLE_PUBLIC_SESSION),
    ...linkErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'STEP_LOCKED',
      'STEP_INCOMPLETE',
      'FIELD_NOT_OPEN_FOR_CORRECTION',
      'SESSION_CLOSED',
      'STEP_NOT_FOUND',
    ),
  },
})

export const completeStepRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const stepId = c.req.valid('param').step_id
    const done = await completeStep(deps, { ...linkCall(c), stepId, formData: c.req.valid('json').form_data ?? null })
    if (!done.ok) return failure(c, done.error)
    return c.json(success(c, presentPublicSession(done.value, nowOf(deps.clock, done.value))), 200)
  })
