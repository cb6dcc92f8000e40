import { createRoute } from '@hono/zod-openapi'
import { reopenHit } from '../../../application/sessions/whitelist-hit.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentMarked } from '../../presenters/watchlists.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_REOPENED, MarkedHitBody, ReopenHitInput } from '../../schemas/hits.ts'
import { HitPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'reopenHit',
  method: 'delete',
  path: '/kyc/sessions/{session_id}/hits/{hit_id}/whitelist',
  tags: ['Sessions'],
  summary: 'Open a hit again that was ruled out',
  description:
    'Takes back what was said here, and stands against what was said before of the same person in another session. Results on ' +
    'record in other sessions stay as they are until they are run again. Opening what is open changes nothing. Needs kyc:decide.',
  security: BEARER,
  request: {
    params: HitPath,
    query: NoQuery,
    body: optionalBodyOf(ReopenHitInput, { reason: 'The passport was not genuine' }),
  },
  responses: {
    200: answerOf('The hit, open.', MarkedHitBody, EXAMPLE_REOPENED),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'SESSION_NOT_FOUND', 'ROUTE_NOT_FOUND'),
  },
})

export const reopenHitRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { session_id: sessionId, hit_id: hitId } = c.req.valid('param')
    const reason = c.req.valid('json').reason ?? null
    const marked = await reopenHit(deps, { ...tenantCall(c), sessionId, hitId, reason })
    return marked.ok ? c.json(success(c, presentMarked(marked.value, hitId)), 200) : failure(c, marked.error)
  })
