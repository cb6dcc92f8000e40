// How far the children of a session are, by what the parent last heard of them.

import type { SessionState, SubsessionCounts } from './state.ts'
import type { SessionStatus } from './status.ts'

const COMPLETED: readonly SessionStatus[] = [
  'completed',
  'processing',
  'processed',
  'manual_review',
  'approved',
  'rejected',
]

export const isSubsessionCompleted = (status: SessionStatus): boolean => COMPLETED.includes(status)

export const subsessionCounts = (state: SessionState): SubsessionCounts => ({
  total: state.subsessions.length,
  completed: state.subsessions.filter((child) => isSubsessionCompleted(child.status)).length,
})
