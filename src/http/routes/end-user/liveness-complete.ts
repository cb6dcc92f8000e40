import { createRoute } from '@hono/zod-openapi'
import { completeLiveness } from '../../../application/end-user/complete-liveness.ts'
import { deferTo, failure, linkCall, nowOf, success } from '../../answers.ts'
import { EXAMPLE_LIVENESS_COMPLETE, LivenessCompleteInput } from '../../schemas/end-user.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { LinkPath } from '../../schemas/ids.ts'
import { presentPublicSession } from '../../presenters/public-session.ts'
import { EXAMPLE_PUBLIC_SESSION, PublicSessionBody } from '../../schemas/public-session.ts'
import type { LinkRoute } from '../../api.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'completeLiveness',
  method: 'post',
  path: '/public/sessions/{access_token}/liveness/complete',
  tags: ['End user'],
  summary: 'Hand in liveness frames',
  description:
    'Hands in the frames of a challenge: documents of type `liveness_frame` that were uploaded to this step since it was drawn. Frames that are refused leave the step open while attempts are left; what was seen in them is for the reviewer alone.',
  security: NO_HEADER,
  request: { params: LinkPath, query: NoQuery, body: bodyOf(LivenessCompleteInput, EXAMPLE_LIVENESS_COMPLETE) },
  responses: {
    200: answerOf('The session as the person may see it.', PublicSessionBody, EXAMPLE_PUBLIC_SESSION),
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

export const completeLivenessRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { step_id: stepId = null, nonce, frame_doc_ids: frameDocIds } = c.req.valid('json')
    const input = { ...linkCall(c), defer: deferTo(c, deps.log), stepId, nonce, frameDocIds }
    const completed = await completeLiveness(deps, input)
    if (!completed.ok) return failure(c, completed.error)
    return c.json(success(c, presentPublicSession(completed.value, nowOf(deps.clock, completed.value))), 200)
  })
