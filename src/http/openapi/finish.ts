// What the generator cannot know, put into each operation of the finished document: which statuses are never given,
// and the headers of every answer.

import { isObject, objectAt } from './json.ts'
import type { JsonObject } from './json.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

export const HEADERS: JsonObject = {
  RequestId: {
    description: 'Names this call, as meta.request_id does; tell it when you ask for help.',
    schema: { type: 'string', maxLength: 30, pattern: '^req_[0-9a-z]{26}$' },
    example: 'req_01kb2v8x5nf6b8m1q4r7t0w3y6',
  },
  RateLimitLimit: {
    description:
      'How many calls this token, link or address may make in a minute at one location; in a 429, the limit that was met.',
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 1_000_000 },
    example: 200,
  },
  RateLimitRemaining: {
    description: 'Calls that are left: none.',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 1_000_000 },
    example: 0,
  },
  RateLimitReset: {
    description: 'When there are calls again, in Unix seconds.',
    schema: { type: 'integer', format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    example: 1_795_430_460,
  },
  RetryAfter: {
    description: 'Seconds to wait.',
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 86_400 },
    example: 12,
  },
  Challenge: {
    description: 'The scheme to authenticate with, as RFC 6750 words it.',
    schema: { type: 'string', maxLength: 200, pattern: '^Bearer ' },
    example: 'Bearer realm="kyc", error="invalid_token"',
  },
}

export function eachOperation(
  document: JsonObject,
  visit: (operation: JsonObject, path: string, method: string) => void,
): void {
  for (const [path, item] of Object.entries(objectAt(document, 'paths'))) {
    if (!isObject(item)) continue
    for (const method of METHODS) {
      const operation = item[method]
      if (isObject(operation)) visit(operation, path, method)
    }
  }
}

export function finishOperation(operation: JsonObject): void {
  const responses = objectAt(operation, 'responses')
  for (const [status, response] of Object.entries(responses)) {
    if (!isObject(response)) continue
    if (isNeverGiven(status, response)) delete responses[status]
    else response['headers'] = { ...headersOf(status), ...objectAt(response, 'headers') }
  }
}

/** A refusal that no code leads to has no example; it is in the routes for their types alone. */
function isNeverGiven(status: string, response: JsonObject): boolean {
  if (status < '400') return false
  const media = objectAt(objectAt(response, 'content'), 'application/json')
  return Object.keys(objectAt(media, 'examples')).length === 0 && media['example'] === undefined
}

const ref = (name: string): JsonObject => ({ $ref: `#/components/headers/${name}` })

function headersOf(status: string): JsonObject {
  const always = { 'X-Request-Id': ref('RequestId'), 'X-RateLimit-Limit': ref('RateLimitLimit') }
  if (status === '401') return { ...always, 'WWW-Authenticate': ref('Challenge') }
  if (status !== '429') return always
  return {
    ...always,
    'X-RateLimit-Remaining': ref('RateLimitRemaining'),
    'X-RateLimit-Reset': ref('RateLimitReset'),
    'Retry-After': ref('RetryAfter'),
  }
}
