import { createRoute } from '@hono/zod-openapi'
import { startLiveness } from '../../../application/end-user/start-liveness.ts'
import { deferTo, failure, linkCall, success } from '../../answers.ts'
import { presentChallenge } from '../../presenters/end-user.ts'
import { EXAMPLE_CHALLENGE, LivenessChallengeBody, LivenessStartInput } from '../../schemas/end-user.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { LinkPath } from '../../schemas/ids.ts'
import type { LinkRoute } from '../../api.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'startLiveness',
  method: 'post',
  path: '/public/sessions/{access_token}/liveness/start',
  tags: ['End user'],
  summary: 'Start a liveness attempt',
  description:
    'Draws the movements that the person is to make before the camera, and counts as an attempt. Asking again within five minutes answers the same challenge. When no attempt is left, `nonce` is null and the step is done as not passed.',
  security: NO_HEADER,
  request: { params: LinkPath, query: NoQuery, body: optionalBodyOf(LivenessStartInput, { step_id: 'liveness' }) },
  responses: {
    200: answerOf('The challenge.', LivenessChallengeBody, EXAMPLE_CHALLENGE),
    ...linkErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'SESSION_CLOSED',
      'STEP_NOT_FOUND',
      'STEP_LOCKED',
      'FIELD_NOT_OPEN_FOR_CORRECTION',
    ),
  },
})

export const startLivenessRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { step_id: stepId = null } = c.req.valid('json')
    const started = await startLiveness(deps, { ...linkCall(c), defer: deferTo(c, deps.log), stepId })
    if (!started.ok) return failure(c, started.error)
    return c.json(success(c, presentChallenge(started.value)), 200)
  })
