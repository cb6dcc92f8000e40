// How big a session is, and that it may not outgrow its cap. Which results are stored apart is the storage's matter.

import { domainError } from '../errors.ts'
import type { DomainError } from '../errors.ts'
import { MAX_STATE_BYTES } from './state.ts'
import type { SessionState } from './state.ts'

/** UTF-8 bytes of the state as JSON. */
export const stateBytes = (state: SessionState): number => new TextEncoder().encode(JSON.stringify(state)).length

export function sizeRefusal(state: SessionState): DomainError | null {
  const bytes = stateBytes(state)
  if (bytes <= MAX_STATE_BYTES) return null
  return domainError(
    'INVALID_REQUEST',
    `This would bring the session to ${bytes} bytes; a session holds at most ${MAX_STATE_BYTES}. Send less data.`,
  )
}
