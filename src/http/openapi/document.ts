// The OpenAPI document, made from the routes themselves: what a route says of itself, and what all have in common.

import type { OpenAPIHono } from '@hono/zod-openapi'
import type { OpenEnv } from '../api.ts'
import { describeParameters, describeSchemas } from './describe.ts'
import { eachOperation, finishOperation, HEADERS } from './finish.ts'
import { IDEMPOTENCY_HEADERS, IDEMPOTENCY_PARAMETERS, offerIdempotency } from './idempotency.ts'
import { API_VERSION, BEARER_SCHEME, INTRODUCTION, TAGS, TITLE } from './introduction.ts'
import { asJson, objectAt } from './json.ts'
import type { JsonObject } from './json.ts'
import { mendSchemas } from './mend-schemas.ts'
import { nameSchemas } from './name-schemas.ts'
import { shareRepeated } from './share.ts'
import { webhookPart } from './webhooks.ts'

/** Where the document that is kept in docs/ says the service is. */
export const EXAMPLE_SERVER = 'https://kyc.example.com'

export function openApiDocument(app: OpenAPIHono<OpenEnv>, serverUrl: string): JsonObject {
  nameSchemas(app)
  const generated = asJson(
    app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: TITLE,
        version: API_VERSION,
        description: INTRODUCTION,
        license: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
        contact: { name: 'KYC Sessions', url: `${serverUrl}/docs` },
      },
      servers: [{ url: serverUrl, description: 'Production: this deployment' }],
    }),
  )
  for (const server of Object.values(generated['servers'] ?? [])) Object.assign(server ?? {}, { 'x-internal': false })

  describeParameters(generated)
  eachOperation(generated, finishOperation)
  eachOperation(generated, offerIdempotency)
  const shared = shareRepeated(generated)
  const { webhooks, schemas, parameters } = webhookPart()
  const components = objectAt(generated, 'components')
  const document: JsonObject = {
    ...generated,
    tags: usedTags(generated),
    webhooks,
    components: {
      securitySchemes: { bearer: { ...BEARER_SCHEME } },
      headers: { ...HEADERS, ...IDEMPOTENCY_HEADERS },
      parameters: { ...shared.parameters, ...IDEMPOTENCY_PARAMETERS, ...parameters },
      examples: shared.examples,
      responses: shared.responses,
      schemas: { ...schemas, ...objectAt(components, 'schemas') },
    },
  }
  mendSchemas(document)
  describeSchemas(document)
  return document
}

function usedTags(document: JsonObject): JsonObject[] {
  const used = new Set<unknown>(['Webhooks'])
  eachOperation(document, (operation) => {
    const { tags } = operation
    if (Array.isArray(tags)) for (const tag of tags) used.add(tag)
  })
  return TAGS.filter(({ name }) => used.has(name)).map((tag) => ({ ...tag }))
}
