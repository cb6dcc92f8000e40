import { createRoute, z } from '@hono/zod-openapi'
import { checkHealth } from '../../../application/operations/check-health.ts'
import { failure, success } from '../../answers.ts'
import type { OpenRoute } from '../../api.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NO_HEADER } from '../../schemas/security.ts'

const ComponentBody = z
  .strictObject({
    component: z.string(),
    state: z.enum(['ok', 'configured']).openapi({ description: '`configured`: cannot be asked without using it' }),
    ms: z.number().int().nullable(),
  })
  .openapi('ComponentHealth')

const HealthBody = z
  .strictObject({ healthy: z.literal(true), components: z.array(ComponentBody).optional() })
  .openapi('Health')

const route = createRoute({
  operationId: 'getHealth',
  method: 'get',
  path: '/healthz',
  tags: ['Service'],
  summary: 'Is the service up',
  description:
    'Answers from the edge, without asking a database. With `deep=1`, which takes a Bearer token that holds `tenant:manage`, each ' +
    'part of the deployment is asked, 2 seconds at most; if one does not answer, that is a 500 whose `details` name it.',
  security: NO_HEADER,
  request: {
    query: z.strictObject({ deep: z.enum(['1']).optional().openapi({ description: '1: ask each part' }) }),
  },
  responses: {
    200: answerOf('It is.', HealthBody, { healthy: true }),
    ...tenantErrors(),
  },
})

export const healthRoute: OpenRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const healthy = true as const
    if (c.req.valid('query').deep === undefined) return c.json(success(c, { healthy }), 200)
    const authorization = c.req.header('authorization') ?? null
    const checked = await checkHealth(deps, { authorization, requestId: c.var.requestId })
    if (!checked.ok) return failure(c, checked.error)
    return c.json(success(c, { healthy, components: checked.value }), 200)
  })
