import { createRoute } from '@hono/zod-openapi'
import { generateLink } from '../../../application/sessions/generate-link.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentLink } from '../../presenters/links.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { EXAMPLE_LINK, GenerateLinkInput, GeneratedLinkBody } from '../../schemas/links.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'generateLink',
  method: 'post',
  path: '/kyc/sessions/{session_id}/generate-link',
  tags: ['Sessions'],
  summary: 'Make a new link',
  description:
    'Makes a new link for the person; the old one is dead at once. Use it when a link was lost or went to the wrong person. An expired session returns to the status it had before.',
  security: BEARER,
  request: { params: SessionPath, query: NoQuery, body: optionalBodyOf(GenerateLinkInput, { ttl_days: 14 }) },
  responses: {
    200: answerOf('The link: the only time that it is shown.', GeneratedLinkBody, EXAMPLE_LINK),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'SESSION_NOT_FOUND'),
  },
})

export const generateLinkRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const sessionId = c.req.valid('param').session_id
    const ttlDays = c.req.valid('json').ttl_days ?? null
    const link = await generateLink(deps, { ...tenantCall(c), sessionId, ttlDays })
    return link.ok ? c.json(success(c, presentLink(link.value)), 200) : failure(c, link.error)
  })
