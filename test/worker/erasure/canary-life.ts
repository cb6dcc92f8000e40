// One session that has been through everything, with a word of its own in every place where a person or a tenant can put
// one, in answers and in files.

import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { pdfOf, pdfPages } from '../../support/fixtures/files.ts'
import { send, textAt, type Answer } from '../../support/api.ts'
import { canary } from '../../support/canary.ts'
import {
  documentRequirement,
  formField,
  stepBase,
  validationConfig,
  workflowOf,
} from '../../support/fixtures/workflow.ts'
import { loadLists } from '../../support/watchlists.ts'
import { eventually, makeWorld, objectOf, type World } from '../../support/world.ts'

/** Fields that take no words: values that nothing else holds. */
const UNUSUAL = {
  number: 7_340_918.265,
  date: '1971-02-17',
  phone: '+41794440917',
  wallet: '0x52908400098527886E0F7030069857D2E4169EE7',
}

const planted = new Set<string>(Object.values(UNUSUAL).map(String))
const word = (name: string): string => {
  const made = canary(name)
  planted.add(made)
  return made
}
/** Each word that a life plants, and the hash of each of its files. */
export const plantedWords = (): string[] => [...planted]

const definition = () =>
  workflowOf(
    [
      {
        ...stepBase('person', 1),
        type: 'form_fill',
        custom_fields: [
          formField('full_name', 'name', { required: true, name_type: 'individual' }),
          formField('nickname', 'text'),
          formField('story', 'textarea'),
          formField('income', 'number'),
          formField('birth', 'date'),
          formField('mail', 'email'),
          formField('phone', 'phone'),
          formField('site', 'url'),
          formField('domain', 'domain'),
          formField('home', 'address'),
          formField('payout', 'wallet'),
          formField('bill', 'file'),
          formField('owners', 'entity_array', { item_fields: [formField('owner', 'text')] }),
        ],
      },
      {
        ...stepBase('papers', 2),
        type: 'document_upload',
        document_requirements: [documentRequirement('proof_of_address')],
      },
    ],
    {
      custom_tags: [word('tag')],
      consent: { version: 'v1', text: 'We look at your documents.', privacy_url: null, required: true },
      validation_config: validationConfig({
        run_lists: true,
        run_crypto: true,
        run_adverse_media: true,
        cross_validation: true,
      }),
    },
  )

const answers = (round: string) => ({
  full_name: { given: word(`given${round}`), family: word(`family${round}`) },
  nickname: word(`text${round}`),
  story: `It began with ${word(`textarea${round}`)}.`,
  income: UNUSUAL.number,
  birth: UNUSUAL.date,
  mail: `${word(`mail${round}`)}@example.com`,
  phone: UNUSUAL.phone,
  site: `https://example.com/${word(`url${round}`)}`,
  domain: `${word(`domain${round}`)}.example.com`,
  home: { line1: word(`line${round}`), city: word(`city${round}`), postal_code: '8001', country: 'CH' },
  payout: { network: 'eth', address: UNUSUAL.wallet },
  owners: [{ owner: word(`item${round}`) }],
})

const pdf = (name: string): Uint8Array => pdfOf(pdfPages(1), `% ${word(`bytes${name}`)}\n`)
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

async function plantHash(bytes: Uint8Array): Promise<void> {
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  planted.add(Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(''))
}

export type Life = { world: World; id: string; childId: string; token: string }

export async function liveALife(): Promise<Life> {
  const world = await makeWorld({ definition: definition() })
  loadLists([{ reference: '7771', name: `${word('givensent')} ${word('familysent')}` }])
  let calls = 0
  const call = async (method: string, path: string, body?: unknown, raw?: FormData): Promise<Answer> => {
    calls += 1
    const isTenant = path.startsWith('/kyc')
    const headers: Record<string, string> = { 'user-agent': word('agent'), referer: `https://${word('referer')}.test/` }
    if (isTenant && method === 'POST') headers['idempotency-key'] = `${word('key')}-${calls}`
    return send(method, path, {
      headers,
      ...(isTenant ? { key: world.key } : {}),
      ...(body === undefined ? {} : { body }),
      ...(raw === undefined ? {} : { raw }),
    })
  }
  const done = async (...request: Parameters<typeof call>): Promise<Answer> => {
    const answer = await call(...request)
    expect(answer.status, `${request[0]} ${request[1]} ${answer.text}`).toBeLessThan(300)
    return answer
  }

  const created = await done('POST', '/kyc/sessions', {
    workflow_id: world.workflowId,
    client_id: word('clientfirst'),
    metadata: {
      user_name: word('username'),
      user_email: `${word('useremail')}@example.com`,
      deep: { er: [word('deep')] },
    },
    redirect_url: `https://example.com/${word('redirect')}`,
  })
  const id = textAt(created.data, 'session_id')
  const path = `/kyc/sessions/${id}`
  let token = textAt(created.data, 'access_token')
  const link = (): string => `/public/sessions/${token}`
  await done('GET', link())
  await done('POST', `${link()}/start`, { consent: true, consent_version: 'v1' })

  const [bill, first, second, third, wrong] = ['bill', 'first', 'second', 'third', 'wrong'].map(pdf)
  if (!bill || !first || !second || !third || !wrong) throw new Error('no files')
  for (const bytes of [bill, first, second, third]) await plantHash(bytes)
  const file = { mime_type: 'application/pdf', step_id: 'papers', document_type: 'proof_of_address' }

  await done('POST', `${link()}/upload`, {
    step_id: 'person',
    field_id: 'bill',
    file_name: `${word('filebill')}.pdf`,
    mime_type: 'application/pdf',
    content: base64(bill),
  })
  await done('POST', `${link()}/step/person/save`, { form_data: answers('saved') })
  await done('POST', `${link()}/step/person/complete`, { form_data: answers('sent') })
  await call('POST', `${link()}/step/person/complete`, { form_data: { mail: word('badmail'), birth: word('baddate') } })

  await done('POST', `${link()}/upload`, { ...file, file_name: `${word('filefirst')}.pdf`, content: base64(first) })
  const form = new FormData()
  form.set('step_id', 'papers')
  form.set('document_type', 'proof_of_address')
  form.set('file', new File([second], `${word('filesecond')}.pdf`, { type: 'application/pdf' }))
  await done('POST', `${link()}/upload`, undefined, form)
  await call('POST', `${link()}/upload`, {
    ...file,
    mime_type: 'image/png',
    file_name: `${word('filewrong')}.png`,
    content: base64(wrong),
  })
  const announced = await done('POST', `${link()}/upload/init`, {
    ...file,
    file_name: `${word('filethird')}.pdf`,
    size: third.length,
  })
  const docId = textAt(announced.data, 'doc_id')
  await env.DOCUMENTS.put(`${id}/${docId}`, third)
  await done('POST', `${link()}/upload/confirm`, { doc_id: docId })
  await done('DELETE', `${link()}/documents/${docId}`)
  await done('POST', `${link()}/upload/init`, { ...file, file_name: `${word('filepending')}.pdf`, size: 100 })
  await done('POST', `${link()}/step/papers/complete`, {})

  const child = await done('POST', `${path}/subsessions`, {
    relationship: 'ubo',
    name: word('ownername'),
    email: `${word('owneremail')}@example.com`,
    metadata: { note: word('ownermetadata') },
  })
  const childId = textAt(child.data, 'session_id')
  const childLink = `/public/sessions/${textAt(child.data, 'access_token')}`
  await done('POST', `${childLink}/start`, { consent: true, consent_version: 'v1' })
  await done('POST', `${childLink}/step/person/save`, { form_data: answers('owner') })
  const removed = await done('POST', `${path}/subsessions`, { relationship: 'director', name: word('removedname') })
  await done('DELETE', `${path}/subsessions/${textAt(removed.data, 'session_id')}`)

  await done('POST', `${path}/process`, { wait_seconds: 0 })
  await eventually(async () => {
    const seen = await objectOf(id).read({ by: 'system' })
    return seen !== 'not_hydrated' && seen.ok && seen.value.state.status === 'manual_review'
  }, 'the run is decided')
  const decided = await done('GET', path)
  const watchlists = ['processing_results', 'external_validations', 'watchlists']
  const hit = `${path}/hits/${textAt(decided.data, ...watchlists, 'hits', 0, 'hit_id')}/whitelist`
  await done('POST', hit, { reason: word('ruledout') })
  await done('DELETE', hit, { reason: word('openedagain') })
  await done('POST', hit, { reason: word('ruledoutagain') })
  await done('POST', '/kyc/screenings', { subjects: [{ name: word('screened'), reference: word('ownreference') }] })
  await call('POST', '/kyc/screenings', { subjects: [{ name: word('badscreened'), kind: word('badkind') }] })
  await done('POST', `${path}/validate`, { validations: ['crypto'], wait_seconds: 0 })
  await done('POST', `${path}/corrections`, {
    corrections: [{ step_id: 'person', field_ids: ['nickname'], message: `Again: ${word('message')}` }],
    note: word('note'),
  })
  await call('POST', `${path}/corrections`, {
    corrections: [{ step_id: word('badstep'), message: word('badmessage') }],
  })
  await call('POST', `${path}/corrections`, { [word('badmember')]: word('badvalue') })
  const renewed = await done('POST', `${path}/generate-link`, {})
  token = textAt(renewed.data, 'access_token')
  await done('POST', `${link()}/step/person/complete`, {
    form_data: { ...answers('sent'), nickname: word('corrected') },
  })
  await done('PATCH', path, {
    status: 'rejected',
    reason: word('reason'),
    notes: word('notes'),
    on_behalf_of: word('behalf'),
    client_id: word('client'),
    metadata: { more: word('metadata') },
  })
  await done('POST', `${path}/legal-hold`, { reason: word('hold') })
  await done('DELETE', `${path}/legal-hold`, { reason: word('lifted') })
  await done('GET', `${path}/events?limit=100`)
  await done('GET', `/kyc/sessions?q=${word('username')}`)
  await call('PATCH', path, word('nojson'))
  await call('GET', `${path}?${word('query')}=${word('queryvalue')}`)
  return { world, id, childId, token }
}
