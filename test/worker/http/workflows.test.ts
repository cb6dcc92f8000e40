import { beforeEach, describe, expect, it } from 'vitest'
import { TEMPLATE_NAMES } from '../../../src/domain/workflow/templates/index.ts'
import { EXAMPLE_WORKFLOW_INPUT } from '../../../src/http/schemas/workflow.ts'
import type { Client } from '../../support/api.ts'
import { clientOf, expectError, textAt, valueAt } from '../../support/api.ts'
import { composed, makeWorld } from '../../support/world.ts'

let api: Client
beforeEach(async () => {
  api = clientOf((await makeWorld()).key)
})

describe('a workflow', () => {
  it('is answered whole, with every default filled in', async () => {
    const created = await api.post('/kyc/workflows', EXAMPLE_WORKFLOW_INPUT)
    expect(created.status).toBe(201)
    expect(created.data).toMatchObject({
      version: 1,
      status: 'active',
      name: 'Basic KYC',
      template_type: 'custom',
      steps: [
        { order: 1, required: true },
        { order: 2, document_requirements: [{ sides: ['front', 'back'] }] },
      ],
      validation_config: { list_match_threshold: 0.85, automation_rules: { default_action: 'manual_review' } },
    })
    expect((await api.get(`/kyc/workflows/${textAt(created.data, 'workflow_id')}`)).data).toEqual(created.data)
  })

  it('can be sent back as it was answered, and then nothing changes', async () => {
    const created = await api.post('/kyc/workflows', EXAMPLE_WORKFLOW_INPUT)
    const path = `/kyc/workflows/${textAt(created.data, 'workflow_id')}`
    expect((await api.put(path, EXAMPLE_WORKFLOW_INPUT)).data).toEqual(created.data)
  })

  it('gets a version with each change, and every version stays', async () => {
    const created = await api.post('/kyc/workflows', EXAMPLE_WORKFLOW_INPUT)
    const path = `/kyc/workflows/${textAt(created.data, 'workflow_id')}`
    const second = await api.put(path, { ...EXAMPLE_WORKFLOW_INPUT, name: 'Second' })
    expect(second.data).toMatchObject({ version: 2, name: 'Second', created_at: textAt(created.data, 'created_at') })
    const versions = await api.get(`${path}/versions`)
    expect(versions.data).toMatchObject({
      versions: [
        { version: 2, name: 'Second' },
        { version: 1, name: 'Basic KYC' },
      ],
    })
  })

  it('that two edit at once gets a version from each', async () => {
    const created = await api.post('/kyc/workflows', EXAMPLE_WORKFLOW_INPUT)
    const path = `/kyc/workflows/${textAt(created.data, 'workflow_id')}`
    const both = await Promise.all(['A', 'B'].map((name) => api.put(path, { ...EXAMPLE_WORKFLOW_INPUT, name })))
    expect(new Set(both.map((answer) => valueAt(answer.data, 'version')))).toEqual(new Set([2, 3]))
  })

  it('is refused with the place that is wrong', async () => {
    const [form] = EXAMPLE_WORKFLOW_INPUT.steps
    const lost = {
      field_id: 'a',
      name: 'A',
      type: 'text',
      conditional_logic: { show_if: { field_id: 'nope', operator: 'equals', value: 1 } },
    }
    const refused = await api.post('/kyc/workflows', {
      ...EXAMPLE_WORKFLOW_INPUT,
      steps: [form, { type: 'form_fill', custom_fields: [lost] }],
    })
    expectError(refused, 400, 'INVALID_REQUEST')
    expect(refused.error?.details).toContainEqual({
      path: 'steps[1].custom_fields[0].conditional_logic.show_if.field_id',
      message: expect.stringContaining('no such field'),
    })
  })

  it('may only name workflows of its own tenant', async () => {
    const other = await makeWorld()
    const refused = await api.post('/kyc/workflows', {
      ...EXAMPLE_WORKFLOW_INPUT,
      subsession_workflow_id: other.workflowId,
    })
    expectError(refused, 400, 'INVALID_REQUEST')
    expect(refused.error?.details?.[0]?.path).toBe('subsession_workflow_id')
  })

  it('that is deleted can be read, and neither be changed nor listed', async () => {
    const created = await api.post('/kyc/workflows', EXAMPLE_WORKFLOW_INPUT)
    const id = textAt(created.data, 'workflow_id')
    expect((await api.delete(`/kyc/workflows/${id}`)).data).toMatchObject({ status: 'deleted' })
    expect((await api.delete(`/kyc/workflows/${id}`)).data).toMatchObject({ status: 'deleted' })
    expect((await api.get(`/kyc/workflows/${id}`)).data).toMatchObject({ status: 'deleted' })
    expectError(await api.put(`/kyc/workflows/${id}`, EXAMPLE_WORKFLOW_INPUT), 404, 'WORKFLOW_NOT_FOUND')
    expectError(await api.get(`/kyc/workflows/${composed().deps.ids.uuid()}`), 404, 'WORKFLOW_NOT_FOUND')
  })
})

describe('GET /kyc/workflows', () => {
  it('pages through each once', async () => {
    for (const name of ['A', 'B', 'C']) await api.post('/kyc/workflows', { ...EXAMPLE_WORKFLOW_INPUT, name })
    const first = await api.get('/kyc/workflows?limit=3')
    expect(first.data).toMatchObject({
      workflows: [{ name: 'C' }, { name: 'B' }, { name: 'A' }],
      pagination: { has_more: true },
    })
    const rest = await api.get(`/kyc/workflows?limit=3&cursor=${textAt(first.data, 'pagination', 'next_cursor')}`)
    expect(rest.data).toMatchObject({
      workflows: [{ name: 'Test workflow' }],
      pagination: { has_more: false, next_cursor: null },
    })
  })
})

describe('POST /kyc/workflows/from-template/{template}', () => {
  it.each(TEMPLATE_NAMES)('%s makes a workflow that sessions can be made from', async (template) => {
    const created = await api.post(`/kyc/workflows/from-template/${template}`)
    expect(created.status, created.text).toBe(201)
    const session = await api.post('/kyc/sessions', { workflow_id: textAt(created.data, 'workflow_id') })
    expect(session.status).toBe(201)
  })

  it('takes a name and tags of its own', async () => {
    const created = await api.post('/kyc/workflows/from-template/basic-kyc', { name: 'Retail', custom_tags: ['x'] })
    expect(created.data).toMatchObject({ name: 'Retail', custom_tags: ['x'] })
  })
})
