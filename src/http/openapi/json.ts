export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [name: string]: Json }

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The member as an object; an empty one that belongs to nobody where there is none. */
export function objectAt(parent: JsonObject, name: string): JsonObject {
  const found = parent[name]
  return isObject(found) ? found : {}
}

/** What a document is once it has been written down: no undefined, no class. */
export function asJson(value: object): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(value))
  return copy
}
