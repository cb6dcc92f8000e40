import { createRoute } from '@hono/zod-openapi'
import { whitelistHit } from '../../../application/sessions/whitelist-hit.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentMarked } from '../../presenters/watchlists.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_MARKED, MarkedHitBody, WhitelistHitInput } from '../../schemas/hits.ts'
import { HitPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'whitelistHit',
  method: 'post',
  path: '/kyc/sessions/{session_id}/hits/{hit_id}/whitelist',
  tags: ['Sessions'],
  summary: 'Rule a watchlist hit out',
  description:
    'A reviewer has found that the entry is not this person. The hit is marked in the results, counts for nothing in the next ' +
    'decision, and comes back marked in later runs of this session and of others of the same person (the same name under the ' +
    'same client_id, or the same name and date of birth), until the entry changes or more speaks for it than was known. ' +
    'Status and decision stay as they are: `process` with `rerun` decides anew. Needs kyc:decide.',
  security: BEARER,
  request: {
    params: HitPath,
    query: NoQuery,
    body: bodyOf(WhitelistHitInput, { reason: 'Another person: born 1974 in Umeå, as the passport shows' }),
  },
  responses: {
    200: answerOf('The hit, marked.', MarkedHitBody, EXAMPLE_MARKED),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'SESSION_NOT_FOUND', 'ROUTE_NOT_FOUND'),
  },
})

export const whitelistHitRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { session_id: sessionId, hit_id: hitId } = c.req.valid('param')
    const { reason } = c.req.valid('json')
    const marked = await whitelistHit(deps, { ...tenantCall(c), sessionId, hitId, reason })
    return marked.ok ? c.json(success(c, presentMarked(marked.value, hitId)), 200) : failure(c, marked.error)
  })
