// Calls the Worker as a client does, in workerd. Every JSON answer is held against the schema of its route.

import { exports } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { ErrorCode } from '../../src/domain/errors.ts'
import { ErrorBody } from '../../src/http/schemas/errors.ts'
import { holdToSchema } from './answer-schemas.ts'
import { expectSecurityHeaders } from './security-headers.ts'

const BASE = 'http://kyc.test'

export type Answer = { status: number; headers: Headers; data: unknown; error: ErrorBody['error'] | null; text: string }
export type Call = {
  key?: string | null
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is. */
  raw?: BodyInit
}

export async function send(method: string, path: string, call: Call = {}): Promise<Answer> {
  const headers = new Headers(call.headers)
  if (typeof call.key === 'string') headers.set('authorization', `Bearer ${call.key}`)
  const body = call.raw ?? (call.body === undefined ? null : JSON.stringify(call.body))
  if (call.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
  const response = await exports.default.fetch(new Request(`${BASE}${path}`, { method, headers, body }))
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  expect(response.headers.get('x-request-id'), `${method} ${path}`).toMatch(/^req_[0-9a-z]{26}$/)
  expectSecurityHeaders(response.headers, `${method} ${path}`)
  const answer = { status: response.status, headers: response.headers, text }
  if (!isJson) return { ...answer, data: null, error: null }
  const parsed: unknown = JSON.parse(text)
  if (holdToSchema(method, path.split('?')[0] ?? '', response.status, parsed)) expectLimitHeaders(response)
  expect(valueAt(parsed, 'meta', 'request_id')).toBe(response.headers.get('x-request-id'))
  const failed = ErrorBody.safeParse(parsed)
  return { ...answer, data: valueAt(parsed, 'data') ?? null, error: failed.success ? failed.data.error : null }
}

/** As the document promises them with each answer. */
function expectLimitHeaders({ status, headers }: Response): void {
  expect(headers.get('x-ratelimit-limit')).toMatch(/^[1-9]\d*$/)
  const ofRefusals = ['x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'].map((name) => headers.get(name))
  if (status === 429)
    expect(ofRefusals).toEqual(['0', expect.stringMatching(/^\d{10}$/), expect.stringMatching(/^[1-9]\d*$/)])
  else expect(ofRefusals).toEqual([null, null, null])
}

/** What lies at a path of an answer; undefined where there is nothing. */
export function valueAt(value: unknown, ...path: (string | number)[]): unknown {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined
    const members: Partial<Record<string | number, unknown>> = found
    found = members[key]
  }
  return found
}

export function textAt(value: unknown, ...path: (string | number)[]): string {
  const found = valueAt(value, ...path)
  if (typeof found !== 'string') throw new Error(`no text at ${path.join('.')}: ${JSON.stringify(value)}`)
  return found
}

export type Client = Record<
  'get' | 'post' | 'put' | 'patch' | 'delete',
  (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
>

export function clientOf(key: string | null): Client {
  const method = (name: string) => (path: string, body?: unknown, headers?: Record<string, string>) =>
    send(name, path, { key, ...(body === undefined ? {} : { body }), ...(headers === undefined ? {} : { headers }) })
  return {
    get: method('GET'),
    post: method('POST'),
    put: method('PUT'),
    patch: method('PATCH'),
    delete: method('DELETE'),
  }
}

/** The person behind the link: `client('/step/x/complete', 'POST', body)`. */
export const linkOf = (accessToken: string) => (path: string, body?: unknown) =>
  send(
    body === undefined ? 'GET' : 'POST',
    `/public/sessions/${accessToken}${path}`,
    body === undefined ? {} : { body },
  )

export function expectError(answer: Answer, status: number, code: ErrorCode): void {
  expect({ status: answer.status, code: answer.error?.code, message: answer.error?.message }).toEqual({
    status,
    code,
    message: expect.stringMatching(/\w/),
  })
  expectNothingFromInside(answer)
}

const INSIDE =
  /SELECT |INSERT |UPDATE |SQLITE|D1_|drizzle|ZodError|\bat .*\.(?:ts|js):\d+|node_modules|SessionObject|CHECKS_|DurableObject|workerd|TypeError|undefined|\[object/i

/** No SQL, no stack, no binding's name, no class of ours. */
export function expectNothingFromInside(answer: Answer): void {
  expect(answer.text).not.toMatch(INSIDE)
}
