import { createRoute } from '@hono/zod-openapi'
import { processSession } from '../../../application/sessions/process-session.ts'
import { etagOf, failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentProcessed } from '../../presenters/checks.ts'
import { answerOf, optionalBodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_RESULTS } from '../../schemas/examples.ts'
import { EXAMPLE_SESSION_ID, SessionPath } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { IfMatchHeader, ProcessSessionInput, ProcessedSessionBody } from '../../schemas/session-requests.ts'

const DEFAULT_WAIT_SECONDS = 20

const route = createRoute({
  operationId: 'processSession',
  method: 'post',
  path: '/kyc/sessions/{session_id}/process',
  tags: ['Sessions'],
  summary: 'Run the checks and decide',
  description:
    'Runs the checks of the workflow and takes the automatic decision. Allowed from `completed`; while a run is under way a call joins it, and later ones answer the results on record, unless `rerun` starts anew from `processed` or `manual_review`. Waits up to `wait_seconds` for the end: if the answer still says `processing`, call again or wait for the webhook `kyc.session.processed`.',
  security: BEARER,
  request: {
    params: SessionPath,
    query: NoQuery,
    headers: IfMatchHeader,
    body: optionalBodyOf(ProcessSessionInput, { wait_seconds: 20 }),
  },
  responses: {
    200: answerOf('The status, and the results once there are any.', ProcessedSessionBody, {
      session_id: EXAMPLE_SESSION_ID,
      status: 'manual_review',
      processing_results: EXAMPLE_RESULTS,
    }),
    ...tenantErrors(
      'INVALID_JSON',
      'BODY_TOO_LARGE',
      'SESSION_NOT_COMPLETED',
      'INVALID_STATUS_TRANSITION',
      'SESSION_NOT_FOUND',
      'VERSION_CONFLICT',
    ),
  },
})

export const processSessionRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const body = c.req.valid('json')
    const processed = await processSession(deps, {
      ...tenantCall(c),
      sessionId: c.req.valid('param').session_id,
      rerun: body.rerun ?? false,
      waitSeconds: body.wait_seconds ?? DEFAULT_WAIT_SECONDS,
      expectedVersion: c.req.valid('header')['If-Match'] ?? null,
    })
    if (!processed.ok) return failure(c, processed.error)
    c.header('ETag', etagOf(processed.value.state))
    return c.json(success(c, presentProcessed(processed.value.state)), 200)
  })
