import { createRoute, z } from '@hono/zod-openapi'
import { listApiKeys } from '../../../application/tenants/list-api-keys.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { presentApiKey } from '../../presenters/tenant.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { Cursor, DEFAULT_LIMIT, Limit } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { ApiKeyListBody, EXAMPLE_API_KEY } from '../../schemas/tenant.ts'

const route = createRoute({
  operationId: 'listApiKeys',
  method: 'get',
  path: '/kyc/tenants/me/api-keys',
  tags: ['Tenant'],
  summary: 'List API keys',
  description: 'Keys of the mode of this credential, the youngest first, revoked ones too. No secret is in it.',
  security: BEARER,
  request: { query: z.strictObject({ limit: Limit, cursor: Cursor }) },
  responses: {
    200: answerOf('A page of keys.', ApiKeyListBody, {
      api_keys: [EXAMPLE_API_KEY],
      pagination: { limit: 20, next_cursor: null, has_more: false },
    }),
    ...tenantErrors('INVALID_CURSOR'),
  },
})

const Position = z.strictObject({ created_at: z.number(), key_id: z.string().max(64) })

export const listApiKeysRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { cursor, limit = DEFAULT_LIMIT } = c.req.valid('query')
    const question = { list: 'api_keys', scope: c.var.actor.scope }
    const after = decodeCursor(question, cursor, Position)
    if (!after.ok) return failure(c, after.error)
    const listed = await listApiKeys(deps, { ...tenantCall(c), limit, after: after.value })
    if (!listed.ok) return failure(c, listed.error)
    const { keys, next } = listed.value
    const next_cursor = next === null ? null : encodeCursor(question, next)
    const pagination = { limit, next_cursor, has_more: next !== null }
    return c.json(success(c, { api_keys: keys.map(presentApiKey), pagination }), 200)
  })
