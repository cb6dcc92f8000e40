import { createRoute } from '@hono/zod-openapi'
import { validateSession } from '../../../application/sessions/validate-session.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentValidated } from '../../presenters/checks.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { SessionPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { ValidateSessionInput, ValidatedBody } from '../../schemas/validation.ts'

const DEFAULT_WAIT_SECONDS = 20

const route = createRoute({
  operationId: 'validateSession',
  method: 'post',
  path: '/kyc/sessions/{session_id}/validate',
  tags: ['Sessions'],
  summary: 'Run checks without deciding',
  description:
    'Runs checks on what is there now, in any status but `processing`, as evidence for a reviewer: status, risk and decision stay as they are. The same checks that are already running are joined. Waits up to `wait_seconds` for the end; later the result is among `validations` of the session.',
  security: BEARER,
  request: {
    params: SessionPath,
    query: NoQuery,
    body: optionalBodyOf(ValidateSessionInput, { validations: ['crypto'], wait_seconds: 20 }),
  },
  responses: {
    200: answerOf('The validation, which is among the validations of the session, too.', ValidatedBody, {
      validation_id: 'val_01kb2v8x5nf6b8m1q4r7t0w3y6',
      status: 'completed',
      results: {
        crypto: {
          state: 'ok',
          checked_at: '2026-11-23T10:40:01.000Z',
          provider: 'kyc-sessions/crypto',
          addresses: [],
        },
      },
      started_at: '2026-11-23T10:40:00.000Z',
      completed_at: '2026-11-23T10:40:01.000Z',
    }),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'SESSION_NOT_FOUND'),
  },
})

export const validateSessionRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const body = c.req.valid('json')
    const validated = await validateSession(deps, {
      ...tenantCall(c),
      sessionId: c.req.valid('param').session_id,
      asked: { checks: body.validations ?? null, explain_misses: body.explain === 'misses' },
      waitSeconds: body.wait_seconds ?? DEFAULT_WAIT_SECONDS,
    })
    return validated.ok ? c.json(success(c, presentValidated(validated.value)), 200) : failure(c, validated.error)
  })
