import { createRoute } from '@hono/zod-openapi'
import { startSession } from '../../../application/end-user/start-session.ts'
import { failure, linkCall, nowOf, success } from '../../answers.ts'
import type { LinkRoute } from '../../api.ts'
import { presentPublicSession } from '../../presenters/public-session.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { linkErrors } from '../../schemas/errors.ts'
import { LinkPath } from '../../schemas/ids.ts'
import { EXAMPLE_PUBLIC_SESSION, PublicSessionBody, StartInput } from '../../schemas/public-session.ts'
import { NoQuery } from '../../schemas/query.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'startPublicSession',
  method: 'post',
  path: '/public/sessions/{access_token}/start',
  tags: ['End user'],
  summary: 'Start a session',
  description:
    'The person begins: a draft becomes active. Where the workflow asks for consent, send `consent: true` with the version of the text that was shown. Starting again changes nothing.',
  security: NO_HEADER,
  request: {
    params: LinkPath,
    query: NoQuery,
    body: optionalBodyOf(StartInput, { consent: true, consent_version: '2026-01' }),
  },
  responses: {
    200: answerOf('The session as the person may see it.', PublicSessionBody, EXAMPLE_PUBLIC_SESSION),
    ...linkErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'SESSION_CLOSED'),
  },
})

export const startSessionRoute: LinkRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { consent = false, consent_version: consentVersion = null } = c.req.valid('json')
    const started = await startSession(deps, { ...linkCall(c), consent, consentVersion })
    if (!started.ok) return failure(c, started.error)
    return c.json(success(c, presentPublicSession(started.value, nowOf(deps.clock, started.value))), 200)
  })
