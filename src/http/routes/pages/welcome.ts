import type { Context } from 'hono'
import { openSession } from '../../../application/end-user/open-session.ts'
import { publicView } from '../../../domain/session/public-view.ts'
import { PAGE_POLICY } from '../../../page/layout.tsx'
import type { Notice } from '../../../page/notice-page.tsx'
import { noticePage } from '../../../page/notice-page.tsx'
import { welcomePage } from '../../../page/welcome-page.tsx'
import { deferTo, nowOf } from '../../answers.ts'
import type { OpenEnv, OpenRoute } from '../../api.ts'

/** What the access link opens. A page, so it is not in the API's document, and its refusals are pages too. */
export const welcomeRoute: OpenRoute = (app, deps) =>
  app.get('/v/:access_token', async (c) => {
    const link = await deps.tokens.verify(c.req.param('access_token'))
    if (link === null) return notice(c, 'notFound', 404)
    const call = { link, requestId: c.var.requestId, defer: deferTo(c, deps.log), via: 'page' as const }
    const opened = await openSession(deps, call)
    if (!opened.ok) {
      return opened.error.code === 'LINK_EXPIRED' ? notice(c, 'expired', 403) : notice(c, 'notFound', 404)
    }
    const { state, workflow, tenant } = opened.value
    c.header('Content-Security-Policy', PAGE_POLICY)
    const asker = tenant.settings.branding.display_name ?? tenant.name
    return c.html(welcomePage(asker, publicView(state, workflow, nowOf(deps.clock, opened.value))))
  })

export function notice(c: Context<OpenEnv>, kind: Notice, status: 403 | 404 | 429 | 500): Response {
  c.header('Content-Security-Policy', PAGE_POLICY)
  return c.html(noticePage(kind, c.var.requestId), status)
}
