import type { SessionState } from '../../domain/session/state.ts'
import { complianceStatusOf } from '../../domain/session/status.ts'
import { isSubsessionCompleted, subsessionCounts } from '../../domain/session/subsession-counts.ts'
import type { SubsessionListBody } from '../schemas/subsessions.ts'
import { iso } from './time.ts'

/** What the parent last heard of each child. No children are not "all completed". */
export function presentSubsessions(parent: SessionState): SubsessionListBody {
  const { total, completed } = subsessionCounts(parent)
  return {
    subsessions: parent.subsessions.map((child) => ({
      session_id: child.session_id,
      relationship: child.relationship,
      name: child.name,
      status: child.status,
      compliance_status: complianceStatusOf(child.status),
      completed_steps: child.completed_steps,
      total_steps: child.total_steps,
      is_completed: isSubsessionCompleted(child.status),
      final_decision: child.final_decision,
      risk_score: child.risk_score,
      expires_at: iso(child.expires_at),
      created_at: iso(child.created_at),
    })),
    total,
    completed,
    all_completed: total > 0 && completed === total,
  }
}
