import { createRoute } from '@hono/zod-openapi'
import { openSession } from '../../../application/end-user/open-session.ts'
import { deferTo, failure, linkCall, nowOf, success } from '../../answers.ts'
import type { LinkRoute } from '../../api.ts'
import { presentPublicSession } from '../../presenters/public-session.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { LinkPath } from '../../schemas/ids.ts'
import { EXAMPLE_PUBLIC_SESSION, PublicSessionBody } from '../../schemas/public-session.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'openPublicSession',
  method: 'get',
  path: '/public/sessions/{access_token}',
  tags: ['End user'],
  summary: 'Open a session by its link',
  description:
    'What the person is to do next, and what was given so far. Opening changes nothing: the session stays a draft until `start`. In correction only the affected steps are there; once everything was handed in, no answers and documents.',
  security: NO_HEADER,
  request: { params: LinkPath, query: NoQuery },
  responses: {
    200: answerOf('The session as the person may see it.', PublicSessionBody, EXAMPLE_PUBLIC_SESSION),
    ...linkErrors(),
  },
})

export const openSessionRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const opened = await openSession(deps, { ...linkCall(c), defer: deferTo(c, deps.log), via: 'api' })
    if (!opened.ok) return failure(c, opened.error)
    return c.json(success(c, presentPublicSession(opened.value, nowOf(deps.clock, opened.value))), 200)
  })
