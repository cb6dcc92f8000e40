import { createRoute, z } from '@hono/zod-openapi'
import { readTransitions } from '../../../application/sessions/read-transitions.ts'
import type { Transition } from '../../../domain/session/transitions.ts'
import { TRIGGERS } from '../../../domain/session/transitions.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { SessionStatusName } from '../../schemas/session.ts'

const TransitionBody = z
  .strictObject({
    from: SessionStatusName.nullable().openapi({
      description: 'The status before; null = the session does not exist yet',
    }),
    to: SessionStatusName,
    by: z.enum(TRIGGERS),
    conditions: z.array(z.string()).openapi({ description: 'What else must hold for the move, or happens with it' }),
  })
  .openapi('Transition')

const route = createRoute({
  operationId: 'listTransitions',
  method: 'get',
  path: '/kyc/meta/transitions',
  tags: ['Service'],
  summary: 'The life of a session as a table',
  description:
    'Every move from one status to another, what makes it, and what else must hold. A move that is not in the table is refused as `INVALID_STATUS_TRANSITION`.',
  security: BEARER,
  request: { query: NoQuery },
  responses: {
    200: answerOf('The table.', z.strictObject({ transitions: z.array(TransitionBody) }), {
      transitions: [{ from: 'draft', to: 'active', by: 'first_write', conditions: [] }],
    }),
    ...tenantErrors(),
  },
})

export const transitionsRoute: TenantRoute = (app) =>
  app.openapi(route, (c) => {
    const table = readTransitions(tenantCall(c))
    return table.ok
      ? c.json(success(c, { transitions: table.value.map(presentTransition) }), 200)
      : failure(c, table.error)
  })

const presentTransition = ({ from, to, by, conditions }: Transition) => ({ from, to, by, conditions: [...conditions] })
