import { createRoute } from '@hono/zod-openapi'
import { readTenant } from '../../../application/tenants/read-tenant.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentTenant } from '../../presenters/tenant.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_TENANT, TenantBody } from '../../schemas/tenant.ts'

const route = createRoute({
  operationId: 'getTenant',
  method: 'get',
  path: '/kyc/tenants/me',
  tags: ['Tenant'],
  summary: 'Get the settings',
  description: 'The tenant of this credential with its settings, as they are now. They are the same for live and test.',
  security: BEARER,
  request: { query: NoQuery },
  responses: { 200: answerOf('The tenant.', TenantBody, EXAMPLE_TENANT), ...tenantErrors() },
})

export const getTenantRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const found = await readTenant(deps, tenantCall(c))
    if (!found.ok) return failure(c, found.error)
    return c.json(success(c, presentTenant(found.value)), 200)
  })
