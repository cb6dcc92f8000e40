import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EFFECTLESS_POSTS } from '../../../src/domain/idempotency.ts'
import { WEBHOOK_TYPES } from '../../../src/domain/webhook/events.ts'
import { TEST_TYPE } from '../../../src/domain/webhook/test-event.ts'
import { createApp } from '../../../src/http/app.ts'
import { EXAMPLE_SERVER, openApiDocument } from '../../../src/http/openapi/document.ts'
import { eachOperation } from '../../../src/http/openapi/finish.ts'
import { isObject, objectAt } from '../../../src/http/openapi/json.ts'
import type { JsonObject } from '../../../src/http/openapi/json.ts'
import { DeletedWebhookBody, WebhookBody } from '../../../src/http/openapi/webhooks.ts'
import { mendSchemas } from '../../../src/http/openapi/mend-schemas.ts'
import { resolved } from '../../support/openapi-reference.ts'
import { unaskedDeps } from '../../support/unasked-deps.ts'

const document = openApiDocument(createApp(unaskedDeps()), EXAMPLE_SERVER)

const operations: { name: string; path: string; method: string; operation: JsonObject }[] = []
eachOperation(document, (operation, path, method) => {
  operations.push({ name: `${method.toUpperCase()} ${path}`, path, method, operation })
})
const mediaOf = (holder: JsonObject): JsonObject | null => {
  const media = Object.values(objectAt(holder, 'content')).find(isObject)
  return media ?? null
}
const hasExample = (media: JsonObject): boolean =>
  media['example'] !== undefined || Object.keys(objectAt(media, 'examples')).length > 0

describe('the document', () => {
  it('is OpenAPI 3.1 with a licence, a contact, a server and a description of every tag', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { license: { name: 'Apache 2.0' }, contact: { name: expect.any(String) } },
      servers: [{ url: EXAMPLE_SERVER }],
    })
    const described = JSON.stringify(document['tags'])
    for (const { operation } of operations) {
      const { tags } = operation
      expect(tags).toHaveLength(1)
      for (const tag of Array.isArray(tags) ? tags : []) expect(described).toContain(`{"name":${JSON.stringify(tag)},`)
    }
  })

  it('tells of every event under webhooks, each with an example that its schema takes', () => {
    const webhooks = objectAt(document, 'webhooks')
    expect(Object.keys(webhooks).toSorted()).toEqual([...WEBHOOK_TYPES, TEST_TYPE].toSorted())
    for (const type of WEBHOOK_TYPES) {
      const body = objectAt(objectAt(objectAt(webhooks, type), 'post'), 'requestBody')
      const example = mediaOf(body)?.['example']
      const schema = type === 'kyc.session.deleted' ? DeletedWebhookBody : WebhookBody
      expect(schema.safeParse(example)).toMatchObject({ success: true, data: { type } })
    }
  })

  it('lets no named schema be null: whoever refers to it says whether null may stand there', () => {
    const schemas = Object.entries(objectAt(objectAt(document, 'components'), 'schemas'))
    expect(schemas.length).toBeGreaterThan(80)
    const nullable = schemas.filter(([, schema]) => isObject(schema) && [schema['type']].flat().includes('null'))
    expect(nullable.map(([name]) => name)).toEqual([])
  })

  it('holds each example of a refusal once, and refers to nothing that is not there', () => {
    for (const { name, operation } of operations) {
      for (const [status, response] of Object.entries(objectAt(operation, 'responses'))) {
        if (status >= '400') expect(JSON.stringify(response), name).not.toContain('"value"')
      }
    }
    const references = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)
    for (const [, $ref = ''] of references) expect(resolved(document, { $ref })).toBeDefined()
  })

  it('names no status that an operation never gives', () => {
    expect(JSON.stringify(document)).not.toContain('Not given by this operation')
  })
})

describe.each(operations)('$name', ({ path, method, operation }) => {
  const responses = Object.fromEntries(
    Object.entries(objectAt(operation, 'responses')).map(([status, response]) => [
      status,
      resolved(document, response),
    ]),
  )

  it('has a summary, a description and an operation id', () => {
    for (const name of ['summary', 'description', 'operationId']) expect(operation[name]).toMatch(/\w{4}/)
  })

  it('asks for a Bearer token under /kyc and nowhere else', () => {
    expect(operation['security']).toEqual(path.startsWith('/kyc/') ? [{ bearer: [] }] : [])
  })

  it('has a success, a 4xx, 429 and 500, and under /kyc 401 and 403', () => {
    const statuses = Object.keys(responses)
    expect(statuses.some((status) => status.startsWith('2'))).toBe(true)
    expect(statuses).toEqual(expect.arrayContaining(['400', '429', '500']))
    if (path.startsWith('/kyc/')) expect(statuses).toEqual(expect.arrayContaining(['401', '403']))
    if (path.includes('{')) expect(statuses).toContain('404')
  })

  it('has an example for its request and for every answer', () => {
    const body = operation['requestBody']
    const holders = [...(isObject(body) ? [body] : []), ...Object.values(responses).filter(isObject)]
    for (const holder of holders) {
      for (const media of Object.values(objectAt(holder, 'content')).filter(isObject)) {
        expect(hasExample(media), JSON.stringify(holder).slice(0, 200)).toBe(true)
      }
    }
  })

  it('takes an Idempotency-Key where a tenant posts, and says how a second use is refused', () => {
    const takesKey = JSON.stringify(operation['parameters'] ?? []).includes('#/components/parameters/IdempotencyKey')
    const codes = Object.keys(objectAt(mediaOf(responses['400'] ?? {}) ?? {}, 'examples'))
    const isTenantPost = method === 'post' && path.startsWith('/kyc/') && !EFFECTLESS_POSTS.includes(path)
    expect({ takesKey, isRefused: codes.includes('IDEMPOTENCY_KEY_REUSED') }).toEqual({
      takesKey: isTenantPost,
      isRefused: isTenantPost,
    })
  })

  it('says how a caller over the limit learns of it', () => {
    expect(objectAt(objectAt(responses, '429'), 'headers')).toMatchObject({
      'Retry-After': expect.anything(),
      'X-RateLimit-Reset': expect.anything(),
    })
  })
})

describe('what is mended in the schemas', () => {
  const mended = (schema: JsonObject): JsonObject => {
    mendSchemas(schema)
    return schema
  }

  it('lets a reference be null where the schema does', () => {
    const reference = { $ref: '#/components/schemas/A' }
    expect(mended({ allOf: [reference, { type: ['object', 'null'] }] })).toEqual({
      anyOf: [reference, { type: 'null' }],
    })
  })

  it('lets an enumeration be null where the schema does', () => {
    expect(mended({ type: ['string', 'null'], enum: ['a'] })['enum']).toEqual(['a', null])
  })

  it('bounds whole numbers, and only those', () => {
    expect(mended({ type: 'integer', exclusiveMinimum: 0 })).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      format: 'int64',
    })
    expect(mended({ type: 'number' })).toEqual({ type: 'number' })
  })
})

describe('docs/openapi.json', () => {
  it('is what the routes say; if not: npm run openapi', () => {
    const kept = readFileSync('docs/openapi.json', 'utf8')
    expect(kept === `${JSON.stringify(document, null, 2)}\n`).toBe(true)
  })

  it('is the document that the types of the client were made from', () => {
    const digest = createHash('sha256').update(readFileSync('docs/openapi.json')).digest('hex')
    expect(readFileSync('test/support/generated/openapi-types.ts', 'utf8').split('\n', 1)).toEqual([
      `// Of docs/openapi.json with SHA-256 ${digest}`,
    ])
  })
})
