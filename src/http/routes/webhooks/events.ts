import { createRoute, z } from '@hono/zod-openapi'
import { pullEvents } from '../../../application/webhooks/pull-events.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { presentFeedEvent } from '../../presenters/webhooks.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_SESSION_ID } from '../../schemas/ids.ts'
import { DEFAULT_LIMIT } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EventFeedBody, EventsQuery } from '../../schemas/webhooks.ts'

const route = createRoute({
  operationId: 'pullWebhookEvents',
  method: 'get',
  path: '/kyc/webhooks/events',
  tags: ['Webhooks'],
  summary: 'Pull events',
  description:
    'The same events as webhooks, whether one is set or not, in order of arrival, for 30 days. Keep next_after and ask again with ' +
    'it: nothing is left out. Events of an erased session read `{session_id, erased: true}`.',
  security: BEARER,
  request: { query: EventsQuery },
  responses: {
    200: answerOf('Events after a place, the oldest first.', EventFeedBody, {
      events: [{ session_id: EXAMPLE_SESSION_ID, erased: true }],
      next_after: 'eyJxIjoiMTIzNCIsInAiOnsicG9zaXRpb24iOjQyfX0',
      has_more: false,
    }),
    ...tenantErrors('INVALID_CURSOR'),
  },
})

const Place = z.strictObject({ position: z.number().int().nonnegative() })

export const pullEventsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { after: cursor, limit = DEFAULT_LIMIT } = c.req.valid('query')
    const question = { list: 'webhook_events', scope: c.var.actor.scope }
    const after = decodeCursor(question, cursor, Place)
    if (!after.ok) return failure(c, after.error)
    const pulled = await pullEvents(deps, { ...tenantCall(c), after: after.value?.position ?? 0, limit })
    if (!pulled.ok) return failure(c, pulled.error)
    const { bodies, next, has_more } = pulled.value
    const next_after = next === 0 ? null : encodeCursor(question, { position: next })
    return c.json(success(c, { events: bodies.map(presentFeedEvent), next_after, has_more }), 200)
  })
