import type { OpenRoute } from '../../api.ts'
import { openApiDocument } from '../../openapi/document.ts'

/** The contract as a machine reads it; made at the first call and kept while the isolate lives. */
export const openApiRoute: OpenRoute = (app, deps) => {
  let text: string | null = null
  return app.get('/openapi.json', (c) => {
    text ??= JSON.stringify(openApiDocument(app, deps.publicBaseUrl))
    return c.body(text, 200, { 'Content-Type': 'application/json; charset=utf-8', 'Access-Control-Allow-Origin': '*' })
  })
}
