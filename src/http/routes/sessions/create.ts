import { createRoute } from '@hono/zod-openapi'
import { createSession } from '../../../application/sessions/create-session.ts'
import { deferTo, etagOf, failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentCreated } from '../../presenters/session.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { EXAMPLE_CREATED } from '../../schemas/examples.ts'
import { EXAMPLE_WORKFLOW_ID } from '../../schemas/ids.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { CreateSessionInput } from '../../schemas/session-requests.ts'
import { CreatedSessionBody } from '../../schemas/session.ts'

const route = createRoute({
  operationId: 'createSession',
  method: 'post',
  path: '/kyc/sessions',
  tags: ['Sessions'],
  summary: 'Create a session',
  description:
    'Makes a session from the newest version of a workflow. Send `access_link` to the person; this is the only answer that holds it. The session is a `draft` until the person begins.',
  security: BEARER,
  request: {
    query: NoQuery,
    body: bodyOf(CreateSessionInput, {
      workflow_id: EXAMPLE_WORKFLOW_ID,
      ttl_days: 14,
      metadata: { user_email: 'anna@example.com' },
      client_id: 'client-81',
      language: 'en',
      redirect_url: 'https://shop.example.com/done',
    }),
  },
  responses: {
    201: answerOf(
      'The session, with its link: the only time that the link is shown.',
      CreatedSessionBody,
      EXAMPLE_CREATED,
    ),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE', 'WORKFLOW_NOT_FOUND'),
  },
})

export const createSessionRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const body = c.req.valid('json')
    const session = {
      workflow_id: body.workflow_id,
      ttl_days: body.ttl_days ?? null,
      metadata: body.metadata ?? {},
      client_id: body.client_id ?? null,
      language: body.language ?? null,
      redirect_url: body.redirect_url ?? null,
    }
    const created = await createSession(deps, {
      ...tenantCall(c),
      tenant: c.var.tenant,
      session,
      defer: deferTo(c, deps.log),
    })
    if (!created.ok) return failure(c, created.error)
    c.header('ETag', etagOf(created.value.state))
    return c.json(success(c, presentCreated(created.value, deps.clock.now(c.var.actor.scope))), 201)
  })
