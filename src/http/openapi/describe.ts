// What a property or a parameter means, told once for wherever it stands. `Schema.property` (for a parameter
// `operationId.name`) goes before `property`; what a schema or a route says of itself goes before both.

import { eachOperation } from './finish.ts'
import { auditWords } from './glossary/audit.ts'
import { checkWords } from './glossary/checks.ts'
import { parameterWords } from './glossary/parameters.ts'
import { sessionWords } from './glossary/sessions.ts'
import { screeningWords } from './glossary/screening.ts'
import { tenantWords } from './glossary/tenants.ts'
import { workflowWords } from './glossary/workflows.ts'
import { isObject, objectAt } from './json.ts'
import type { Json, JsonObject } from './json.ts'

/** The words; with whom they were used, so that a test finds those that nothing needs. */
export type Glossary = { words: Record<string, string>; used: Set<string> }

export const propertyGlossary = (): Glossary => ({
  words: {
    ...sessionWords(),
    ...workflowWords(),
    ...checkWords(),
    ...screeningWords(),
    ...auditWords(),
    ...tenantWords(),
  },
  used: new Set(),
})

export const parameterGlossary = (): Glossary => ({ words: parameterWords(), used: new Set() })

export function describeSchemas(document: JsonObject, glossary: Glossary = propertyGlossary()): void {
  const schemas = objectAt(objectAt(document, 'components'), 'schemas')
  for (const [owner, schema] of Object.entries(schemas)) describeIn(schema, owner, glossary)
}

export function describeParameters(document: JsonObject, glossary: Glossary = parameterGlossary()): void {
  eachOperation(document, ({ operationId, parameters }) => {
    for (const parameter of Array.isArray(parameters) ? parameters : []) {
      if (!isObject(parameter) || typeof parameter['name'] !== 'string' || typeof operationId !== 'string') continue
      describe(parameter, { owner: operationId, name: parameter['name'], isAlwaysThere: false }, glossary)
    }
  })
}

function describeIn(value: Json, owner: string, glossary: Glossary): void {
  if (Array.isArray(value)) for (const member of value) describeIn(member, owner, glossary)
  if (!isObject(value)) return
  const always = [value['required']].flat()
  for (const [name, property] of Object.entries(objectAt(value, 'properties'))) {
    if (isObject(property)) describe(property, { owner, name, isAlwaysThere: always.includes(name) }, glossary)
    describeIn(property, owner, glossary)
  }
  for (const part of ['items', 'additionalProperties', 'oneOf', 'anyOf', 'allOf']) {
    const inner = value[part]
    if (inner !== undefined) describeIn(inner, owner, glossary)
  }
}

type Place = { owner: string; name: string; isAlwaysThere: boolean }

/** A default is told where the thing can be left out. */
const DEFAULT = / Left out[^.]*: [^.]*(?:\.\d+)?\.$/

function describe(target: JsonObject, { owner, name, isAlwaysThere }: Place, { words, used }: Glossary): void {
  if (typeof target['description'] === 'string') return
  const key = [`${owner}.${name}`, name].find((one) => Object.hasOwn(words, one))
  const text = key === undefined ? undefined : words[key]
  if (key === undefined || text === undefined) return
  used.add(key)
  target['description'] = isAlwaysThere ? text.replace(DEFAULT, '') : text
}
