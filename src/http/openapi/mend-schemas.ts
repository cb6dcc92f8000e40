// Where the generator's JSON Schema says something else than the schema that runs: null in a reference or an
// enumeration, "any JSON" as a list of types, whole numbers without bounds.

import { isObject } from './json.ts'
import type { Json, JsonObject } from './json.ts'

export function mendSchemas(value: Json): void {
  if (Array.isArray(value)) {
    for (const member of value) mendSchemas(member)
    return
  }
  if (!isObject(value)) return
  mendNullableReference(value)
  mendNullableEnum(value)
  mendAnyJson(value)
  boundInteger(value)
  for (const [name, member] of Object.entries(value)) if (name !== 'example' && name !== 'examples') mendSchemas(member)
}

/** `allOf` of a reference and "or null" takes no null at all: `anyOf` does. What else stands there stands beside it. */
function mendNullableReference(schema: JsonObject): void {
  const { allOf } = schema
  if (!Array.isArray(allOf) || allOf.length !== 2) return
  const [reference, other] = allOf
  if (!isObject(reference) || reference['$ref'] === undefined || !isObject(other)) return
  const { type, ...beside } = other
  if (type !== undefined && !(Array.isArray(type) && type.includes('null'))) return
  if (Object.keys(beside).some((name) => name !== 'description')) return
  delete schema['allOf']
  if (type === undefined) Object.assign(schema, reference, beside)
  else Object.assign(schema, { anyOf: [reference, { type: 'null' }] }, beside)
}

function mendNullableEnum({ type, enum: values }: JsonObject): void {
  if (Array.isArray(type) && type.includes('null') && Array.isArray(values) && !values.includes(null)) values.push(null)
}

const ANY_JSON = 6

function mendAnyJson(schema: JsonObject): void {
  if (Array.isArray(schema['type']) && schema['type'].length === ANY_JSON) delete schema['type']
}

/** JSON carries whole numbers up to 2^53. */
function boundInteger(schema: JsonObject): void {
  const { type } = schema
  const isWhole = type === 'integer' || (Array.isArray(type) && type.includes('integer') && type.length <= 2)
  if (!isWhole) return
  const above = schema['exclusiveMinimum']
  schema['minimum'] ??= typeof above === 'number' ? above + 1 : 0
  delete schema['exclusiveMinimum']
  schema['maximum'] ??= Number.MAX_SAFE_INTEGER
  schema['format'] ??= Number(schema['maximum']) > 2_147_483_647 ? 'int64' : 'int32'
}
