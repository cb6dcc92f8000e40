import { docsPage, DOCS_POLICY } from '../../../page/docs-page.tsx'
import type { OpenRoute } from '../../api.ts'

/** The contract as a person reads it. Its scripts are assets of this deployment. */
export const docsRoute: OpenRoute = (app) =>
  app.get('/docs', (c) => {
    c.header('Content-Security-Policy', DOCS_POLICY)
    return c.html(docsPage())
  })
