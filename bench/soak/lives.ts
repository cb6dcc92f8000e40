import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject, textIn } from '../../src/cli/api-client.ts'
import type { Json } from '../../src/cli/api-client.ts'
import { ROOT } from '../../src/cli/wrangler.ts'
import { Refused } from './client.ts'
import type { SoakClient } from './client.ts'

// What people do with 2,000 sessions: most go straight through, some are corrected, decided by a reviewer, given owners,
// deleted, or never opened. Which is which follows from the number alone.

const PICTURE = new Uint8Array(readFileSync(join(ROOT, 'test/support/files/specimen-id-front.jpg')))
const PROCESS_TRIES = 40

export const WORKFLOW: Json = {
  name: 'Soak',
  ttl_days: 7,
  custom_tags: ['soak'],
  steps: [
    {
      step_id: 'person',
      order: 1,
      name: 'You',
      type: 'form_fill',
      custom_fields: [
        { field_id: 'full_name', name: 'Full name', type: 'name', required: true },
        { field_id: 'country', name: 'Nationality', type: 'country', country_type: 'nationality', required: true },
        { field_id: 'wallet', name: 'Wallet', type: 'wallet' },
      ],
    },
    {
      step_id: 'passport',
      order: 2,
      name: 'Passport',
      type: 'document_upload',
      document_requirements: [{ document_type: 'passport', display_name: 'Passport', auto_extract: true }],
    },
  ],
  validation_config: {
    run_lists: true,
    run_crypto: true,
    cross_validation: true,
    automation_rules: { default_action: 'auto_approve' },
  },
}

export type Lived = { session_ids: string[]; ends: string }

export async function live(client: SoakClient, workflowId: string, number: number): Promise<Lived> {
  const is = (every: number, offset = 0): boolean => number % every === offset
  const created = await client.call('POST', '/kyc/sessions', {
    workflow_id: workflowId,
    client_id: `soak-${number}`,
    metadata: { user_name: `Zoë Nº ${number}` },
  })
  const id = textIn(created, 'session_id')
  const link = `/public/sessions/${textIn(created, 'access_token')}`
  const ids = [id]
  if (is(20, 19)) return { session_ids: ids, ends: 'draft' }

  await client.call('GET', link)
  await client.call('POST', `${link}/start`, {})
  await client.call('POST', `${link}/step/person/save`, { form_data: { full_name: `Zoë Nº ${number}` } })
  await client.call('POST', `${link}/step/person/complete`, {
    form_data: { full_name: `Zoë Nº ${number} Ærø`, country: 'DK' },
  })
  if (is(10, 3)) {
    const child = await client.call('POST', `/kyc/sessions/${id}/subsessions`, { relationship: 'ubo', name: 'Bo' })
    ids.push(textIn(child, 'session_id'))
  }
  await uploadPassport(client, link)
  await client.call('POST', `${link}/step/passport/complete`, {})
  let status = await processed(client, id)

  if (is(4, 1)) {
    await client.call('POST', `/kyc/sessions/${id}/corrections`, {
      corrections: [{ step_id: 'person', field_ids: ['full_name'], message: 'As in the passport, please.' }],
    })
    await client.call('POST', `${link}/step/person/complete`, { form_data: { full_name: `Zoë Ærø ${number}` } })
    status = await processed(client, id)
  }
  if (is(5, 2)) {
    const answer = await client.call('PATCH', `/kyc/sessions/${id}`, { status: 'rejected', reason: 'Soaked.' })
    status = textIn(answer, 'status')
  }
  if (is(25, 7)) {
    await deleted(client, id)
    status = 'erased'
  }
  return { session_ids: ids, ends: status }
}

async function uploadPassport(client: SoakClient, link: string): Promise<void> {
  const announced = await client.call('POST', `${link}/upload/init`, {
    step_id: 'passport',
    document_type: 'passport',
    file_name: 'passport.jpg',
    mime_type: 'image/jpeg',
    size: PICTURE.length,
  })
  await client.put(textIn(announced, 'upload_url'), textHeaders(announced['headers']), PICTURE)
  await client.call('POST', `${link}/upload/confirm`, { doc_id: textIn(announced, 'doc_id') })
}

const textHeaders = (headers: Json | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isObject(headers) ? headers : {}).flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'content-length' ? [[name, value]] : [],
    ),
  )

/** The status that the run ends in. */
async function processed(client: SoakClient, id: string): Promise<string> {
  for (let tries = 0; tries < PROCESS_TRIES; tries += 1) {
    const answer = await client.call('POST', `/kyc/sessions/${id}/process`, { wait_seconds: 2 })
    const status = textIn(answer, 'status')
    if (status !== 'processing') return status
    await client.hurry([id])
  }
  throw new Error('a run did not end')
}

/** A repeat after a lost answer finds nothing: that is the effect of the first. */
async function deleted(client: SoakClient, id: string): Promise<void> {
  try {
    await client.call('DELETE', `/kyc/sessions/${id}`)
  } catch (refusal) {
    if (!(refusal instanceof Refused) || refusal.code !== 'SESSION_NOT_FOUND') throw refusal
  }
}
