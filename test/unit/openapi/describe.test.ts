import { describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import {
  describeParameters,
  describeSchemas,
  parameterGlossary,
  propertyGlossary,
} from '../../../src/http/openapi/describe.ts'
import { EXAMPLE_SERVER, openApiDocument } from '../../../src/http/openapi/document.ts'
import { eachOperation } from '../../../src/http/openapi/finish.ts'
import { isObject, objectAt } from '../../../src/http/openapi/json.ts'
import type { Json, JsonObject } from '../../../src/http/openapi/json.ts'
import { resolved } from '../../support/openapi-reference.ts'
import { unaskedDeps } from '../../support/unasked-deps.ts'

const document = openApiDocument(createApp(unaskedDeps()), EXAMPLE_SERVER)
const schemas = objectAt(objectAt(document, 'components'), 'schemas')

const textAt = (holder: JsonObject, name: string): string => {
  const text = holder[name]
  return typeof text === 'string' ? text : ''
}

/** Each property of a schema and of what is inside it, as `owner.name`. */
function propertiesIn(value: Json | undefined, owner: string): { name: string; property: JsonObject }[] {
  if (Array.isArray(value)) return value.flatMap((member) => propertiesIn(member, owner))
  if (!isObject(value)) return []
  const own = Object.entries(objectAt(value, 'properties')).flatMap(([name, property]) =>
    isObject(property) ? [{ name: `${owner}.${name}`, property }] : [],
  )
  const inside = [...own.map(({ property }) => property), value['items'], value['additionalProperties'], value['oneOf']]
  return [...own, ...inside.flatMap((inner) => propertiesIn(inner, owner))]
}
const properties = Object.entries(schemas).flatMap(([owner, schema]) => propertiesIn(schema, owner))

describe('the words of the document', () => {
  it('describe every property of every schema', () => {
    expect(properties.length).toBeGreaterThan(700)
    const silent = properties.filter(({ property }) => !/\w{3}/.test(textAt(property, 'description')))
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  it('describe every parameter of every operation', () => {
    const silent: string[] = []
    eachOperation(document, ({ parameters }, path, method) => {
      const operation = `${method} ${path}`
      for (const one of Array.isArray(parameters) ? parameters : []) {
        const parameter = resolved(document, one)
        if (textAt(parameter, 'description').length < 15) silent.push(`${operation}: ${textAt(parameter, 'name')}`)
      }
    })
    expect(silent).toEqual([])
  })

  it('hold none that nothing needs', () => {
    const bare: JsonObject = JSON.parse(JSON.stringify(document), (key, value: unknown) =>
      key === 'description' && typeof value === 'string' ? undefined : value,
    )
    const ofProperties = propertyGlossary()
    describeSchemas(bare, ofProperties)
    const ofParameters = parameterGlossary()
    eachOperation(bare, (operation) => {
      const { parameters } = operation
      if (Array.isArray(parameters)) operation['parameters'] = parameters.map((one) => ({ ...resolved(bare, one) }))
    })
    describeParameters(bare, ofParameters)
    for (const { words, used } of [ofProperties, ofParameters]) {
      expect(Object.keys(words).filter((word) => !used.has(word))).toEqual([])
    }
  })

  it('tell a default only where a thing can be left out', () => {
    const input = objectAt(objectAt(objectAt(schemas, 'DocumentRequirementInput'), 'properties'), 'max_size')
    const output = objectAt(objectAt(objectAt(schemas, 'Workflow'), 'properties'), 'validation_config')
    expect(input['description']).toBeDefined()
    expect(output['description']).not.toContain('Left out')
  })
})
