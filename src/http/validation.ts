// From what a schema refused to the contract's refusal: `details` name every place, and an id of the wrong form in a
// path is that object's 404.

import type { Context } from 'hono'
import type { z } from 'zod'
import type { DomainError, ErrorCode } from '../domain/errors.ts'
import { domainError } from '../domain/errors.ts'
import { failure } from './answers.ts'
import type { LinkEnv, OpenEnv, TenantEnv } from './api.ts'
import { issueDetails } from './issue-details.ts'

const MAX_DETAILS = 50

const NOT_FOUND_BY_PARAMETER: Readonly<Record<string, { code: ErrorCode; noun: string }>> = {
  session_id: { code: 'SESSION_NOT_FOUND', noun: 'session' },
  sub_id: { code: 'SUBSESSION_NOT_FOUND', noun: 'subsession' },
  doc_id: { code: 'DOCUMENT_NOT_FOUND', noun: 'document' },
  workflow_id: { code: 'WORKFLOW_NOT_FOUND', noun: 'workflow' },
  hit_id: { code: 'ROUTE_NOT_FOUND', noun: 'hit' },
  key_id: { code: 'ROUTE_NOT_FOUND', noun: 'API key' },
  template: { code: 'WORKFLOW_NOT_FOUND', noun: 'template' },
  step_id: { code: 'STEP_NOT_FOUND', noun: 'step' },
  access_token: { code: 'LINK_NOT_FOUND', noun: 'link' },
}

/** What the validators hand over; on failure `data` is the input as it came. */
type Checked = { target: string; success: boolean; data?: unknown; error?: z.ZodError }

/** The default hook of every app. */
export function refuseInvalid(
  checked: Checked,
  c: Context<OpenEnv> | Context<TenantEnv> | Context<LinkEnv>,
): Response | undefined {
  if (checked.success || checked.error === undefined) return undefined
  const { target, error, data } = checked
  if (target === 'json' && c.req.header('content-type') === undefined) return failure(c, invalidJson())
  return failure(c, refusalOf(target, error, data))
}

export function refusalOf(target: string, error: z.ZodError, input: unknown): DomainError {
  const details = error.issues.flatMap((issue) => issueDetails(issue, input)).slice(0, MAX_DETAILS)
  const [first] = details
  if (target === 'param') return notFoundOf(first?.path ?? '')
  const reasons = details.slice(0, 3).map(({ path, message }) => `${path === '' ? 'it' : path} ${message}`)
  const more = details.length > reasons.length ? `, and ${details.length - reasons.length} more` : ''
  return domainError('INVALID_REQUEST', `The ${nameOf(target)} not valid: ${reasons.join('; ')}${more}.`, details)
}

export const invalidJson = (): DomainError =>
  domainError('INVALID_JSON', 'The body must be valid JSON, sent with the header `Content-Type: application/json`.')

function nameOf(target: string): string {
  if (target === 'query') return 'query is'
  return target === 'header' ? 'headers are' : 'body is'
}

function notFoundOf(parameter: string): DomainError {
  const found = NOT_FOUND_BY_PARAMETER[parameter]
  if (found === undefined) return domainError('ROUTE_NOT_FOUND', 'There is no such route.')
  return domainError(found.code, `There is no ${found.noun} by this ${parameter}.`)
}
