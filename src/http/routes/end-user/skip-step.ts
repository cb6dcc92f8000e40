import { createRoute } from '@hono/zod-openapi'
import { skipStep } from '../../../application/end-user/skip-step.ts'
import { failure, linkCall, nowOf, success } from '../../answers.ts'
import type { LinkRoute } from '../../api.ts'
import { presentPublicSession } from '../../presenters/public-session.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { StepPath } from '../../schemas/ids.ts'
import { EXAMPLE_PUBLIC_SESSION, PublicSessionBody, SkipStepInput } from '../../schemas/public-session.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'skipStep',
  method: 'post',
  path: '/public/sessions/{access_token}/step/{step_id}/skip',
  tags: ['End user'],
  summary: 'Skip a step',
  description: 'Passes over a step that is not required.',
  security: NO_HEADER,
  request: { params: StepPath, query: NoQuery, body: optionalBodyOf(SkipStepInput, {}) },
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

export const skipStepRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const done = await skipStep(deps, { ...linkCall(c), stepId: c.req.valid('param').step_id })
    if (!done.ok) return failure(c, done.error)
    return c.json(success(c, presentPublicSession(done.value, nowOf(deps.clock, done.value))), 200)
  })
