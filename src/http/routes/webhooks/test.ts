import { createRoute } from '@hono/zod-openapi'
import { sendTest } from '../../../application/webhooks/send-test.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { TestedBody } from '../../schemas/webhooks.ts'

const route = createRoute({
  operationId: 'testWebhook',
  method: 'post',
  path: '/kyc/webhooks/test',
  tags: ['Webhooks'],
  summary: 'Send a test event',
  description:
    'A signed event of type `kyc.webhook.test` goes to webhook_url now, once; what the receiver said is the answer. It is in no ' +
    'list and in no feed.',
  security: BEARER,
  request: { query: NoQuery },
  responses: {
    200: answerOf('What the receiver said.', TestedBody, {
      event_id: 'evt_01kb2v8x5nf6b8m1q4r7t0w3y6',
      outcome: 'acknowledged',
      status: 204,
      duration_ms: 87,
    }),
    ...tenantErrors(),
  },
})

export const testWebhookRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const tested = await sendTest(deps, tenantCall(c))
    return tested.ok ? c.json(success(c, tested.value), 200) : failure(c, tested.error)
  })
