// The walk of the page's "Typical Workflow", 1 to 9, over HTTP against the production build.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asText, createApiClient, isObject, objectsIn, textIn } from '../../src/cli/api-client.ts'
import type { ApiClient, JsonObject } from '../../src/cli/api-client.ts'
import { startHarness } from '../support/harness.ts'
import type { Harness } from '../support/harness.ts'

const nameField = { field_id: 'full_name', name: 'Your full name', type: 'text', required: true }
const step = (step_id: string, fields: JsonObject[]) => ({
  step_id,
  name: step_id,
  type: 'form_fill',
  custom_fields: fields,
})

describe('Typical Workflow', () => {
  let harness: Harness
  let tenant: ApiClient
  let user: ApiClient
  let sessionId = ''
  let link = ''
  const childLinks: string[] = []

  const session = (): Promise<JsonObject> => tenant.data('GET', `/kyc/sessions/${sessionId}`)
  const fill = (at: string, stepId: string, form_data: JsonObject) =>
    user.data('POST', `${at}/step/${stepId}/complete`, { form_data })

  beforeAll(async () => {
    harness = await startHarness()
    tenant = harness.api
    user = createApiClient(harness.url, null)
  })
  afterAll(() => harness?.stop())

  it('1. Create Session: linked to a workflow', async () => {
    const owner = await tenant.data('POST', '/kyc/workflows', { name: 'Owner', steps: [step('person', [nameField])] })
    const company = await tenant.data('POST', '/kyc/workflows', {
      name: 'Company',
      steps: [
        step('company', [{ field_id: 'company_name', name: 'Name of the company', type: 'text', required: true }]),
        step('representative', [nameField]),
        {
          step_id: 'owners',
          name: 'Owners',
          type: 'subsession_collection',
          workflow_id: textIn(owner, 'workflow_id'),
          relationships: ['ubo'],
          min: 2,
          max: 2,
        },
      ],
      validation_config: { automation_rules: { default_action: 'manual_review' } },
    })
    const created = await tenant.data('POST', '/kyc/sessions', { workflow_id: textIn(company, 'workflow_id') })
    expect(created['status']).toBe('draft')
    sessionId = textIn(created, 'session_id')
    link = `/public/sessions/${textIn(created, 'access_token')}`
    expect(textIn(created, 'access_link')).toContain(textIn(created, 'access_token'))
  })

  it('2. Share Link: opening it changes nothing', async () => {
    expect((await user.data('GET', link))['status']).toBe('draft')
    expect((await session())['version']).toBe(1)
  })

  it('3. User Completes Steps', async () => {
    expect((await user.data('POST', `${link}/start`, {}))['status']).toBe('active')
    await fill(link, 'company', { company_name: 'Utopia Ltd' })
    await fill(link, 'representative', { full_name: 'Ana Ericson' })
    expect(await session()).toMatchObject({ status: 'active', completed_steps: 2, total_steps: 3 })
  })

  it('4. Subsessions: two owners, each with a link of their own', async () => {
    for (const name of ['Ben Ode', 'Cy Lund']) {
      const child = await user.data('POST', `${link}/subsessions`, {
        relationship: 'ubo',
        name,
        step_id: 'owners',
      })
      const token = textIn(child, 'access_link').split('/').at(-1) ?? ''
      childLinks.push(`/public/sessions/${token}`)
    }
    for (const [index, childLink] of childLinks.entries()) {
      await user.data('POST', `${childLink}/start`, {})
      const done = await fill(childLink, 'person', { full_name: ['Ben Ode', 'Cy Lund'][index] ?? '' })
      expect(done['status']).toBe('completed')
    }
    await expect.poll(async () => (await session())['subsessions']).toEqual({ total: 2, completed: 2 })
    await user.data('POST', `${link}/step/owners/complete`, {})
    expect(await session()).toMatchObject({ status: 'completed', completed_steps: 3 })
    const listed = await tenant.data('GET', `/kyc/sessions?parent_session_id=${sessionId}`)
    expect(objectsIn(listed['sessions']).map((row) => row['status'])).toEqual(['completed', 'completed'])
  })

  it('5. Process Session', async () => {
    const processed = await tenant.data('POST', `/kyc/sessions/${sessionId}/process`, { wait_seconds: 20 })
    expect(processed['status']).toBe('manual_review')
  })

  it('6. Review Results: the automatic decision with its reasons', async () => {
    const { processing_results: results, final_decision } = await session()
    expect(final_decision).toBe('manual_review')
    if (!isObject(results)) throw new Error('there are no processing_results')
    expect(results).toMatchObject({ final_decision: 'manual_review', risk_score: expect.any(Number) })
    expect(results['subsessions']).toMatchObject({ total: 2, completed: 2 })
    expect(objectsIn(results['automation_flags']).every((flag) => asText(flag['rule']) !== null)).toBe(true)
  })

  it('7. Request Corrections: the session waits for the person, without a decision', async () => {
    const asked = await tenant.data('POST', `/kyc/sessions/${sessionId}/corrections`, {
      corrections: [
        { step_id: 'representative', field_ids: ['full_name'], message: 'Please give it as in your passport.' },
      ],
    })
    expect(asked).toMatchObject({ status: 'awaiting_client_correction', open_corrections: 1, final_decision: null })
  })

  it('8. User Resolves Corrections: the link shows what is open, and nothing else can be changed', async () => {
    const shown = await user.data('GET', link)
    expect(JSON.stringify(shown)).toContain('Please give it as in your passport.')
    expect(JSON.stringify(shown)).not.toContain('Utopia Ltd')
    const closed = await user.call('POST', `${link}/step/company/save`, { form_data: { company_name: 'Other' } })
    expect(closed).toMatchObject({ status: 400, body: { error: { code: 'FIELD_NOT_OPEN_FOR_CORRECTION' } } })
    const resolved = await fill(link, 'representative', { full_name: 'Anna Eriksson' })
    expect(resolved['status']).toBe('completed')
    const { corrections, open_corrections } = await session()
    expect([open_corrections, objectsIn(corrections)[0]?.['status']]).toEqual([0, 'resolved'])
    expect(JSON.stringify(corrections)).toContain('Ana Ericson')
  })

  it('9. Final Decision: a reviewer approves', async () => {
    await tenant.data('POST', `/kyc/sessions/${sessionId}/process`, { wait_seconds: 20 })
    const decided = await tenant.data('PATCH', `/kyc/sessions/${sessionId}`, {
      status: 'approved',
      reason: 'All well.',
    })
    expect(decided).toMatchObject({ status: 'approved', final_decision: 'approved' })
    expect(isObject(decided['decision']) ? decided['decision']['by'] : null).toBe('reviewer')
  })

  it('leaves a trail from the first event to the last', async () => {
    const { events } = await tenant.data('GET', `/kyc/sessions/${sessionId}/events?limit=100`)
    const version = (await session())['version']
    expect(objectsIn(events).length).toBe(version)
    expect(harness.logs()).toEqual([])
  })
})
