import { readFileSync } from 'node:fs'
import createClient from 'openapi-fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { paths } from '../support/generated/openapi-types.ts'
import { startHarness } from '../support/harness.ts'
import type { Harness } from '../support/harness.ts'

// A client made from docs/openapi.json alone takes a session from its workflow to its erasure. Types are all generated:
// nothing here is cast, and tsc refuses a field or a status that the document does not have.

const FILE = readFileSync('test/support/files/specimen-water-bill.pdf')

const needed = <T>(answer: { data?: T; error?: unknown; response: Response }): T => {
  if (answer.data === undefined) throw new Error(`${answer.response.status}: ${JSON.stringify(answer.error)}`)
  return answer.data
}

describe('a client generated from the document', () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await startHarness()
  })
  afterAll(() => harness?.stop())

  it('drives the whole flow without a cast', async () => {
    const tenant = createClient<paths>({
      baseUrl: harness.url,
      headers: { authorization: `Bearer ${harness.key}` },
    })
    const person = createClient<paths>({ baseUrl: harness.url })

    const workflow = needed(
      await tenant.POST('/kyc/workflows', {
        body: {
          name: 'Typed',
          steps: [
            {
              step_id: 'details',
              name: 'Details',
              type: 'form_fill',
              custom_fields: [{ field_id: 'full_name', name: 'Full name', type: 'text', required: true }],
            },
            {
              step_id: 'bill',
              name: 'Bill',
              type: 'document_upload',
              document_requirements: [{ document_type: 'proof_of_address' }],
            },
          ],
        },
      }),
    ).data

    const session = needed(
      await tenant.POST('/kyc/sessions', { body: { workflow_id: workflow.workflow_id, client_id: 'typed-1' } }),
    ).data
    expect(session.status).toBe('draft')
    const path = { access_token: session.access_token }

    const opened = needed(await person.GET('/public/sessions/{access_token}', { params: { path } })).data
    expect(opened.next_action).toBe('start')
    needed(await person.POST('/public/sessions/{access_token}/start', { params: { path }, body: {} }))
    needed(
      await person.POST('/public/sessions/{access_token}/step/{step_id}/complete', {
        params: { path: { ...path, step_id: 'details' } },
        body: { form_data: { full_name: 'Anna Maria Eriksson' } },
      }),
    )

    const slot = needed(
      await person.POST('/public/sessions/{access_token}/upload/init', {
        params: { path },
        body: {
          step_id: 'bill',
          document_type: 'proof_of_address',
          file_name: 'bill.pdf',
          mime_type: 'application/pdf',
          size: FILE.length,
        },
      }),
    ).data
    const headers = new Headers(slot.headers)
    headers.delete('content-length')
    expect((await fetch(slot.upload_url, { method: slot.method, headers, body: FILE })).ok).toBe(true)
    const document = needed(
      await person.POST('/public/sessions/{access_token}/upload/confirm', {
        params: { path },
        body: { doc_id: slot.doc_id },
      }),
    ).data
    expect(document.status).toBe('uploaded')
    const done = needed(
      await person.POST('/public/sessions/{access_token}/step/{step_id}/complete', {
        params: { path: { ...path, step_id: 'bill' } },
        body: {},
      }),
    ).data
    expect(done.status).toBe('completed')

    const ofSession = { path: { session_id: session.session_id } }
    const processed = needed(
      await tenant.POST('/kyc/sessions/{session_id}/process', { params: ofSession, body: { wait_seconds: 20 } }),
    ).data
    expect(processed.processing_results?.final_decision).toBe('manual_review')

    const read = await tenant.GET('/kyc/sessions/{session_id}', { params: ofSession })
    expect(needed(read).data.status).toBe('manual_review')
    const approved = needed(
      await tenant.PATCH('/kyc/sessions/{session_id}', {
        params: { ...ofSession, header: { 'If-Match': read.response.headers.get('etag') ?? '' } },
        body: { status: 'approved', reason: 'The bill was read by a person.' },
      }),
    ).data
    expect(approved.decision?.by).toBe('reviewer')

    const listed = needed(
      await tenant.GET('/kyc/sessions', { params: { query: { status: 'approved', limit: 5 } } }),
    ).data
    expect(listed.sessions.map((row) => row.session_id)).toEqual([session.session_id])

    const erased = needed(await tenant.DELETE('/kyc/sessions/{session_id}', { params: ofSession })).data
    expect(erased.documents_deleted).toBe(1)
    const gone = await tenant.GET('/kyc/sessions/{session_id}', { params: ofSession })
    expect(gone.error?.error.code).toBe('SESSION_NOT_FOUND')
  })

  it('finds its scripts in the assets of the deployment', async () => {
    expect(await (await fetch(`${harness.url}/docs`)).text()).toContain('/docs/scalar.js')
    for (const file of ['before.js', 'scalar.js', 'start.js']) {
      const asset = await fetch(`${harness.url}/docs/${file}`)
      const text = await asset.text()
      expect(asset.status).toBe(200)
      expect(asset.headers.get('content-type')).toContain('javascript')
      expect(text.length).toBeGreaterThan(100)
      if (file !== 'scalar.js') expect(text).not.toMatch(/https?:/)
    }
  })
})
