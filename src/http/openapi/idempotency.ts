// What every POST of a tenant takes beside what its route says: the Idempotency-Key, told once for all of them.

import { MAX_IDEMPOTENCY_KEY_CHARACTERS } from '../../domain/idempotency.ts'
import { isObject, objectAt } from './json.ts'
import type { JsonObject } from './json.ts'

export const IDEMPOTENCY_PARAMETERS: JsonObject = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Makes the call safe to repeat for 24 hours: the same key with the same method, path and body has one effect and one answer; with others it is refused as IDEMPOTENCY_KEY_REUSED.',
    schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY_CHARACTERS },
    example: 'order-4711-kyc',
  },
}

export const IDEMPOTENCY_HEADERS: JsonObject = {
  IdempotentReplayed: {
    description: 'There when this is the answer of an earlier call under the same Idempotency-Key.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
}

export function offerIdempotency(operation: JsonObject, path: string, method: string): void {
  if (method !== 'post' || !path.startsWith('/kyc/')) return
  const named = Array.isArray(operation['parameters']) ? operation['parameters'] : []
  operation['parameters'] = [...named, { $ref: '#/components/parameters/IdempotencyKey' }]
  for (const [status, response] of Object.entries(objectAt(operation, 'responses'))) {
    if (!isObject(response) || !status.startsWith('2')) continue
    response['headers'] = {
      ...objectAt(response, 'headers'),
      'Idempotent-Replayed': { $ref: '#/components/headers/IdempotentReplayed' },
    }
  }
}
