import { createRoute } from '@hono/zod-openapi'
import { saveStep } from '../../../application/end-user/save-step.ts'
import { failure, linkCall, nowOf, success } from '../../answers.ts'
import type { LinkRoute } from '../../api.ts'
import { presentPublicSession } from '../../presenters/public-session.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { StepPath } from '../../schemas/ids.ts'
import { EXAMPLE_PUBLIC_SESSION, PublicSessionBody, SaveStepInput } from '../../schemas/public-session.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'saveStep',
  method: 'post',
  path: '/public/sessions/{access_token}/step/{step_id}/save',
  tags: ['End user'],
  summary: 'Save a step',
  description:
    'Keeps what was typed so far. Fields that are left out stay as they are; null clears one. Nothing has to be complete yet, but a value that can never be right is refused.',
  security: NO_HEADER,
  request: {
    params: StepPath,
    query: NoQuery,
    body: bodyOf(SaveStepInput, { form_data: { full_name: 'Anna Maria Eriksson' } }),
  },
  responses: {
    200: answerOf('The session as the person may see it.', PublicSessionBody, EXAMPLE_PUBLIC_SESSION),
    ...linkErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'STEP_LOCKED',
      'FIELD_NOT_OPEN_FOR_CORRECTION',
      'SESSION_CLOSED',
      'STEP_NOT_FOUND',
    ),
  },
})

export const saveStepRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const stepId = c.req.valid('param').step_id
    const done = await saveStep(deps, { ...linkCall(c), stepId, formData: c.req.valid('json').form_data })
    if (!done.ok) return failure(c, done.error)
    return c.json(success(c, presentPublicSession(done.value, nowOf(deps.clock, done.value))), 200)
  })
