import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asText, createApiClient, field, isObject, objectsIn, textIn } from './api-client.ts'
import type { ApiClient, Json, JsonObject } from './api-client.ts'
import { answersOf, fileOf } from './demo-person.ts'
import type { Persona } from './demo-person.ts'
import { ROOT } from './wrangler.ts'

// One session from its creation to its decision, as the tenant's server and the end user's browser would do it: over
// HTTP alone, with real files on presigned URLs. The demo prints it, the e2e test asserts it.

export class Unexpected extends Error {}

export type Life = {
  sessionId: string
  accessLink: string
  documents: { docId: string; file: string; bytes: number; sha256: string }[]
  /** The tenant's view after the decision. */
  session: JsonObject
  processing: JsonObject
}

type Context = {
  user: ApiClient
  link: string
  say: (line: string) => void
  uploaded: { docId: string; file: string }[]
  persona: Persona
}

const FILES = join(ROOT, 'test/support/files')
const MIME_BY_ENDING: Record<string, string> = { jpg: 'image/jpeg', pdf: 'application/pdf' }
const IDENTITY = ['id', 'passport', 'driver_license', 'residence_permit']
const PROCESS_TRIES = 4

export async function playLife(options: {
  url: string
  key: string
  workflowId: string
  say: (line: string) => void
  persona?: Persona
}): Promise<Life> {
  const { url, key, workflowId, say, persona = 'consistent' } = options
  const tenant = createApiClient(url, key)
  const user = createApiClient(url, null)

  say('Tenant: create a session')
  const created = await tenant.data('POST', '/kyc/sessions', {
    workflow_id: workflowId,
    client_id: 'demo-customer-1',
    metadata: { user_email: 'anna.eriksson@example.com' },
  })
  const sessionId = textIn(created, 'session_id')
  const token = textIn(created, 'access_token')
  const accessLink = textIn(created, 'access_link')
  expect(created['status'] === 'draft', `a new session is draft, not ${text(created['status'])}`)
  say(`  session ${sessionId}, status draft, expires ${text(created['expires_at'])}`)

  say('End user: open the link')
  const link = `/public/sessions/${token}`
  const opened = await user.data('GET', link)
  expect(opened['status'] === 'draft', `opening the link changes nothing, yet the status is ${text(opened['status'])}`)
  say(
    `  "${text(opened['workflow_name'])}", ${text(opened['total_steps'])} steps; still draft: opening changes nothing`,
  )

  const workflow = await user.data('GET', `${link}/workflow`)
  const consent = workflow['consent']
  say('End user: start, with consent')
  const started = await user.data(
    'POST',
    `${link}/start`,
    isObject(consent) ? { consent: true, consent_version: textIn(consent, 'version') } : {},
  )
  expect(started['status'] === 'active', `a started session is active, not ${text(started['status'])}`)
  say(`  status active${isObject(consent) ? `, consent version ${text(consent['version'])}` : ''}`)

  const context: Context = { user, link, say, uploaded: [], persona }
  for (const step of objectsIn(workflow['steps'])) await doStep(context, step)

  const done = await user.data('GET', link)
  expect(done['status'] === 'completed', `after the last step the status is completed, not ${text(done['status'])}`)
  say('End user: all steps done, status completed')

  const { processing, session } = await processSession(tenant, sessionId, say)
  const documents = []
  for (const { docId, file } of context.uploaded)
    documents.push(await compareDownload(tenant, sessionId, docId, file, say))
  return { sessionId, accessLink, documents, session, processing }
}

const OF_A_VERSION = ['workflow_id', 'version', 'status', 'created_at', 'updated_at', 'version_created_at']

/** A workflow like the named one, but that an expired document is refused for good; its id. */
export async function refusingExpired(tenant: ApiClient, workflowId: string): Promise<string> {
  const workflow = await tenant.data('GET', `/kyc/workflows/${workflowId}`)
  const definition = Object.fromEntries(Object.entries(workflow).filter(([key]) => !OF_A_VERSION.includes(key)))
  const config = definition['validation_config']
  const rules = field(config, 'automation_rules')
  if (!isObject(config) || !isObject(rules)) throw new Unexpected('the workflow has no rules')
  const rule = { document_type: 'id', condition: 'expired', action: 'auto_deny' }
  const automation_rules = { ...rules, document_rules: [...objectsIn(rules['document_rules']), rule] }
  const made = await tenant.data('POST', '/kyc/workflows', {
    ...definition,
    validation_config: { ...config, automation_rules },
  })
  return textIn(made, 'workflow_id')
}

async function doStep(context: Context, step: JsonObject): Promise<void> {
  const { user, link, say } = context
  const stepId = textIn(step, 'step_id')
  say(`End user: step ${text(step['order'])} "${text(step['name'])}" (${text(step['type'])})`)
  const complete = `${link}/step/${stepId}/complete`
  switch (step['type']) {
    case 'document_upload':
      for (const requirement of objectsIn(step['document_requirements'])) {
        if (requirement['required'] === false) continue
        const sides =
          Array.isArray(requirement['sides']) && requirement['sides'].length > 0 ? requirement['sides'] : [null]
        for (const side of sides) {
          const documentType = textIn(requirement, 'document_type')
          const file = fileOf(context.persona, fileFor(documentType, side, requirement['accepted_mime_types']))
          await upload(
            context,
            { step_id: stepId, document_type: documentType, ...(side === null ? {} : { side }) },
            file,
          )
        }
      }
      await user.data('POST', complete, {})
      break
    case 'form_fill': {
      const fields = objectsIn(step['custom_fields'])
      const formData = answersOf(context.persona, fields)
      for (const fileField of fields.filter((one) => one['type'] === 'file' && one['required'] === true)) {
        const fieldId = textIn(fileField, 'field_id')
        formData[fieldId] = [await upload(context, { step_id: stepId, field_id: fieldId }, 'specimen-water-bill.pdf')]
      }
      await user.data('POST', `${link}/step/${stepId}/save`, { form_data: formData })
      say(`  saved ${Object.keys(formData).length} answers`)
      await user.data('POST', complete, { form_data: formData })
      break
    }
    case 'selfie':
      await upload(context, { step_id: stepId, document_type: 'selfie' }, 'specimen-selfie.jpg')
      await user.data('POST', complete, {})
      break
    case 'liveness':
      await throughLiveness(context, stepId)
      return
    case 'validation':
      say('  its checks run by themselves')
      return
    default:
      if (step['required'] === false) await user.data('POST', `${link}/step/${stepId}/skip`, {})
      else await user.data('POST', complete, {})
  }
  say('  step completed')
}

/** The specimen person is a drawing and shows no life: the step is skipped where it may be. */
async function throughLiveness({ user, link, say }: Context, stepId: string): Promise<void> {
  const skipped = await user.call('POST', `${link}/step/${stepId}/skip`, {})
  if (skipped.status >= 300) {
    throw new Unexpected(
      'This workflow requires a liveness check, which the demo person (a drawing) cannot pass: play another template.',
    )
  }
  say('  skipped: the demo person is a drawing')
}

async function upload(context: Context, target: JsonObject, file: string): Promise<string> {
  const { user, link, say, uploaded } = context
  const bytes = readFileSync(join(FILES, file))
  const mimeType = MIME_BY_ENDING[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  const announced = await user.data('POST', `${link}/upload/init`, {
    ...target,
    file_name: file,
    mime_type: mimeType,
    size: bytes.length,
    sha256: sha256(bytes),
  })
  const docId = textIn(announced, 'doc_id')
  const headers = new Headers()
  const wanted = announced['headers']
  // fetch sets the length itself, from the body.
  if (isObject(wanted))
    for (const [name, value] of Object.entries(wanted))
      if (name.toLowerCase() !== 'content-length') headers.set(name, text(value))
  const put = await fetch(textIn(announced, 'upload_url'), { method: 'PUT', headers, body: bytes })
  if (!put.ok) throw new Unexpected(`the presigned PUT of ${file} was answered ${put.status}: ${await put.text()}`)
  const confirmed = await user.data('POST', `${link}/upload/confirm`, { doc_id: docId })
  expect(confirmed['status'] === 'uploaded', `${file} was confirmed, yet its status is ${text(confirmed['status'])}`)
  expect(confirmed['sha256'] === sha256(bytes), `${file}: the service's SHA-256 is not the file's`)
  uploaded.push({ docId, file })
  say(
    `  ${file}: ${bytes.length} bytes put on a presigned URL, confirmed as ${text(confirmed['mime_type'])}, sha256 ${sha256(bytes).slice(0, 16)}…`,
  )
  return docId
}

async function processSession(
  tenant: ApiClient,
  sessionId: string,
  say: (line: string) => void,
): Promise<{ session: JsonObject; processing: JsonObject }> {
  const before = await tenant.data('GET', `/kyc/sessions/${sessionId}`)
  say(`Tenant: the session is ${text(before['status'])}; process it, checks run over the queues`)
  let answer = await tenant.data('POST', `/kyc/sessions/${sessionId}/process`, { wait_seconds: 20 })
  for (let tries = 1; answer['status'] === 'processing' && tries < PROCESS_TRIES; tries += 1) {
    say('  still processing, waiting on')
    answer = await tenant.data('POST', `/kyc/sessions/${sessionId}/process`, { wait_seconds: 20 })
  }
  const processing = answer['processing_results']
  if (!isObject(processing)) throw new Unexpected(`no processing_results; the status is ${text(answer['status'])}`)
  const session = await tenant.data('GET', `/kyc/sessions/${sessionId}`)
  return { session, processing }
}

async function compareDownload(
  tenant: ApiClient,
  sessionId: string,
  docId: string,
  file: string,
  say: (line: string) => void,
): Promise<Life['documents'][number]> {
  const signed = await tenant.data('GET', `/kyc/sessions/${sessionId}/documents/${docId}/url`)
  const url = textIn(signed, 'url')
  const got = await fetch(url)
  if (!got.ok) throw new Unexpected(`the signed GET of ${file} was answered ${got.status}: ${await got.text()}`)
  const bytes = Buffer.from(await got.arrayBuffer())
  const original = readFileSync(join(FILES, file))
  expect(bytes.equals(original), `${file} came back with other bytes: ${bytes.length} in place of ${original.length}`)
  // wrangler's local S3 endpoint ignores the override, R2 itself obeys it: what is signed is what counts.
  const disposition = new URL(url).searchParams.get('response-content-disposition') ?? ''
  expect(disposition.startsWith('attachment'), `${file} is served as "${disposition}", not as an attachment`)
  say(`Tenant: ${file} downloaded, ${bytes.length} bytes, equal byte for byte`)
  return { docId, file, bytes: bytes.length, sha256: sha256(bytes) }
}

/** The checks of a run with the state that each ended in; what was not asked for is not among them. */
export function checkStates(processing: JsonObject): { check: string; state: string; message: string | null }[] {
  const external = processing['external_validations']
  const results: Record<string, Json | undefined> = {
    extraction: processing['extraction_results'],
    cross_validation: processing['cross_validation'],
    face_match: processing['face_match_result'],
    liveness: processing['liveness_result'],
    watchlists: field(external, 'watchlists'),
    crypto: field(external, 'crypto'),
    adverse_media: field(external, 'adverse_media'),
    web_validation: processing['web_validation_results'],
  }
  return Object.entries(results).flatMap(([check, result]) =>
    isObject(result) ? [{ check, state: text(result['state']), message: asText(result['message']) }] : [],
  )
}

function fileFor(documentType: string, side: Json, accepted: Json | undefined): string {
  const takes = (mimeType: string): boolean => !Array.isArray(accepted) || accepted.includes(mimeType)
  const isPicture = IDENTITY.includes(documentType) || documentType === 'selfie'
  if (!isPicture && takes('application/pdf')) return 'specimen-water-bill.pdf'
  if (documentType === 'selfie') return 'specimen-selfie.jpg'
  return side === 'back' ? 'drawn-card-back.jpg' : 'specimen-id-front.jpg'
}

function expect(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Unexpected(otherwise)
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))
