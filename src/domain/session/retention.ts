// When a tenant's retention time may take a session: from what it counts, and which sessions never go by themselves. It
// does not decide how long the time is (the tenant's `retention_days`), nor what erasing means.

import { civilDateToDays, DAY_MS, type EpochMs } from '../time.ts'
import type { SessionState } from './state.ts'

/** What of a session the decision hangs on. */
export type RetentionFacts = Pick<
  SessionState,
  'session_id' | 'version' | 'status' | 'updated_at' | 'legal_hold' | 'metadata'
>

/** Where the tenant says, as `YYYY-MM-DD`, when the business relationship with an approved customer ended. */
export const RELATIONSHIP_END_KEY = 'relationship_ended_on'

/**
 * From when the time of a session that nobody belongs to as a subsession counts; null while it does not. An approved one
 * counts from the end of the relationship (Directive (EU) 2015/849, Article 40): that only the tenant knows. Whatever
 * waits for a person, for a run or for the tenant's own system has no such instant.
 */
export function retentionFrom(state: Omit<RetentionFacts, 'session_id' | 'version'>): EpochMs | null {
  if (state.legal_hold) return null
  switch (state.status) {
    case 'rejected':
    case 'expired':
      return state.updated_at
    case 'approved': {
      const ended = state.metadata[RELATIONSHIP_END_KEY]
      const days = typeof ended === 'string' ? civilDateToDays(ended) : null
      return days === null ? null : (days + 1) * DAY_MS
    }
    default:
      return null
  }
}

const FINAL: readonly SessionState['status'][] = ['approved', 'rejected', 'expired']

/** A family goes as a whole or not at all: each member is final, free of a hold and unchanged since `before`. */
export function isFamilyDue(root: RetentionFacts, descendants: readonly RetentionFacts[], before: EpochMs): boolean {
  const from = retentionFrom(root)
  if (from === null || from > before) return false
  // A subsession's relationship is its root's: an approved owner goes with the company.
  return descendants.every(
    ({ status, legal_hold, updated_at }) => FINAL.includes(status) && !legal_hold && updated_at <= before,
  )
}
