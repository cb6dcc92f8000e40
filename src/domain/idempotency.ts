// What a kept call means: how long it counts, which refusals are kept, and what a key used for something else is told.
// Where a call is kept, and what of it, is in docs/adr/0008.

import { domainError, type DomainError, type ErrorCode } from './errors.ts'
import { DAY_MS } from './time.ts'

export const KEPT_CALL_MS = DAY_MS
export const MAX_IDEMPOTENCY_KEY_CHARACTERS = 255

/** POSTs that have no effect, and of which nothing may be kept: a key has nothing to do there. */
export const EFFECTLESS_POSTS: readonly string[] = ['/kyc/screenings']

/** What would be answered 401, 403, 429 or 500, and the refusal of the key itself. */
const NEVER_KEPT: readonly ErrorCode[] = [
  'MISSING_TOKEN',
  'INVALID_TOKEN',
  'TOKEN_EXPIRED',
  'MISSING_PERMISSION',
  'LEGAL_HOLD',
  'SESSION_CLOSED',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
  'ROUTE_NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
]

export const isKeptRefusal = (code: ErrorCode): boolean => !NEVER_KEPT.includes(code)

export const keyReused = (): DomainError =>
  domainError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used for another call: send a new key, or the same method, path and body as then.',
  )
