// The events that a tenant is told of, by name and shape (contract §6). Which change makes which event is derive.ts;
// signing and delivery are elsewhere.

import type { JsonValue, Metadata } from '../session/state.ts'
import type { ComplianceStatus, FinalDecision, SessionStatus } from '../session/status.ts'
import type { EpochMs } from '../time.ts'

export const WEBHOOK_TYPES = [
  'kyc.session.created',
  'kyc.session.started',
  'kyc.session.completed',
  'kyc.session.processed',
  'kyc.session.approved',
  'kyc.session.rejected',
  'kyc.session.manual_review',
  'kyc.session.corrections_requested',
  'kyc.session.corrections_resolved',
  'kyc.session.reactivated',
  'kyc.session.link_expired',
  'kyc.session.expired',
  'kyc.session.watchlist_hit',
  'kyc.session.deleted',
] as const
export type WebhookType = (typeof WEBHOOK_TYPES)[number]

/** One event in its place: `sequence` is gap-free per session, `body` is the exact text that is signed and sent. */
export type WebhookEvent = {
  event_id: string
  sequence: number
  type: WebhookType
  occurred_at: EpochMs
  body: string
}

export type WebhookDecision = {
  by: 'automation' | 'reviewer'
  reviewer: string | null
  on_behalf_of: string | null
  reason: string | null
  decided_at: string
}

export type WebhookData = {
  session_id: string
  workflow_id: string
  workflow_name: string
  status: SessionStatus
  compliance_status: ComplianceStatus
  previous_status: SessionStatus | null
  custom_tags: string[]
  metadata: Metadata
  client_id: string | null
  parent_session_id: string | null
  final_decision: FinalDecision | null
  decision: WebhookDecision | null
  risk_score: number | null
  /** By field_key, of forms that were completed. */
  form_data: Record<string, JsonValue>
  sequence: number
  occurred_at: string
}
