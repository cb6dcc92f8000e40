import { createRoute } from '@hono/zod-openapi'
import { regenerateSubsessionLink } from '../../../application/sessions/regenerate-subsession-link.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentLink } from '../../presenters/links.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_SUBSESSION_ID, SubsessionPath } from '../../schemas/ids.ts'
import { EXAMPLE_LINK, GenerateLinkInput, GeneratedLinkBody } from '../../schemas/links.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'regenerateSubsessionLink',
  method: 'post',
  path: '/kyc/sessions/{session_id}/subsessions/{sub_id}/regenerate-link',
  tags: ['Subsessions'],
  summary: 'Make a new link for a subsession',
  description:
    'As `generate-link`, for a subsession of this session: answers a new link, and the old one is dead at once.',
  security: BEARER,
  request: { params: SubsessionPath, query: NoQuery, body: optionalBodyOf(GenerateLinkInput, { ttl_days: 14 }) },
  responses: {
    200: answerOf('The link: the only time that it is shown.', GeneratedLinkBody, {
      ...EXAMPLE_LINK,
      session_id: EXAMPLE_SUBSESSION_ID,
    }),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'SESSION_NOT_FOUND', 'SUBSESSION_NOT_FOUND'),
  },
})

export const regenerateSubsessionLinkRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { session_id: parentId, sub_id: childId } = c.req.valid('param')
    const ttlDays = c.req.valid('json').ttl_days ?? null
    const link = await regenerateSubsessionLink(deps, { ...tenantCall(c), parentId, childId, ttlDays })
    return link.ok ? c.json(success(c, presentLink(link.value)), 200) : failure(c, link.error)
  })
