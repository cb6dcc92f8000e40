// Each request of the document, as its example words it, is sent to the Worker; only ids are put in the place of the
// example's. `send` parses the answer by the schema of its operation.

import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { WorkflowDefinition } from '../../../src/domain/workflow/definition.ts'
import { createApp } from '../../../src/http/app.ts'
import { EXAMPLE_SERVER, openApiDocument } from '../../../src/http/openapi/document.ts'
import { eachOperation } from '../../../src/http/openapi/finish.ts'
import { objectAt } from '../../../src/http/openapi/json.ts'
import type { JsonObject } from '../../../src/http/openapi/json.ts'
import { EXAMPLE_DOC_ID, EXAMPLE_SESSION_ID, EXAMPLE_WORKFLOW_ID } from '../../../src/http/schemas/ids.ts'
import { jpegOf } from '../../support/fixtures/files.ts'
import { linkOf, send, textAt } from '../../support/api.ts'
import type { Answer } from '../../support/api.ts'
import { documentRequirement, formField, workflowOf } from '../../support/fixtures/workflow.ts'
import { resolved } from '../../support/openapi-reference.ts'
import { setEndpoint } from '../../support/endpoint.ts'
import { unaskedDeps } from '../../support/unasked-deps.ts'
import { loadLists } from '../../support/watchlists.ts'
import { makeWorld, newSession, type World } from '../../support/world.ts'

const JPEG = jpegOf({ size: 48_213 })

const step = (step_id: string, order: number) => ({
  step_id,
  order,
  name: step_id,
  required: true,
  description: null,
  instructions: null,
})
const details = (order: number): WorkflowDefinition['steps'][number] => ({
  ...step('your_details', order),
  type: 'form_fill',
  custom_fields: [formField('full_name', 'text', { required: true })],
})
const identity = (order: number): WorkflowDefinition['steps'][number] => ({
  ...step('identity', order),
  type: 'document_upload',
  document_requirements: [documentRequirement('id', { sides: ['front'] })],
})
const form = (order: number): WorkflowDefinition['steps'][number] => ({
  ...step('identity', order),
  type: 'form_fill',
  custom_fields: [formField('full_name', 'text', { required: true })],
})
const consent = { version: '2026-01', text: 'We look at your documents.', privacy_url: null, required: true }
/** The form first, then the document: what most examples speak of. */
const USUAL = workflowOf([details(1), identity(2)], { consent })
/** `/step/{step_id}` has the example `identity`, with the answers of a form. */
const ONE_FORM = workflowOf([form(1)], { consent })
const OPTIONAL_FORM = workflowOf([{ ...form(1), required: false }, details(2)], { consent })

const LIVENESS = workflowOf(
  [
    {
      ...step('liveness', 1),
      type: 'liveness',
      liveness_config: {
        min_confidence: 80,
        challenge_type: 'active',
        challenges: ['blink', 'turn_left'],
        save_reference_image: true,
        use_for_face_match: false,
        max_retries: 2,
      },
    },
  ],
  { consent },
)
const OWNERS = workflowOf(
  [
    {
      ...step('owners', 1),
      type: 'subsession_collection',
      relationships: ['ubo', 'director'],
      min: 1,
      max: 5,
      workflow_id: null,
      require_completion: false,
    },
  ],
  { consent },
)

type Case = {
  world: World
  sessionId: string
  token: string
  docId: string
  childId: string
  nonce: string
  keyId: string
  deliveryId: string
  hitId: string
}
const ON_AN_ENDPOINT = new Set(['rotateWebhookSecret', 'testWebhook', 'redeliverWebhook'])
type Stage = 'draft' | 'started' | 'challenged' | 'put' | 'uploaded' | 'completed'

/** Where a session has to be for the example to fit; the others do with any. */
const STAGES: Readonly<Record<string, [WorkflowDefinition, Stage]>> = {
  startPublicSession: [USUAL, 'draft'],
  saveStep: [ONE_FORM, 'started'],
  completeStep: [ONE_FORM, 'started'],
  skipStep: [OPTIONAL_FORM, 'started'],
  confirmUpload: [USUAL, 'put'],
  getDocumentUrl: [USUAL, 'uploaded'],
  processSession: [USUAL, 'completed'],
  updateSession: [USUAL, 'completed'],
  requestCorrections: [USUAL, 'completed'],
  deleteDocument: [USUAL, 'uploaded'],
  extractDocument: [USUAL, 'uploaded'],
  startLiveness: [LIVENESS, 'started'],
  completeLiveness: [LIVENESS, 'challenged'],
  createPublicSubsession: [OWNERS, 'started'],
  listPublicSubsessions: [OWNERS, 'started'],
  regeneratePublicSubsessionLink: [OWNERS, 'started'],
}

async function prepare(operationId: string): Promise<Case> {
  const [definition, stage] = STAGES[operationId] ?? [USUAL, 'started']
  const world = await makeWorld({ definition })
  if (ON_AN_ENDPOINT.has(operationId)) await setEndpoint(world.actor.scope)
  const session = await newSession(world)
  const { accessToken: token, state } = session
  const link = linkOf(token)
  const made: Case = {
    world,
    sessionId: state.session_id,
    token,
    docId: EXAMPLE_DOC_ID,
    childId: '',
    nonce: '',
    keyId: '',
    deliveryId: '',
    hitId: '',
  }
  if (operationId === 'redeliverWebhook') made.deliveryId = await firstDelivery(world)
  const ok = (answer: Answer): Answer => {
    if (answer.status >= 300) throw new Error(`${operationId} could not be prepared: ${answer.text}`)
    return answer
  }
  if (stage === 'draft') return made
  ok(await link('/start', { consent: true, consent_version: '2026-01' }))
  if (stage === 'challenged') {
    made.nonce = textAt(ok(await link('/liveness/start', {})).data, 'nonce')
    made.docId = await announce({ step_id: 'liveness', document_type: 'liveness_frame' })
    await env.DOCUMENTS.put(`${state.session_id}/${made.docId}`, JPEG)
    ok(await link('/upload/confirm', { doc_id: made.docId }))
    return made
  }
  if (definition !== USUAL) return made
  ok(await link('/step/your_details/complete', { form_data: { full_name: 'Anna Maria Eriksson' } }))
  if (stage === 'started') return made
  made.docId = await announce({ step_id: 'identity', document_type: 'id', side: 'front' })
  await env.DOCUMENTS.put(`${state.session_id}/${made.docId}`, JPEG)
  if (stage === 'put') return made
  ok(await link('/upload/confirm', { doc_id: made.docId }))
  if (stage === 'completed') ok(await link('/step/identity/complete', {}))
  return made

  async function announce(target: object): Promise<string> {
    const file = { file_name: 'id-front.jpg', mime_type: 'image/jpeg', size: JPEG.length }
    return textAt(ok(await link('/upload/init', { ...target, ...file })).data, 'doc_id')
  }
}

async function firstDelivery({ key }: World): Promise<string> {
  const listed = await send('GET', '/kyc/webhooks/deliveries', { key })
  return textAt(listed.data, 'deliveries', 0, 'delivery_id')
}

async function addChild({ world, sessionId }: Case): Promise<string> {
  const added = await send('POST', `/kyc/sessions/${sessionId}/subsessions`, {
    key: world.key,
    body: { relationship: 'ubo' },
  })
  return textAt(added.data, 'session_id')
}

async function findHit({ world, sessionId }: Case): Promise<string> {
  loadLists([{ reference: '36014', name: 'Anna Maria Eriksson' }])
  const body = { validations: ['watchlists'] }
  const found = await send('POST', `/kyc/sessions/${sessionId}/validate`, { key: world.key, body })
  return textAt(found.data, 'results', 'watchlists', 'hits', 0, 'hit_id')
}

async function addKey({ world }: Case): Promise<string> {
  const body = { name: 'Old', permissions: ['kyc:read'] }
  return textAt((await send('POST', '/kyc/tenants/me/api-keys', { key: world.key, body })).data, 'key_id')
}

const operations: { id: string; method: string; path: string; operation: JsonObject }[] = []
const document = openApiDocument(createApp(unaskedDeps()), EXAMPLE_SERVER)
eachOperation(document, (operation, path, method) => {
  operations.push({ id: textAt(operation, 'operationId'), method: method.toUpperCase(), path, operation })
})

const exampleOf = (operation: JsonObject): unknown =>
  objectAt(objectAt(objectAt(operation, 'requestBody'), 'content'), 'application/json')['example']

function putIds(text: string, { world, sessionId, docId, nonce }: Case): string {
  return text
    .replace(/(?<="nonce":")[^"]+/, nonce)
    .replaceAll(EXAMPLE_SESSION_ID, sessionId)
    .replaceAll(EXAMPLE_WORKFLOW_ID, world.workflowId)
    .replaceAll(EXAMPLE_DOC_ID, docId)
}

function pathOf(path: string, made: Case, operation: JsonObject): string {
  const values: Record<string, string> = {
    session_id: made.sessionId,
    workflow_id: made.world.workflowId,
    doc_id: made.docId,
    access_token: made.token,
    sub_id: made.childId,
    key_id: made.keyId,
    delivery_id: made.deliveryId,
    hit_id: made.hitId,
  }
  const filled = path.replaceAll(
    /\{(\w+)\}/g,
    (_all, name: string) => values[name] ?? exampleParameter(operation, name),
  )
  const query = neededInQuery(operation).map((name) => [name, exampleParameter(operation, name)])
  return query.length === 0 ? filled : `${filled}?${new URLSearchParams(query).toString()}`
}

const parametersOf = ({ parameters }: JsonObject): JsonObject[] =>
  (Array.isArray(parameters) ? parameters : []).map((one) => resolved(document, one))

const neededInQuery = (operation: JsonObject): string[] =>
  parametersOf(operation)
    .filter((one) => one['in'] === 'query' && one['required'] === true)
    .map((one) => textAt(one, 'name'))

function exampleParameter(operation: JsonObject, name: string): string {
  const parameter = parametersOf(operation).find((one) => one['name'] === name) ?? {}
  const example = parameter['example'] ?? objectAt(parameter, 'schema')['example']
  if (typeof example !== 'string') throw new Error(`the parameter ${name} has no example`)
  return example
}

describe.each(operations)('the example of $id', ({ id, method, path, operation }) => {
  it('is done by the Worker, with the status that the document gives', async () => {
    const made = await prepare(id)
    if (path.includes('{sub_id}')) made.childId = await addChild(made)
    if (path.includes('{hit_id}')) made.hitId = await findHit(made)
    if (path.includes('{key_id}')) made.keyId = await addKey(made)
    const example = exampleOf(operation)
    const answer = await send(method, pathOf(path, made, operation), {
      ...(path.startsWith('/kyc/') ? { key: made.world.key } : {}),
      ...(example === undefined
        ? {}
        : {
            raw: putIds(JSON.stringify(example), made),
            headers: { 'content-type': 'application/json' },
          }),
    })
    const successes = Object.keys(objectAt(operation, 'responses')).filter((status) => status.startsWith('2'))
    expect(successes, answer.text.slice(0, 1_000)).toContain(String(answer.status))
  })
})
