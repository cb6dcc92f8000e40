import type { SessionState } from '../../domain/session/state.ts'
import type { ComplianceStatus, FinalDecision, RiskLevel, SessionStatus } from '../../domain/session/status.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { CheckName } from '../../domain/workflow/definition.ts'

/** A session as lists show it. */
export type SessionRow = {
  session_id: string
  workflow_id: string
  workflow_version: number
  workflow_name: string
  status: SessionStatus
  compliance_status: ComplianceStatus
  version: number
  current_step_index: number
  total_steps: number
  completed_steps: number
  open_corrections: number
  metadata: SessionState['metadata']
  custom_tags: string[]
  client_id: string | null
  language: string | null
  redirect_url: string | null
  parent_session_id: string | null
  relationship: SessionState['relationship']
  subsessions: { total: number; completed: number }
  consent: SessionState['consent']
  expires_at: EpochMs
  created_at: EpochMs
  updated_at: EpochMs
  completed_at: EpochMs | null
  processed_at: EpochMs | null
  final_decision: FinalDecision | null
  decision: SessionState['decision']
  risk_score: number | null
  risk_level: RiskLevel | null
  automation_flags: SessionState['automation_flags']
}

export type SessionSort = { column: 'created_at' | 'updated_at' | 'risk_score'; descends: boolean }
export type SessionFilter = {
  status?: SessionStatus[]
  compliance_status?: ComplianceStatus[]
  final_decision?: (FinalDecision | 'none')[]
  workflow_id?: string[]
  client_id?: string[]
  parent_session_id?: string | 'none'
  tag?: string[]
  risk_min?: number
  risk_max?: number
  created_from?: EpochMs
  created_to?: EpochMs
  updated_from?: EpochMs
  updated_to?: EpochMs
  q?: string
}
export type SessionPosition = { value: number | null; session_id: string }
export type SessionListQuery = {
  filter: SessionFilter
  sort: SessionSort
  limit: number
  after: SessionPosition | null
  includeSummary: boolean
}
export type SessionSummary = {
  status_counts: Record<SessionStatus, number>
  inbox_counts: Record<ComplianceStatus, number>
  total: number
  avg_risk_score: number | null
  sessions_with_risk_score: number
  validation_counts: Record<CheckName, number>
}
