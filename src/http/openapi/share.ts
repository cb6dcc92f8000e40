// What several operations say in the same words stands once under `components`, and they refer to it: parameters,
// examples of refusals, and whole answers.

import { PUBLIC_ERROR_MAP } from '../error-map.ts'
import { eachOperation } from './finish.ts'
import { isObject, objectAt } from './json.ts'
import type { Json, JsonObject } from './json.ts'

export type Shared = { parameters: JsonObject; examples: JsonObject; responses: JsonObject }

/** Changes the operations of the document; gives back what they refer to from now on. */
export function shareRepeated(document: JsonObject): Shared {
  const examples: JsonObject = {}
  const parameters: Place[] = []
  const responses: Place[] = []
  eachOperation(document, (operation, path) => {
    parameters.push(...placesOf(operation['parameters'], nameOfParameter))
    const answers = objectAt(operation, 'responses')
    for (const [status, answer] of Object.entries(answers)) {
      if (status >= '400' && isObject(answer)) shareErrorExamples(answer, path.startsWith('/public/'), examples)
    }
    responses.push(...placesOf(answers, nameOfResponse))
  })
  return { parameters: shareAmong('parameters', parameters), examples, responses: shareAmong('responses', responses) }
}

export function shareParameters(operations: readonly JsonObject[]): JsonObject {
  return shareAmong(
    'parameters',
    operations.flatMap((operation) => placesOf(operation['parameters'], nameOfParameter)),
  )
}

type Place = { name: string; text: string; value: JsonObject; replace: (reference: JsonObject) => void }

function placesOf(list: Json | undefined, nameOf: (value: JsonObject, key: string) => string | null): Place[] {
  if (typeof list !== 'object' || list === null) return []
  return Object.entries<Json>(list).flatMap(([key, value]) => {
    if (!isObject(value) || value['$ref'] !== undefined) return []
    const name = nameOf(value, key)
    if (name === null) return []
    const replace = (reference: JsonObject): void => {
      if (Array.isArray(list)) list[Number(key)] = reference
      else list[key] = reference
    }
    return [{ name, text: JSON.stringify(value), value, replace }]
  })
}

/** A name goes to the words that are said most often under it; what is said otherwise stays where it is. */
function shareAmong(kind: keyof Shared, places: readonly Place[]): JsonObject {
  const shared: JsonObject = {}
  for (const [name, named] of Object.entries(Object.groupBy(places, (place) => place.name))) {
    const said = Object.values(Object.groupBy(named ?? [], ({ text }) => text))
    const most = said.reduce<Place[]>((best, one) => ((one?.length ?? 0) > best.length ? (one ?? best) : best), [])
    const [first] = most
    if (first === undefined || most.length < 2) continue
    shared[name] = first.value
    for (const place of most) place.replace({ $ref: `#/components/${kind}/${name}` })
  }
  return shared
}

const nameOfParameter = ({ name }: JsonObject): string | null => (typeof name === 'string' ? name : null)

const mediaOf = (response: JsonObject): JsonObject => objectAt(objectAt(response, 'content'), 'application/json')

const MAX_CODES_IN_A_NAME = 2

/** A refusal is named by its codes, a success by the schema of its data; what is too long for a name stays where it is. */
function nameOfResponse(response: JsonObject, status: string): string | null {
  if (status === '401') return 'UNAUTHORIZED'
  if (status < '400') {
    const data = objectAt(objectAt(objectAt(mediaOf(response), 'schema'), 'properties'), 'data')['$ref']
    return typeof data === 'string' ? data.slice(data.lastIndexOf('/') + 1) : null
  }
  const codes = Object.keys(objectAt(mediaOf(response), 'examples'))
  return codes.length > MAX_CODES_IN_A_NAME ? null : codes.join('_OR_')
}

function shareErrorExamples(response: JsonObject, isPublic: boolean, examples: JsonObject): void {
  const named = objectAt(mediaOf(response), 'examples')
  for (const [code, example] of Object.entries(named)) {
    const name = isPublic && Object.hasOwn(PUBLIC_ERROR_MAP, code) ? `PUBLIC_${code}` : code
    examples[name] = example
    named[code] = { $ref: `#/components/examples/${name}` }
  }
}
