// What hostile requests are aimed at: a session of each stage with all that its routes name, made anew now and then.

import { randomUUID } from 'node:crypto'
import { createApiClient, textIn } from '../../src/cli/api-client.ts'
import type { JsonObject } from '../../src/cli/api-client.ts'
import { JPEG } from '../support/fixtures/files.ts'
import type { Harness } from '../support/harness.ts'

const WORKFLOW: JsonObject = {
  name: 'All there is',
  consent: { version: '2026-01', text: 'We look at it.', privacy_url: null, required: false },
  steps: [
    {
      step_id: 'your_details',
      name: 'Details',
      type: 'form_fill',
      required: false,
      custom_fields: [
        { field_id: 'full_name', name: 'Name', type: 'name', required: true, name_type: 'individual' },
        { field_id: 'born', name: 'Born', type: 'date', max_date: 'today' },
        { field_id: 'land', name: 'Land', type: 'country', country_type: 'nationality' },
        { field_id: 'phone', name: 'Phone', type: 'phone' },
        { field_id: 'mail', name: 'Mail', type: 'email' },
        { field_id: 'home', name: 'Home', type: 'address' },
        { field_id: 'purse', name: 'Purse', type: 'wallet' },
        { field_id: 'paper', name: 'Paper', type: 'file' },
        { field_id: 'sum', name: 'Sum', type: 'number', min_value: 0, max_value: 10 },
        {
          field_id: 'owners',
          name: 'Owners',
          type: 'entity_array',
          item_fields: [{ field_id: 'n', name: 'N', type: 'text' }],
        },
      ],
    },
    {
      step_id: 'identity',
      name: 'Identity',
      type: 'document_upload',
      required: false,
      document_requirements: [{ document_type: 'id', display_name: 'Id', sides: ['front'], allow_multiple: true }],
    },
    { step_id: 'liveness', name: 'Alive', type: 'liveness', required: false },
    { step_id: 'who', name: 'Who', type: 'subsession_collection', required: false, relationships: ['ubo'], max: 50 },
  ],
}

export type Target = {
  workflowId: string
  sessionId: string
  token: string
  docId: string
  childId: string
  nonce: string
}

export async function makeTarget(harness: Harness, stage: number): Promise<Target> {
  const { api } = harness
  const workflowId = textIn(await api.data('POST', '/kyc/workflows', WORKFLOW), 'workflow_id')
  const session = await api.data('POST', '/kyc/sessions', { workflow_id: workflowId })
  const token = textIn(session, 'access_token')
  const target: Target = {
    workflowId,
    sessionId: textIn(session, 'session_id'),
    token,
    docId: `doc_${'0'.repeat(26)}`,
    childId: randomUUID(),
    nonce: 'none',
  }
  if (stage === 0) return target
  const person = createApiClient(`${harness.url}/public/sessions/${token}`, null)
  await person.data('POST', '/start', { consent: true, consent_version: '2026-01' })
  const file = { file_name: 'a.jpg', mime_type: 'image/jpeg', content: Buffer.from(JPEG).toString('base64') }
  target.docId = textIn(
    await person.data('POST', '/upload', { step_id: 'identity', document_type: 'id', ...file }),
    'doc_id',
  )
  target.nonce = textIn(await person.data('POST', '/liveness/start', {}), 'nonce')
  target.childId = textIn(await person.data('POST', '/subsessions', { relationship: 'ubo' }), 'session_id')
  if (stage === 1) return target
  await person.data('POST', '/step/your_details/complete', { form_data: { full_name: 'Anna Eriksson' } })
  await person.data('POST', '/step/identity/complete', {})
  for (const step of ['liveness', 'who']) await person.data('POST', `/step/${step}/skip`, {})
  return target
}
