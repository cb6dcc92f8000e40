import { createRoute } from '@hono/zod-openapi'
import { updateChannels } from '../../../application/channels/update-channels.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentUpdatedChannels } from '../../presenters/channels.ts'
import { ChannelsInput, EXAMPLE_CONFIG, EXAMPLE_SECRET, UpdatedChannelsBody } from '../../schemas/channels.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'updateNotificationChannels',
  method: 'patch',
  path: '/kyc/tenants/me/notification-channels',
  tags: ['Webhooks'],
  summary: 'Change the notification channels',
  description:
    'What is left out stays. The first webhook_url makes a secret, unless one is given; it is in this answer alone. ' +
    'Events are delivered from then on: earlier ones are in the pull feed.',
  security: BEARER,
  request: {
    query: NoQuery,
    body: bodyOf(ChannelsInput, { notification_emails: ['compliance@example.com'] }),
  },
  responses: {
    200: answerOf('The channels as they are now, and the secret if this call made it.', UpdatedChannelsBody, {
      notification_config: EXAMPLE_CONFIG,
      webhook_secret: EXAMPLE_SECRET,
    }),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE'),
  },
})

export const updateChannelsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const body = c.req.valid('json')
    const changes = {
      webhook_url: body.webhook_url,
      webhook_secret: body.webhook_secret,
      emails: body.notification_emails,
      slack_url: body.slack_webhook_url,
      batch: body.batch_notifications_enabled,
    }
    const updated = await updateChannels(deps, { ...tenantCall(c), changes })
    if (!updated.ok) return failure(c, updated.error)
    return c.json(success(c, presentUpdatedChannels(updated.value, deps.clock.system())), 200)
  })
