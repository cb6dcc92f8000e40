import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { CallLimit, CallLimiter, LimitKey, Log } from '../application/ports.ts'
import { describeError } from './log.ts'

type Binding = Pick<RateLimit, 'limit'>

/** https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/ */
export function createCallLimiter(setup: {
  /** Null: limits are off, which only development may say. */
  bindings: Readonly<Record<CallLimit, Binding>> | null
  perMinute: Readonly<Record<CallLimit, number>>
  log: Log
}): CallLimiter {
  const { bindings, perMinute, log } = setup
  return {
    perMinute,
    keyOf: (counted) => bytesToHex(sha256(utf8ToBytes(counted))) as LimitKey,
    async admit(limit, key) {
      if (bindings === null) return true
      try {
        return (await bindings[limit].limit({ key })).success
      } catch (cause) {
        // An outage of the limiter must not be one of the service.
        log.warn('call_limiter_unavailable', { ...describeError(cause), kind: limit })
        return true
      }
    },
  }
}
