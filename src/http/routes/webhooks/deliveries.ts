import { createRoute, z } from '@hono/zod-openapi'
import { listDeliveries } from '../../../application/webhooks/list-deliveries.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { presentDelivery } from '../../presenters/webhooks.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { DEFAULT_LIMIT } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { DeliveriesQuery, DeliveryListBody, EXAMPLE_DELIVERY } from '../../schemas/webhooks.ts'

const route = createRoute({
  operationId: 'listWebhookDeliveries',
  method: 'get',
  path: '/kyc/webhooks/deliveries',
  tags: ['Webhooks'],
  summary: 'List deliveries',
  description: 'What became of each event that was to be sent, the youngest first, for 30 days.',
  security: BEARER,
  request: { query: DeliveriesQuery },
  responses: {
    200: answerOf('A page of deliveries.', DeliveryListBody, {
      deliveries: [EXAMPLE_DELIVERY],
      pagination: { limit: 20, next_cursor: null, has_more: false },
    }),
    ...tenantErrors('INVALID_CURSOR'),
  },
})

const Place = z.strictObject({ created_at: z.number(), position: z.number().int() })

export const listDeliveriesRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { cursor, limit = DEFAULT_LIMIT, ...filter } = c.req.valid('query')
    const question = { list: 'webhook_deliveries', scope: c.var.actor.scope, filter }
    const after = decodeCursor(question, cursor, Place)
    if (!after.ok) return failure(c, after.error)
    const listed = await listDeliveries(deps, { ...tenantCall(c), filter, limit, after: after.value })
    if (!listed.ok) return failure(c, listed.error)
    const { deliveries, next } = listed.value
    const next_cursor = next === null ? null : encodeCursor(question, next)
    const pagination = { limit, next_cursor, has_more: next !== null }
    return c.json(success(c, { deliveries: deliveries.map(presentDelivery), pagination }), 200)
  })
