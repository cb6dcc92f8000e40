// The response schemas of all routes, so that each answer in a test is held against the contract it was given under.

import { createApp } from '../../src/http/app.ts'
import { unaskedDeps } from './unasked-deps.ts'

type Parser = { safeParse(input: unknown): { success: boolean; error?: unknown } }
type Known = { method: string; path: RegExp; responses: Map<string, Parser> }

let known: Known[] | null = null

/** Whether the route is in the document. Throws when a route that is in the document answers something that its schema does not take. */
export function holdToSchema(method: string, path: string, status: number, body: unknown): boolean {
  known ??= readRoutes()
  const route = known.find((candidate) => candidate.method === method.toLowerCase() && candidate.path.test(path))
  const schema = route?.responses.get(String(status))
  if (route === undefined || schema === undefined) {
    if (route === undefined && status === 404) return false
    throw new Error(`${method} ${path}: ${status} is not an answer of the contract`)
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new Error(`${method} ${path} ${status} breaks its schema: ${String(parsed.error)}`)
  return true
}

function readRoutes(): Known[] {
  const definitions = createApp(unaskedDeps()).openAPIRegistry.definitions
  return definitions.flatMap((definition) => {
    if (definition.type !== 'route') return []
    const { method, path, responses } = definition.route
    const parsers = new Map<string, Parser>()
    for (const [status, response] of Object.entries(responses)) {
      const media = 'content' in response ? response.content?.['application/json'] : undefined
      if (media !== undefined && 'schema' in media && isParser(media.schema)) parsers.set(status, media.schema)
    }
    const pattern = new RegExp(`^${path.replaceAll(/\{[a-z_]+\}/g, '[^/]+')}$`)
    return [{ method, path: pattern, responses: parsers }]
  })
}

const isParser = (schema: unknown): schema is Parser =>
  typeof schema === 'object' && schema !== null && 'safeParse' in schema
