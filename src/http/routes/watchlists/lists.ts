import { createRoute } from '@hono/zod-openapi'
import { readLists } from '../../../application/watchlists/read-lists.ts'
import { failure, success, tenantCall } from '../../answers.ts'
import type { TenantRoute } from '../../api.ts'
import { presentWatchlists } from '../../presenters/watchlist-status.ts'
import { answerOf } from '../../schemas/envelope.ts'
import { tenantErrors } from '../../schemas/errors.ts'
import { NoQuery } from '../../schemas/query.ts'
import { BEARER } from '../../schemas/security.ts'
import { EXAMPLE_WATCHLISTS, WatchlistsStatusBody } from '../../schemas/watchlist-status.ts'

const route = createRoute({
  operationId: 'listWatchlists',
  method: 'get',
  path: '/kyc/watchlists/lists',
  tags: ['Watchlists'],
  summary: 'List watchlists',
  description:
    'Which lists names are looked up in, in which version, and how recent each is. They are the same for every tenant and mode.',
  security: BEARER,
  request: { query: NoQuery },
  responses: { 200: answerOf('The lists.', WatchlistsStatusBody, EXAMPLE_WATCHLISTS), ...tenantErrors() },
})

export const listWatchlistsRoute: TenantRoute = (app, deps) =>
  app.openapi(route, async (c) => {
    const read = await readLists(deps, tenantCall(c))
    if (!read.ok) return failure(c, read.error)
    return c.json(success(c, presentWatchlists(read.value)), 200)
  })
