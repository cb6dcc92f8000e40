import { createRoute } from '@hono/zod-openapi'
import { readChannels } from '../../../application/channels/read-channels.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentChannels } from '../../presenters/channels.ts'
import { ChannelsBody, EXAMPLE_CONFIG } from '../../schemas/channels.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'getNotificationChannels',
  method: 'get',
  path: '/kyc/tenants/me/notification-channels',
  tags: ['Webhooks'],
  summary: 'Read the notification channels',
  description: 'Where this tenant is told of events, in the mode of the credential. Secrets are masked.',
  security: BEARER,
  request: { query: NoQuery },
  responses: {
    200: answerOf('The channels, and what is really delivered.', ChannelsBody, { notification_config: EXAMPLE_CONFIG }),
    ...tenantErrors(),
  },
})

export const getChannelsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const found = await readChannels(deps, tenantCall(c))
    if (!found.ok) return failure(c, found.error)
    return c.json(success(c, { notification_config: presentChannels(found.value, deps.clock.system()) }), 200)
  })
