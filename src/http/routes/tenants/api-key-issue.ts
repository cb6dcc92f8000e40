import { createRoute } from '@hono/zod-openapi'
import { issueApiKey } from '../../../application/tenants/issue-api-key.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentApiKey } from '../../presenters/tenant.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_API_KEY, IssueApiKeyInput, IssuedApiKeyBody } from '../../schemas/tenant.ts'

const route = createRoute({
  operationId: 'issueApiKey',
  method: 'post',
  path: '/kyc/tenants/me/api-keys',
  tags: ['Tenant'],
  summary: 'Make an API key',
  description:
    'A key of the mode of this credential. The secret is in this answer and nowhere else. It holds no permission that the caller does not hold.',
  security: BEARER,
  request: {
    query: NoQuery,
    body: bodyOf(IssueApiKeyInput, { name: 'Backend', permissions: ['kyc:read', 'kyc:session'] }),
  },
  responses: {
    200: answerOf('The key with its secret.', IssuedApiKeyBody, {
      ...EXAMPLE_API_KEY,
      api_key: 'sk_live_0Example0Example0Example0Example0Exampleq7Zk',
    }),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE'),
  },
})

export const issueApiKeyRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const issued = await issueApiKey(deps, { ...tenantCall(c), ...c.req.valid('json') })
    if (!issued.ok) return failure(c, issued.error)
    return c.json(success(c, { ...presentApiKey(issued.value.key), api_key: issued.value.secret }), 200)
  })
