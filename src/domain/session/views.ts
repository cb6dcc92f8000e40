// A session as the tenant's lists show it, and whether its link still opens it. The end user's view is public-view.ts,
// the trail's is audit-view.ts.

import type { EpochMs } from '../time.ts'
import type { SessionState } from './state.ts'
import { complianceStatusOf } from './status.ts'
import type { ComplianceStatus } from './status.ts'
import { completedSteps, currentStepIndex, totalSteps } from './steps.ts'
import { subsessionCounts } from './subsession-counts.ts'

export const linkExpired = (state: SessionState, now: EpochMs): boolean =>
  state.status === 'expired' || now >= state.expires_at

type Shown =
  | 'session_id'
  | 'workflow_id'
  | 'workflow_version'
  | 'workflow_name'
  | 'status'
  | 'version'
  | 'metadata'
  | 'custom_tags'
  | 'client_id'
  | 'language'
  | 'redirect_url'
  | 'parent_session_id'
  | 'relationship'
  | 'consent'
  | 'expires_at'
  | 'created_at'
  | 'updated_at'
  | 'completed_at'
  | 'processed_at'
  | 'final_decision'
  | 'decision'
  | 'risk_score'
  | 'risk_level'
  | 'automation_flags'

export type SessionRowView = Pick<SessionState, Shown> & {
  compliance_status: ComplianceStatus
  current_step_index: number
  total_steps: number
  completed_steps: number
  open_corrections: number
  subsessions: { total: number; completed: number }
}

export const sessionRow = (state: SessionState): SessionRowView => ({
  session_id: state.session_id,
  workflow_id: state.workflow_id,
  workflow_version: state.workflow_version,
  workflow_name: state.workflow_name,
  status: state.status,
  compliance_status: complianceStatusOf(state.status),
  version: state.version,
  current_step_index: currentStepIndex(state),
  total_steps: totalSteps(state),
  completed_steps: completedSteps(state),
  open_corrections: state.corrections.filter((item) => item.status === 'open').length,
  metadata: state.metadata,
  custom_tags: state.custom_tags,
  client_id: state.client_id,
  language: state.language,
  redirect_url: state.redirect_url,
  parent_session_id: state.parent_session_id,
  relationship: state.relationship,
  subsessions: subsessionCounts(state),
  consent: state.consent,
  expires_at: state.expires_at,
  created_at: state.created_at,
  updated_at: state.updated_at,
  completed_at: state.completed_at,
  processed_at: state.processed_at,
  final_decision: state.final_decision,
  decision: state.decision,
  risk_score: state.risk_score,
  risk_level: state.risk_level,
  automation_flags: state.automation_flags,
})
