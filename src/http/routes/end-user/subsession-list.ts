import { createRoute } from '@hono/zod-openapi'
import { listSubsessionsByLink } from '../../../application/end-user/subsessions.ts'
import { deferTo, failure, linkCall, success } from '../../answers.ts'
import { presentPublicSubsession } from '../../presenters/end-user.ts'
import { EXAMPLE_PUBLIC_SUBSESSION, PublicSubsessionListBody } from '../../schemas/end-user.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { LinkPath } from '../../schemas/ids.ts'
import type { LinkRoute } from '../../api.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'listPublicSubsessions',
  method: 'get',
  path: '/public/sessions/{access_token}/subsessions',
  tags: ['End user'],
  summary: 'List the persons who were added',
  description: 'Who was added, and how far each of them is.',
  security: NO_HEADER,
  request: { params: LinkPath, query: NoQuery },
  responses: {
    200: answerOf('The subsessions.', PublicSubsessionListBody, { subsessions: [EXAMPLE_PUBLIC_SUBSESSION] }),
    ...linkErrors(),
  },
})

export const listPublicSubsessionsRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const listed = await listSubsessionsByLink(deps, { ...linkCall(c), defer: deferTo(c, deps.log) })
    if (!listed.ok) return failure(c, listed.error)
    return c.json(success(c, { subsessions: listed.value.map(presentPublicSubsession) }), 200)
  })
