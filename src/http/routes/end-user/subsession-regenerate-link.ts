import { createRoute } from '@hono/zod-openapi'
import { regenerateSubsessionLinkByLink } from '../../../application/end-user/subsessions.ts'
import { deferTo, failure, linkCall, success } from '../../answers.ts'
import { presentLink } from '../../presenters/links.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { EXAMPLE_CREATED } from '../../schemas/examples.ts'
import { EXAMPLE_SUBSESSION_ID, LinkSubsessionPath } from '../../schemas/ids.ts'
import { GeneratedLinkBody } from '../../schemas/links.ts'
import type { LinkRoute } from '../../api.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'regeneratePublicSubsessionLink',
  method: 'post',
  path: '/public/sessions/{access_token}/subsessions/{sub_id}/regenerate-link',
  tags: ['End user'],
  summary: 'Renew the link of a person',
  description: 'Answers a new link for a person who has not begun yet; the old one is dead at once.',
  security: NO_HEADER,
  request: { params: LinkSubsessionPath, query: NoQuery },
  responses: {
    200: answerOf('The new link.', GeneratedLinkBody, {
      session_id: EXAMPLE_SUBSESSION_ID,
      access_token: EXAMPLE_CREATED.access_token,
      access_link: EXAMPLE_CREATED.access_link,
      expires_at: EXAMPLE_CREATED.expires_at,
    }),
    ...linkErrors('SESSION_CLOSED', 'SUBSESSION_NOT_FOUND'),
  },
})

export const regeneratePublicSubsessionLinkRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const childId = c.req.valid('param').sub_id
    const call = { ...linkCall(c), defer: deferTo(c, deps.log), childId }
    const renewed = await regenerateSubsessionLinkByLink(deps, call)
    if (!renewed.ok) return failure(c, renewed.error)
    return c.json(success(c, presentLink(renewed.value)), 200)
  })
