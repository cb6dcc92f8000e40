import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { refusalOf } from '../../../src/http/validation.ts'
import { UploadInitInput } from '../../../src/http/schemas/document.ts'
import { SessionPath } from '../../../src/http/schemas/ids.ts'
import { CreateSessionInput, IfMatchHeader, UpdateSessionInput } from '../../../src/http/schemas/session-requests.ts'
import { SessionListParameters } from '../../../src/http/schemas/session-list.ts'
import { EXAMPLE_WORKFLOW_INPUT, WorkflowInputBody } from '../../../src/http/schemas/workflow.ts'

function refused(schema: z.ZodType, input: unknown, target = 'json') {
  const parsed = schema.safeParse(input)
  if (parsed.success) throw new Error('the schema took it')
  return refusalOf(target, parsed.error, input)
}

const workflowId = '019ab1f3-11d0-7a8e-8b47-52c9e0f7d318'

describe('a body that is refused', () => {
  it('names each unknown field', () => {
    const refusal = refused(CreateSessionInput, { workflow_id: workflowId, ttl: 3, webhook: 'x' })
    expect(refusal.code).toBe('INVALID_REQUEST')
    expect(refusal.message).toContain('ttl')
    expect(refusal.details).toEqual([
      { path: 'ttl', message: 'is not known here: leave it out' },
      { path: 'webhook', message: 'is not known here: leave it out' },
    ])
  })

  it('says what is missing', () => {
    expect(refused(CreateSessionInput, {}).details).toEqual([{ path: 'workflow_id', message: 'is required' }])
  })

  it.each([
    [{ workflow_id: 'nope' }, 'workflow_id', 'must be a UUIDv7 in lower case'],
    [{ workflow_id: workflowId, ttl_days: 0 }, 'ttl_days', 'must be at least 1'],
    [{ workflow_id: workflowId, ttl_days: 366 }, 'ttl_days', 'must be at most 365'],
    [{ workflow_id: workflowId, ttl_days: 1.5 }, 'ttl_days', 'must be a whole number'],
    [{ workflow_id: workflowId, ttl_days: '7' }, 'ttl_days', 'must be a number'],
    [{ workflow_id: workflowId, metadata: [] }, 'metadata', 'must be a record'],
    [{ workflow_id: workflowId, client_id: '' }, 'client_id', 'must not be empty'],
    [{ workflow_id: workflowId, language: 'x_y' }, 'language', 'must be a BCP 47 tag such as `en` or `pt-BR`'],
  ])('%j: %s %s', (body, path, message) => {
    expect(refused(CreateSessionInput, body).details).toEqual([{ path, message }])
  })

  it('lists the statuses there are', () => {
    const [detail] = refused(UpdateSessionInput, { status: 'done' }).details ?? []
    expect(detail?.message).toMatch(/^must be one of draft, active, completed/)
  })

  it('names places inside a workflow by their position', () => {
    const [first, ...others] = EXAMPLE_WORKFLOW_INPUT.steps
    const wrong = {
      ...EXAMPLE_WORKFLOW_INPUT,
      steps: [first, ...others, { type: 'form_fill', custom_fields: [{ type: 'txt' }], x: 1 }],
    }
    expect(refused(WorkflowInputBody, wrong).details).toEqual([
      { path: 'steps[2].custom_fields[0].name', message: 'is required' },
      { path: 'steps[2].custom_fields[0].type', message: expect.stringMatching(/^must be one of text, textarea/) },
      { path: 'steps[2].x', message: 'is not known here: leave it out' },
    ])
  })

  it('says which types of step there are', () => {
    expect(refused(WorkflowInputBody, { name: 'x', steps: [{ type: 'quiz' }] }).details).toEqual([
      { path: 'steps[0].type', message: expect.stringContaining('document_upload') },
    ])
  })

  it('wants one of document_type and field_id', () => {
    const file = { step_id: 'a', file_name: 'a.pdf', mime_type: 'application/pdf', size: 1 }
    expect(refused(UploadInitInput, file).details?.[0]?.path).toBe('document_type')
    expect(refused(UploadInitInput, { ...file, document_type: 'id', field_id: 'b' }).details?.[0]?.path).toBe(
      'document_type',
    )
  })

  it('refuses JSON that is nested beyond reason', () => {
    let metadata: unknown = 1
    for (let depth = 0; depth < 20_000; depth++) metadata = { a: metadata }
    expect(refused(CreateSessionInput, { workflow_id: workflowId, metadata }).details?.[0]?.message).toContain('nested')
  })

  it('has a bounded answer', () => {
    const keys = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, 1]))
    const refusal = refused(CreateSessionInput, keys)
    expect(refusal.details).toHaveLength(50)
    expect(refusal.message.length).toBeLessThan(400)
  })
})

describe('a query that is refused', () => {
  it.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ limit: '1e1' }, 'limit'],
    [{ status: 'active,nope' }, 'status[1]'],
    [{ sort: 'name' }, 'sort'],
    [{ created_from: '2026-11-23' }, 'created_from'],
    [{ risk_min: '-1' }, 'risk_min'],
    [{ q: 'a' }, 'q'],
    [{ include_summary: 'yes' }, 'include_summary'],
    [{ page: '2' }, 'page'],
    [{ parent_session_id: 'root' }, 'parent_session_id'],
  ])('%j names %s', (query, path) => {
    expect(refused(SessionListParameters, query, 'query').details?.[0]?.path).toBe(path)
  })

  it('takes comma lists, each value once', () => {
    expect(SessionListParameters.parse({ status: 'active, draft,active', final_decision: 'none' })).toEqual({
      status: ['active', 'draft'],
      final_decision: ['none'],
    })
  })
})

describe('other parts of a request', () => {
  it('an id of the wrong form is that object’s 404', () => {
    expect(refused(SessionPath, { session_id: '1' }, 'param').code).toBe('SESSION_NOT_FOUND')
  })

  it.each(['12', 'W/"12"', '"0"', '"x"', '*', '"1", "2"'])('If-Match %s is refused', (etag) => {
    expect(refused(IfMatchHeader, { 'If-Match': etag }, 'header').details?.[0]?.path).toBe('If-Match')
  })

  it('If-Match takes an ETag as it was given', () => {
    expect(IfMatchHeader.parse({ 'If-Match': '"12"' })).toEqual({ 'If-Match': 12 })
  })
})
