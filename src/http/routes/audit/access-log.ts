import { createRoute, z } from '@hono/zod-openapi'
import { readAccessLog } from '../../../application/audit/read-access-log.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { presentLine, presentSeal } from '../../presenters/audit.ts'
import { AccessLogBody, Day, EXAMPLE_ACCESS_LOG } from '../../schemas/audit.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { Cursor, DEFAULT_LIMIT, Limit } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'getAccessLog',
  method: 'get',
  path: '/kyc/audit/access-log',
  tags: ['Audit'],
  summary: 'Read who read what',
  description:
    'One line for each opening of a link and each read of a session, oldest first, with the seals of the day. A seal covers ' +
    'its range of ids: a line that came after its day was sealed is in the next seal. Reading this is a line too.',
  security: BEARER,
  request: { query: z.strictObject({ day: Day, limit: Limit, cursor: Cursor }) },
  responses: {
    200: answerOf('A page of lines.', AccessLogBody, EXAMPLE_ACCESS_LOG),
    ...tenantErrors('INVALID_CURSOR'),
  },
})

const Position = z.strictObject({ after: z.number().int().nonnegative(), until: z.number().int().nonnegative() })

export const accessLogRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { day, cursor, limit = DEFAULT_LIMIT } = c.req.valid('query')
    const { scope } = c.var.actor
    const question = { list: 'access-log', scope, day }
    const position = decodeCursor(question, cursor, Position)
    if (!position.ok) return failure(c, position.error)
    const read = await readAccessLog(deps, { ...tenantCall(c), day, limit, position: position.value })
    if (!read.ok) return failure(c, read.error)
    const { lines, seals, next } = read.value
    const next_cursor = next === null ? null : encodeCursor(question, next)
    const pagination = { limit, next_cursor, has_more: next !== null }
    const page = { seals: seals.map(presentSeal), lines: lines.map(presentLine), pagination }
    return c.json(success(c, { tenant_id: scope.tenantId, mode: scope.mode, day, ...page }), 200)
  })
