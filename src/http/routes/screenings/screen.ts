import { createRoute } from '@hono/zod-openapi'
import { screenSubjects } from '../../../application/screenings/screen-subjects.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentScreened } from '../../presenters/screenings.ts'
import { answerOf, bodyOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { askedSubject, EXAMPLE_SCREENED, ScreenedBody, ScreenInput } from '../../schemas/screenings.ts'
import { BEARER } from '../../schemas/security.ts'

const DEFAULT_THRESHOLD = 0.85
const DEFAULT_LIMIT = 10

const route = createRoute({
  operationId: 'screen',
  method: 'post',
  path: '/kyc/screenings',
  tags: ['Watchlists'],
  summary: 'Look names up in the watchlists',
  description:
    'For names that belong to no session: 1–100 at once. Nothing is kept of the call but a line of the access log with the number ' +
    'of subjects, so an Idempotency-Key has nothing to keep either: a repeated call searches anew. Branch on `state` first: any ' +
    'other than `ok` is no pass, and with `not_configured` and `error` `results` is empty. Needs kyc:session.',
  security: BEARER,
  request: {
    query: NoQuery,
    body: bodyOf(ScreenInput, {
      subjects: [
        {
          reference: 'customer-17',
          name: 'Anna Eriksson',
          kind: 'individual',
          date_of_birth: '1974-08-12',
          countries: ['SE'],
        },
      ],
    }),
  },
  responses: {
    200: answerOf('What was found, in the order of the subjects.', ScreenedBody, EXAMPLE_SCREENED),
    ...tenantErrors('INVALID_JSON', 'BODY_TOO_LARGE'),
  },
})

export const screenRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const { subjects, lists = [], threshold = DEFAULT_THRESHOLD, limit = DEFAULT_LIMIT, explain } = c.req.valid('json')
    const asked = subjects.map(askedSubject)
    const explainMisses = explain === 'misses'
    const screened = await screenSubjects(deps, { ...tenantCall(c), asked, lists, threshold, limit, explainMisses })
    return screened.ok ? c.json(success(c, presentScreened(screened.value)), 200) : failure(c, screened.error)
  })
