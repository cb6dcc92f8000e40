import { createRoute, z } from '@hono/zod-openapi'
import { success } from '../../answers.ts'
import type { OpenRoute } from '../../api.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { openErrors } from '../../schemas/errors.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'getHealth',
  method: 'get',
  path: '/healthz',
  tags: ['Service'],
  summary: 'Is the service up',
  description: 'Answers from the edge, without asking a database.',
  security: NO_HEADER,
  responses: {
    200: answerOf('It is.', z.strictObject({ healthy: z.literal(true) }), { healthy: true }),
    ...openErrors(),
  },
})

export const healthRoute: OpenRoute = (app) =>
  app.openapi(route, (c) => c.json(success(c, { healthy: true as const }), 200))
