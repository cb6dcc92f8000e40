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
  operationId: 'placeLegalHold',
  method: 'post',
  path: '/kyc/sessions/{session_id}/legal-hold',
  tags: ['Sessions'],
  summary: 'Place a legal hold',
  description:
    'Keeps the session, all that belongs to it as a subsession, and what it belongs to, from being erased: by DELETE, which answers ' +
    'LEGAL_HOLD, and by retention. Work on the session goes on. Needs kyc:decide. Repeating it changes nothing.',
  security: BEARER,
  request: {
    params: SessionPath,
    query: NoQuery,
    body: optionalBodyOf(LegalHoldInput, { reason: 'Order of the court of 20 November 2026' }),
  },
  responses: {
    200: answerOf('The hold: nothing of the family is erased from here on.', LegalHoldBody, EXAMPLE_HOLD),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'SESSION_NOT_FOUND'),
  },
})

export const placeLegalHoldRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const sessionId = c.req.valid('param').session_id
    const reason = c.req.valid('json').reason ?? null
    const set = await setLegalHold(deps, { ...tenantCall(c), sessionId, held: true, reason })
    return set.ok ? c.json(success(c, presentHold(set.value)), 200) : failure(c, set.error)
  })
