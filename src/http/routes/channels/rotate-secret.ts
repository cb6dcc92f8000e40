import { createRoute } from '@hono/zod-openapi'
import { rotateWebhookSecret } from '../../../application/channels/rotate-webhook-secret.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentUpdatedChannels } from '../../presenters/channels.ts'
import { EXAMPLE_CONFIG, EXAMPLE_SECRET, RotateSecretInput, UpdatedChannelsBody } from '../../schemas/channels.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const DEFAULT_OVERLAP_HOURS = 24

const route = createRoute({
  operationId: 'rotateWebhookSecret',
  method: 'post',
  path: '/kyc/tenants/me/notification-channels/rotate-secret',
  tags: ['Webhooks'],
  summary: 'Make a new webhook secret',
  description:
    'The new secret is in this answer alone. For overlap_hours each delivery is signed with both, the new one first; 0 ends ' +
    'the old one at once. A second rotation ends the first one’s overlap.',
  security: BEARER,
  request: { query: NoQuery, body: optionalBodyOf(RotateSecretInput, { overlap_hours: 24 }) },
  responses: {
    200: answerOf('The channels, and the new secret.', UpdatedChannelsBody, {
      notification_config: { ...EXAMPLE_CONFIG, previous_secret_valid_until: '2026-11-24T10:30:00.000Z' },
      webhook_secret: EXAMPLE_SECRET,
    }),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE'),
  },
})

export const rotateSecretRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const overlapHours = c.req.valid('json').overlap_hours ?? DEFAULT_OVERLAP_HOURS
    const rotated = await rotateWebhookSecret(deps, { ...tenantCall(c), overlapHours })
    if (!rotated.ok) return failure(c, rotated.error)
    return c.json(success(c, presentUpdatedChannels(rotated.value, deps.clock.system())), 200)
  })
