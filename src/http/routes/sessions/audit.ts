import { createRoute, z } from '@hono/zod-openapi'
import { readAuditTrail } from '../../../application/audit/read-audit-trail.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentChained } from '../../presenters/audit.ts'
import { isoOrNull } from '../../presenters/time.ts'
import { AuditTrailBody, EXAMPLE_AUDIT_TRAIL } from '../../schemas/audit.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { DEFAULT_LIMIT, Limit, wholeNumber } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const After = wholeNumber(0, 999_999_999)
  .optional()
  .openapi({ description: 'The sequence that the page follows; default 0' })

const route = createRoute({
  operationId: 'getSessionAudit',
  method: 'get',
  path: '/kyc/sessions/{session_id}/audit',
  tags: ['Audit'],
  summary: 'Export the chained trail of a session',
  description:
    'Every event as the text that was hashed, with its salt and link, so that `npm run audit:verify` or your own verifier ' +
    'can prove that nothing was changed. Of a deleted session the head alone is left, and this still tells it.',
  security: BEARER,
  request: { params: SessionPath, query: z.strictObject({ after: After, limit: Limit }) },
  responses: {
    200: answerOf('A page of the trail.', AuditTrailBody, EXAMPLE_AUDIT_TRAIL),
    ...tenantErrors('SESSION_NOT_FOUND'),
  },
})

export const auditTrailRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { session_id } = c.req.valid('param')
    const { after = 0, limit = DEFAULT_LIMIT } = c.req.valid('query')
    const read = await readAuditTrail(deps, { ...tenantCall(c), sessionId: session_id, after, limit })
    if (!read.ok) return failure(c, read.error)
    const { events, head, erasedAt, next } = read.value
    const pagination = { limit, next_after: next, has_more: next !== null }
    const erased_at = isoOrNull(erasedAt)
    return c.json(success(c, { session_id, erased_at, head, events: events.map(presentChained), pagination }), 200)
  })
