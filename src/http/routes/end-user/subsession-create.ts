import { createRoute } from '@hono/zod-openapi'
import { addSubsessionByLink } from '../../../application/end-user/subsessions.ts'
import { deferTo, failure, linkCall, success } from '../../answers.ts'
import { presentCreatedSubsession } from '../../presenters/end-user.ts'
import {
  CreatedPublicSubsessionBody,
  EXAMPLE_PUBLIC_SUBSESSION,
  PublicSubsessionInput,
} from '../../schemas/end-user.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { EXAMPLE_CREATED } from '../../schemas/examples.ts'
import { LinkPath } from '../../schemas/ids.ts'
import type { LinkRoute } from '../../api.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'createPublicSubsession',
  method: 'post',
  path: '/public/sessions/{access_token}/subsessions',
  tags: ['End user'],
  summary: 'Add a person',
  description:
    'Adds another person, such as an owner of the company, in the step that collects them, and answers the link to pass on.',
  security: NO_HEADER,
  request: {
    params: LinkPath,
    query: NoQuery,
    body: bodyOf(PublicSubsessionInput, { relationship: 'ubo', name: 'Erik Larsson', email: 'erik@example.com' }),
  },
  responses: {
    201: answerOf('The subsession, with its link: the only time that the link is shown.', CreatedPublicSubsessionBody, {
      ...EXAMPLE_PUBLIC_SUBSESSION,
      access_token: EXAMPLE_CREATED.access_token,
      access_link: EXAMPLE_CREATED.access_link,
      expires_at: EXAMPLE_CREATED.expires_at,
    }),
    ...linkErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'SESSION_CLOSED',
      'STEP_NOT_FOUND',
      'STEP_LOCKED',
      'FIELD_NOT_OPEN_FOR_CORRECTION',
      'WORKFLOW_NOT_FOUND',
    ),
  },
})

export const createPublicSubsessionRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { relationship, name = null, email = null, step_id = null } = c.req.valid('json')
    const wanted = { relationship, name, email, step_id }
    const added = await addSubsessionByLink(deps, { ...linkCall(c), defer: deferTo(c, deps.log), wanted })
    if (!added.ok) return failure(c, added.error)
    return c.json(success(c, presentCreatedSubsession(added.value, { relationship, name })), 201)
  })
