// From a plan to the bytes of a request: the operation's own example, with the ids of a real session, made hostile.

import { eachOperation } from '../../src/http/openapi/finish.ts'
import { isObject, objectAt } from '../../src/http/openapi/json.ts'
import type { Json, JsonObject } from '../../src/http/openapi/json.ts'
import { EXAMPLE_DOC_ID, EXAMPLE_SESSION_ID, EXAMPLE_WORKFLOW_ID } from '../../src/http/schemas/ids.ts'
import type { Mutation, Plan } from './plan.ts'
import type { Target } from './target.ts'

export type Operation = { id: string; method: string; path: string; example: Json | undefined }
export type HostileRequest = { method: string; path: string; headers: Record<string, string>; body: Buffer | null }

export function operationsOf(document: JsonObject): Operation[] {
  const operations: Operation[] = []
  eachOperation(document, (operation, path, method) => {
    const media = objectAt(objectAt(objectAt(operation, 'requestBody'), 'content'), 'application/json')
    const { operationId } = operation
    const id = typeof operationId === 'string' ? operationId : path
    operations.push({ id, method: method.toUpperCase(), path, example: media['example'] })
  })
  return operations
}

export function requestOf(plan: Plan, operation: Operation, target: Target, key: string): HostileRequest {
  const method = plan.method ?? operation.method
  const headers: Record<string, string> = operation.path.startsWith('/kyc/') ? { authorization: `Bearer ${key}` } : {}
  const body = method === 'GET' || method === 'HEAD' ? null : bodyOf(plan, operation, target)
  if (body !== null) headers['content-length'] = String(body.length)
  const contentType = plan.contentType === undefined ? 'application/json' : plan.contentType
  if (body !== null && contentType !== null) headers['content-type'] = contentType
  for (const [name, value] of plan.headers) headers[name] = value
  return { method, path: pathOf(plan, operation, target), headers, body }
}

function pathOf(plan: Plan, operation: Operation, target: Target): string {
  const values: Record<string, string> = {
    session_id: target.sessionId,
    workflow_id: target.workflowId,
    doc_id: target.docId,
    access_token: target.token,
    sub_id: target.childId,
    step_id: ['your_details', 'identity', 'liveness', 'who'][plan.operation % 4] ?? 'who',
    template: 'basic-kyc',
  }
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const { segment } = plan
  const hostile = segment === null || names.length === 0 ? undefined : names[segment.at % names.length]
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    name === hostile && segment !== null ? segment.text : (values[name] ?? name),
  )
  return plan.query.length === 0 ? path : `${path}?${plan.query.join('&')}`
}

function bodyOf(plan: Plan, operation: Operation, target: Target): Buffer | null {
  if (plan.body.kind === 'none') return null
  if (plan.body.kind === 'bytes') return plan.body.bytes
  const example: Json = JSON.parse(putIds(JSON.stringify(operation.example ?? {}), target))
  return Buffer.from(mutate(example, plan.body.mutations))
}

const putIds = (text: string, target: Target): string =>
  text
    .replace(/(?<="nonce":")[^"]+/, target.nonce)
    .replaceAll(EXAMPLE_SESSION_ID, target.sessionId)
    .replaceAll(EXAMPLE_WORKFLOW_ID, target.workflowId)
    .replaceAll(EXAMPLE_DOC_ID, target.docId)

const MARK = /"@@raw(\d+)@@"/g

/** The text of the value with its mutations: raw pieces are put in after it was written. */
export function mutate(value: Json, mutations: readonly Mutation[]): string {
  const raw: string[] = []
  const mark = (json: string): string => `@@raw${raw.push(json) - 1}@@`
  let root = value
  for (const mutation of mutations) {
    if (mutation.kind === 'add') {
      const objects = [root, ...slotsOf(root).map(({ parent, key }) => memberOf(parent, key))].filter(isObject)
      const chosen = objects[mutation.at % Math.max(1, objects.length)]
      // As JSON.parse does it: `__proto__` is a member like any other.
      if (chosen !== undefined) define(chosen, mutation.key, mark(mutation.json))
      continue
    }
    const slots = slotsOf(root)
    const slot = slots[mutation.at % (slots.length + 1)]
    if (slot === undefined) {
      if (mutation.kind === 'replace') root = mark(mutation.json)
    } else if (mutation.kind === 'replace') define(slot.parent, slot.key, mark(mutation.json))
    else if (Array.isArray(slot.parent)) slot.parent.splice(Number(slot.key), 1)
    else delete slot.parent[slot.key]
  }
  return JSON.stringify(root).replaceAll(MARK, (_all, index: string) => raw[Number(index)] ?? 'null')
}

type Container = JsonObject | Json[]
type Slot = { parent: Container; key: string }

/** Every place of the value below its root. */
function slotsOf(value: Json): Slot[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [{ parent: value, key }, ...slotsOf(member)])
}

const memberOf = (parent: Container, key: string): Json | undefined =>
  Array.isArray(parent) ? parent[Number(key)] : parent[key]

const define = (parent: Container, key: string, value: Json): void => {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true })
}
