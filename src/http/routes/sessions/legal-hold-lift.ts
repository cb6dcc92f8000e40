import { createRoute } from '@hono/zod-openapi'
import { setLegalHold } from '../../../application/sessions/set-legal-hold.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentHold } from '../../presenters/legal-hold.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { EXAMPLE_HOLD, LegalHoldBody, LegalHoldInput } from '../../schemas/legal-hold.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'

const route = createRoute({
  operationId: 'liftLegalHold',
  method: 'delete',
  path: '/kyc/sessions/{session_id}/legal-hold',
  tags: ['Sessions'],
  summary: 'Lift a legal hold',
  description:
    'Needs tenant:manage: the hold stands against those who may delete. Lifting what is not held changes nothing.',
  security: BEARER,
  request: {
    params: SessionPath,
    query: NoQuery,
    body: optionalBodyOf(LegalHoldInput, { reason: 'The proceedings have ended' }),
  },
  responses: {
    200: answerOf('The session may be erased again.', LegalHoldBody, {
      ...EXAMPLE_HOLD,
      legal_hold: false,
      version: 9,
    }),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'SESSION_NOT_FOUND'),
  },
})

export const liftLegalHoldRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const sessionId = c.req.valid('param').session_id
    const reason = c.req.valid('json').reason ?? null
    const set = await setLegalHold(deps, { ...tenantCall(c), sessionId, held: false, reason })
    return set.ok ? c.json(success(c, presentHold(set.value)), 200) : failure(c, set.error)
  })
