// Whatever a caller or a person puts into a request, nothing of it is a log line: not on the good path, not on a refusal,
// and not when the database fails under it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pdfOf, pdfPages } from '../support/fixtures/files.ts'
import { textIn } from '../../src/cli/api-client.ts'
import { startHarness } from '../support/harness.ts'
import type { Harness } from '../support/harness.ts'

const CANARY = 'Quandtcanary'
const person = (what: string): string => `${CANARY}-${what}`
const PDF = pdfOf(pdfPages(1), `% ${person('document')}\n`)

let harness: Harness
let token = ''
let sessionId = ''
beforeAll(async () => {
  harness = await startHarness()
  const workflow = await harness.api.data('POST', '/kyc/workflows', {
    name: 'Canaries',
    steps: [
      {
        step_id: 'person',
        name: 'You',
        type: 'form_fill',
        custom_fields: [{ field_id: 'full_name', name: 'Name', type: 'text', required: true }],
      },
      {
        step_id: 'bill',
        name: 'Bill',
        type: 'document_upload',
        document_requirements: [{ document_type: 'proof_of_address', accepted_mime_types: ['application/pdf'] }],
      },
    ],
  })
  const created = await harness.api.data('POST', '/kyc/sessions', {
    workflow_id: textIn(workflow, 'workflow_id'),
    client_id: person('client'),
    metadata: { user_name: person('metadata'), user_email: `${CANARY}@example.com` },
  })
  token = textIn(created, 'access_token')
  sessionId = textIn(created, 'session_id')
})
afterAll(() => harness?.stop())

const HEADERS = {
  'user-agent': person('agent'),
  'x-forwarded-for': person('address'),
  referer: `https://example.com/${person('referer')}`,
  cookie: `session=${person('cookie')}`,
  origin: `https://${CANARY.toLowerCase()}.example`,
  'idempotency-key': person('key'),
  'x-request-id': person('request'),
}

async function call(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${harness.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${harness.key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...HEADERS,
      ...headers,
    },
    body: body ?? null,
  })
  return { status: response.status, text: await response.text() }
}

const json = (value: unknown): string => JSON.stringify(value)

/** No canary, no token, no key, in whatever case. */
function expectSilence(): void {
  const said = harness.logs().join('\n')
  for (const secret of [CANARY, token, harness.key]) expect(said.toLowerCase()).not.toContain(secret.toLowerCase())
}

describe('nothing that a caller says is a log line', () => {
  it('on the way that goes well, from the form to the deletion', async () => {
    const link = `/public/sessions/${token}`
    const saved = await call('POST', `${link}/step/person/complete`, json({ form_data: { full_name: person('name') } }))
    expect(saved.status).toBe(200)
    const file = {
      step_id: 'bill',
      document_type: 'proof_of_address',
      file_name: `${person('file')}.pdf`,
      mime_type: 'application/pdf',
      content: Buffer.from(PDF).toString('base64'),
    }
    const uploaded = await call('POST', `${link}/upload`, json(file))
    expect([uploaded.status, uploaded.text.includes('doc_')]).toEqual([200, true])
    for (const [method, path, body] of [
      ['GET', `/v/${token}`],
      ['GET', link],
      ['POST', `${link}/step/bill/complete`, json({})],
      ['GET', `/kyc/sessions?q=${CANARY}`],
      ['PATCH', `/kyc/sessions/${sessionId}`, json({ notes: person('note'), client_id: person('other') })],
      ['POST', `/kyc/sessions/${sessionId}/process`, json({ wait_seconds: 20 })],
      ['GET', `/kyc/sessions/${sessionId}/audit`],
    ] as const) {
      expect((await call(method, path, body)).status, `${method} ${path}`).toBe(200)
    }
    await harness.runCron()
    expectSilence()
  })

  it.each<[string, string, string, (string | undefined)?, Record<string, string>?]>([
    ['a body that is no JSON', 'POST', '/kyc/sessions', `{"client_id": "${CANARY}`],
    ['a body of another type', 'POST', '/kyc/sessions', `<name>${CANARY}</name>`, { 'content-type': 'text/xml' }],
    ['a member that is not there', 'POST', '/kyc/sessions', json({ [CANARY]: CANARY })],
    ['a parameter that is not there', 'GET', `/kyc/sessions?${CANARY}=${CANARY}`],
    ['a cursor of one’s own', 'GET', `/kyc/sessions?cursor=${CANARY}`],
    ['a path that leads nowhere', 'GET', `/kyc/${CANARY}/${CANARY}`],
    ['an id of another form', 'GET', `/kyc/sessions/${CANARY}`],
    ['a token that is not ours', 'GET', `/public/sessions/${CANARY}`],
    [
      'a key that is not ours',
      'GET',
      '/kyc/sessions',
      undefined,
      { authorization: `Bearer sk_test_${CANARY}${CANARY}` },
    ],
    ['a JWT that is not ours', 'GET', '/kyc/sessions', undefined, { authorization: `Bearer ${CANARY}.a.b` }],
    ['a body that is too large', 'POST', '/kyc/sessions', json({ client_id: CANARY.repeat(30_000) })],
  ])('of a refusal: %s', async (_what, method, path, body, headers) => {
    const { status } = await call(method, path, body, headers)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expectSilence()
  })

  it('when D1 fails under it: the line says where, and nothing of what', async () => {
    await harness.sql('ALTER TABLE access_log RENAME TO access_log_away')
    const answers = [
      await call('GET', `/kyc/sessions?q=${CANARY}`),
      await call('GET', `/kyc/sessions/${sessionId}`),
      await call('GET', `/public/sessions/${token}/workflow`),
    ]
    await harness.sql('ALTER TABLE access_log_away RENAME TO access_log')
    expect(answers.map(({ status }) => status)).toContain(500)
    const failed = harness.logs().filter((line) => line.includes('request_failed'))
    expect(failed.length).toBeGreaterThan(0)
    expectSilence()
  })

  it('of a deletion', async () => {
    expect((await call('DELETE', `/kyc/sessions/${sessionId}`)).status).toBe(200)
    expect((await call('GET', `/public/sessions/${token}`)).status).toBe(404)
    await harness.runCron()
    expectSilence()
  })
})
