// The examples of the OpenAPI document must be what the schemas take.

import { describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import { unaskedDeps } from '../../support/unasked-deps.ts'

const app = createApp(unaskedDeps())

const routes = app.openAPIRegistry.definitions.flatMap((definition) =>
  definition.type === 'route' ? [definition.route] : [],
)

type Parser = { safeParse(input: unknown): { success: boolean; error?: unknown } }
const isParser = (schema: unknown): schema is Parser =>
  typeof schema === 'object' && schema !== null && 'safeParse' in schema

function expectParsed(media: object | undefined): void {
  if (media === undefined || !('schema' in media) || !isParser(media.schema)) throw new Error('a body without a schema')
  const named = 'examples' in media && typeof media.examples === 'object' ? Object.values(media.examples ?? {}) : []
  const examples = [...named.map((example) => example.value), ...('example' in media ? [media.example] : [])]
  for (const example of examples) expect(media.schema.safeParse(example)).toMatchObject({ success: true })
}

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_name, route) => {
  it('has an operation id, a summary, a description and tags', () => {
    expect(route.operationId).toMatch(/^[a-z]+[A-Za-z]+$/)
    for (const text of [route.summary, route.description]) expect(text?.length).toBeGreaterThan(5)
    expect(route.tags).toHaveLength(1)
  })

  it('has examples that its schemas take', () => {
    const body = route.request?.body?.content['application/json']
    if (body !== undefined) {
      expect(body).toHaveProperty('example')
      expectParsed(body)
    }
    for (const response of Object.values(route.responses)) {
      if ('content' in response) expectParsed(response.content?.['application/json'])
    }
  })

  it('can be written down as OpenAPI', () => {
    const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } })
    expect(document.paths?.[route.path]).toHaveProperty(route.method)
  })
})
