import { createRoute, z } from '@hono/zod-openapi'
import { listEvents } from '../../../application/sessions/list-events.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { presentEvent } from '../../presenters/events.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_EVENT, EventListBody } from '../../schemas/events.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { Cursor, DEFAULT_LIMIT, Limit } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'listSessionEvents',
  method: 'get',
  path: '/kyc/sessions/{session_id}/events',
  tags: ['Sessions'],
  summary: 'Read the trail of a session',
  description:
    'Who did what and when, oldest first, without gaps. Answers of the person, results and metadata are named here, not repeated; read the session for them.',
  security: BEARER,
  request: { params: SessionPath, query: z.strictObject({ limit: Limit, cursor: Cursor }) },
  responses: {
    200: answerOf('A page of events.', EventListBody, {
      events: [EXAMPLE_EVENT],
      pagination: { limit: 20, next_cursor: null, has_more: false },
    }),
    ...tenantErrors('INVALID_CURSOR', 'SESSION_NOT_FOUND'),
  },
})

const Position = z.strictObject({ sequence: z.number().int().nonnegative() })

export const listEventsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const sessionId = c.req.valid('param').session_id
    const { cursor, limit = DEFAULT_LIMIT } = c.req.valid('query')
    const question = { list: 'events', scope: c.var.actor.scope, session_id: sessionId }
    const after = decodeCursor(question, cursor, Position)
    if (!after.ok) return failure(c, after.error)
    const listed = await listEvents(deps, { ...tenantCall(c), sessionId, limit, after: after.value?.sequence ?? 0 })
    if (!listed.ok) return failure(c, listed.error)
    const { events, next } = listed.value
    const next_cursor = next === null ? null : encodeCursor(question, { sequence: next })
    const pagination = { limit, next_cursor, has_more: next !== null }
    return c.json(success(c, { events: events.map(presentEvent), pagination }), 200)
  })
