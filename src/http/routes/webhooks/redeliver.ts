import { createRoute } from '@hono/zod-openapi'
import { redeliver } from '../../../application/webhooks/redeliver.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentDelivery } from '../../presenters/webhooks.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { DeliveryBody, DeliveryPath, EXAMPLE_DELIVERY } from '../../schemas/webhooks.ts'

const route = createRoute({
  operationId: 'redeliverWebhook',
  method: 'post',
  path: '/kyc/webhooks/deliveries/{delivery_id}/redeliver',
  tags: ['Webhooks'],
  summary: 'Deliver an event again',
  description:
    'Whatever became of it: it is pending again with a fresh 72 hours, in its place among the events of its session, and goes ' +
    'out within moments. An event of an erased session has nothing left to send.',
  security: BEARER,
  request: { params: DeliveryPath, query: NoQuery },
  responses: {
    200: answerOf('The delivery as it is now.', DeliveryBody, {
      ...EXAMPLE_DELIVERY,
      attempts: 0,
      first_attempt_at: null,
    }),
    ...tenantErrors('ROUTE_NOT_FOUND'),
  },
})

export const redeliverRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const deliveryId = c.req.valid('param').delivery_id
    const again = await redeliver(deps, { ...tenantCall(c), deliveryId })
    return again.ok ? c.json(success(c, presentDelivery(again.value)), 200) : failure(c, again.error)
  })
