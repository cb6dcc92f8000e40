// What every POST of a tenant takes beside what its route says: the Idempotency-Key, told once for all of them.

import { EFFECTLESS_POSTS, MAX_IDEMPOTENCY_KEY_CHARACTERS } from '../../domain/idempotency.ts'
import type { ErrorCode } from '../../domain/errors.ts'
import { errorExample } from '../schemas/error-examples.ts'
import { asJson, isObject, objectAt } from './json.ts'
import type { JsonObject } from './json.ts'

export const IDEMPOTENCY_PARAMETERS: JsonObject = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Makes the call safe to repeat for 24 hours: choose a new one, such as a UUID, for each thing you want done. The same call again under it has no second effect and gets the first answer; another call under it is refused as `IDEMPOTENCY_KEY_REUSED`. Refusals 401, 403, 429 and 5xx are not kept.',
    schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY_CHARACTERS },
    example: 'order-4711-kyc',
  },
}

export const IDEMPOTENCY_HEADERS: JsonObject = {
  IdempotentReplayed: {
    description:
      '`true` when this is the answer of an earlier call under the same Idempotency-Key. Otherwise the header is not there.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
}

export function offerIdempotency(operation: JsonObject, path: string, method: string): void {
  if (method !== 'post' || !path.startsWith('/kyc/') || EFFECTLESS_POSTS.includes(path)) return
  const named = Array.isArray(operation['parameters']) ? operation['parameters'] : []
  operation['parameters'] = [...named, { $ref: '#/components/parameters/IdempotencyKey' }]
  const responses = objectAt(operation, 'responses')
  addRefusal(responses, '400', 'IDEMPOTENCY_KEY_REUSED')
  // The answer of a POST on a session that was erased since; without the key only a path that names a session gives it.
  if (path.startsWith('/kyc/sessions')) addRefusal(responses, '404', 'SESSION_NOT_FOUND')
  for (const [status, response] of Object.entries(responses)) {
    if (!isObject(response) || !status.startsWith('2')) continue
    response['headers'] = {
      ...objectAt(response, 'headers'),
      'Idempotent-Replayed': { $ref: '#/components/headers/IdempotentReplayed' },
    }
  }
}

function addRefusal(responses: JsonObject, status: string, code: ErrorCode): void {
  const response = objectAt(responses, status)
  const examples = objectAt(objectAt(objectAt(response, 'content'), 'application/json'), 'examples')
  if (examples[code] !== undefined) return
  examples[code] = asJson(errorExample(code, 'tenant'))
  response['description'] = Object.keys(examples)
    .map((name) => `\`${name}\``)
    .join(', ')
}
