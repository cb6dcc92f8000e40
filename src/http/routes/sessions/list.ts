import { createRoute, z } from '@hono/zod-openapi'
import { listSessions } from '../../../application/sessions/list-sessions.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { presentRow } from '../../presenters/session.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_ROW } from '../../schemas/examples.ts'
import { DEFAULT_LIMIT } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { SessionListBody, SessionListParameters, filterOf, sortOf } from '../../schemas/session-list.ts'

const route = createRoute({
  operationId: 'listSessions',
  method: 'get',
  path: '/kyc/sessions',
  tags: ['Sessions'],
  summary: 'List sessions',
  description:
    'A page of sessions, the newest first unless `sort` says otherwise. A filter with several values, separated by commas, matches any of them; several filters must all match. For the next page send `next_cursor` with the same filters and sort: sessions made meanwhile neither repeat nor hide one.',
  security: BEARER,
  request: { query: SessionListParameters },
  responses: {
    200: answerOf('A page of sessions, and with include_summary the counts over all that match.', SessionListBody, {
      sessions: [EXAMPLE_ROW],
      pagination: { limit: 20, next_cursor: null, has_more: false },
    }),
    ...tenantErrors('INVALID_CURSOR'),
  },
})

const Position = z.strictObject({ value: z.number().nullable(), session_id: z.string().max(64) })

export const listSessionsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const asked = c.req.valid('query')
    const filter = filterOf(asked)
    const sort = sortOf(asked.sort)
    const limit = asked.limit ?? DEFAULT_LIMIT
    const question = { list: 'sessions', scope: c.var.actor.scope, filter, sort }
    const after = decodeCursor(question, asked.cursor, Position)
    if (!after.ok) return failure(c, after.error)
    const query = { filter, sort, limit, after: after.value, includeSummary: asked.include_summary ?? false }
    const listed = await listSessions(deps, { ...tenantCall(c), query })
    if (!listed.ok) return failure(c, listed.error)
    const { rows, summary, next, now } = listed.value
    const page = {
      sessions: rows.map((row) => presentRow(row, now)),
      pagination: { limit, next_cursor: next === null ? null : encodeCursor(question, next), has_more: next !== null },
    }
    return c.json(success(c, summary === null ? page : { ...page, summary }), 200)
  })
