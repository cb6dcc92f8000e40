import { createRoute } from '@hono/zod-openapi'
import { updateTenant } from '../../../application/tenants/update-tenant.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentTenant } from '../../presenters/tenant.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_TENANT, readChange, TenantBody, UpdateTenantInput } from '../../schemas/tenant.ts'

const route = createRoute({
  operationId: 'updateTenant',
  method: 'patch',
  path: '/kyc/tenants/me',
  tags: ['Tenant'],
  summary: 'Change the settings',
  description:
    'Replaces each member that is sent and leaves the others. In force within 60 seconds; a session that was written to ' +
    'keeps the name and branding that it began with.',
  security: BEARER,
  request: {
    query: NoQuery,
    body: bodyOf(UpdateTenantInput, {
      branding: EXAMPLE_TENANT.branding,
      allowed_origins: EXAMPLE_TENANT.allowed_origins,
    }),
  },
  responses: {
    200: answerOf('The tenant as it is now.', TenantBody, EXAMPLE_TENANT),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE'),
  },
})

export const updateTenantRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const changed = await updateTenant(deps, { ...tenantCall(c), change: readChange(c.req.valid('json')) })
    if (!changed.ok) return failure(c, changed.error)
    return c.json(success(c, presentTenant(changed.value)), 200)
  })
