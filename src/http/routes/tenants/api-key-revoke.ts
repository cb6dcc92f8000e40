import { createRoute } from '@hono/zod-openapi'
import { revokeApiKey } from '../../../application/tenants/revoke-api-key.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentApiKey } from '../../presenters/tenant.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { ApiKeyPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { ApiKeyBody, EXAMPLE_API_KEY } from '../../schemas/tenant.ts'

const route = createRoute({
  operationId: 'revokeApiKey',
  method: 'delete',
  path: '/kyc/tenants/me/api-keys/{key_id}',
  tags: ['Tenant'],
  summary: 'Revoke an API key',
  description:
    'In force everywhere within 60 seconds, for changes of keys and settings at once. A key cannot revoke itself: make ' +
    'its successor first, and revoke it with that one. Revoking again answers the same.',
  security: BEARER,
  request: { params: ApiKeyPath, query: NoQuery },
  responses: {
    200: answerOf('The key, revoked.', ApiKeyBody, { ...EXAMPLE_API_KEY, revoked_at: '2026-11-24T08:00:00.000Z' }),
    ...tenantErrors('ROUTE_NOT_FOUND'),
  },
})

export const revokeApiKeyRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const revoked = await revokeApiKey(deps, { ...tenantCall(c), keyId: c.req.valid('param').key_id })
    if (!revoked.ok) return failure(c, revoked.error)
    return c.json(success(c, presentApiKey(revoked.value)), 200)
  })
