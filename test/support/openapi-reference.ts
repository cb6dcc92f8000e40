import { isObject, objectAt } from '../../src/http/openapi/json.ts'
import type { Json, JsonObject } from '../../src/http/openapi/json.ts'

/** The object itself, or what it refers to under `components` of the document. */
export function resolved(document: JsonObject, value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error(`no object: ${JSON.stringify(value)}`)
  const reference = value['$ref']
  if (typeof reference !== 'string') return value
  const found = reference
    .split('/')
    .slice(1)
    .reduce((holder, name) => objectAt(holder, name), document)
  if (Object.keys(found).length === 0) throw new Error(`${reference} leads nowhere`)
  return found
}
