// What a parent learns of a child: where it stands, and from which of the child's versions this is known.

import type { SessionCommand } from './commands.ts'
import type { SessionState } from './state.ts'
import { completedSteps, totalSteps } from './steps.ts'

export const parentNotice = (child: SessionState): Extract<SessionCommand, { type: 'note_subsession' }> => ({
  type: 'note_subsession',
  session_id: child.session_id,
  known_version: child.version,
  status: child.status,
  final_decision: child.final_decision,
  risk_score: child.risk_score,
  completed_steps: completedSteps(child),
  total_steps: totalSteps(child),
  expires_at: child.expires_at,
})
