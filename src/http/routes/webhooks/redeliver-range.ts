import { createRoute } from '@hono/zod-openapi'
import { redeliverRange } from '../../../application/webhooks/redeliver-range.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { isoOrNull } from '../../presenters/time.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { RedeliverRangeBody, RedeliverRangeInput } from '../../schemas/webhooks.ts'

const route = createRoute({
  operationId: 'redeliverWebhooks',
  method: 'post',
  path: '/kyc/webhooks/redeliver',
  tags: ['Webhooks'],
  summary: 'Deliver again what happened in a stretch of time',
  description:
    'After an outage of the receiver: what failed or was cancelled between from and to is pending again, the oldest first, at ' +
    'most 1000 a call. While next_from is not null, call again with it.',
  security: BEARER,
  request: {
    query: NoQuery,
    body: bodyOf(RedeliverRangeInput, { from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' }),
  },
  responses: {
    200: answerOf('How many, and where the rest begins.', RedeliverRangeBody, { redelivered: 42, next_from: null }),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE'),
  },
})

export const redeliverRangeRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { from, to, status = null } = c.req.valid('json')
    const again = await redeliverRange(deps, { ...tenantCall(c), from, to, status })
    if (!again.ok) return failure(c, again.error)
    const { redelivered, next_from } = again.value
    return c.json(success(c, { redelivered, next_from: isoOrNull(next_from) }), 200)
  })
