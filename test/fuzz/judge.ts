// Whether an answer is one that the contract knows. Says what is wrong with it, or null.

import { httpErrorOf } from '../../src/http/error-map.ts'
import { ErrorBody } from '../../src/http/schemas/errors.ts'

export type FuzzAnswer = { status: number; headers: Record<string, string | undefined>; body: string }

/** Words of the service's inside, as none of the hostile values holds them. */
const INSIDE =
  /SELECT |INSERT |UPDATE |SQLITE|D1_|drizzle|ZodError|\bat .*\.(?:ts|js):\d+|node_modules|SessionObject|CHECKS_|DurableObject|workerd|TypeError|RangeError|SyntaxError/

export function judge(path: string, { status, headers, body }: FuzzAnswer): string | null {
  if (status >= 500) return `a ${status}`
  if (!/^req_[0-9a-z]{26}$/.test(headers['x-request-id'] ?? ''))
    return `no request id, so not an answer of ours (${status})`
  if (headers['cache-control'] !== 'no-store') return 'an answer that may be kept'
  if (status === 204 || headers['content-type']?.startsWith('text/html') === true) return null
  if (INSIDE.test(body)) return 'something from inside'
  if (body === '') return null
  const isJson = headers['content-type']?.startsWith('application/json') === true
  if (!isJson) return `neither JSON nor a page: ${headers['content-type'] ?? 'no type'}`
  const answer: unknown = JSON.parse(body)
  if (status < 400) return headers['x-request-id'] === requestIdIn(answer) ? null : 'a success without its request id'
  const refusal = ErrorBody.safeParse(answer)
  if (!refusal.success) return `a refusal that breaks its schema: ${refusal.error.message}`
  const { code, type } = refusal.data.error
  const expected = httpErrorOf(code, path.startsWith('/public/') || path.startsWith('/v/') ? 'public' : 'tenant')
  return expected.status === status && expected.type === type ? null : `${code} as ${status} ${type}`
}

function requestIdIn(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('meta' in answer)) return undefined
  const { meta } = answer
  return typeof meta === 'object' && meta !== null && 'request_id' in meta ? meta.request_id : undefined
}
