// The words for where a session stands. Who may move it is transitions.ts.

import { unreachable } from '../result.ts'

export const SESSION_STATUSES = [
  'draft',
  'active',
  'completed',
  'processing',
  'processed',
  'expired',
  'approved',
  'rejected',
  'manual_review',
  'awaiting_client_correction',
] as const
export type SessionStatus = (typeof SESSION_STATUSES)[number]

export const COMPLIANCE_STATUSES = [
  'incomplete',
  'pending',
  'manual_review',
  'approved',
  'rejected',
  'remediation',
  'completed',
] as const
export type ComplianceStatus = (typeof COMPLIANCE_STATUSES)[number]

/** The operational inbox a status belongs to. */
export function complianceStatusOf(status: SessionStatus): ComplianceStatus {
  switch (status) {
    case 'draft':
    case 'expired':
      return 'incomplete'
    case 'active':
    case 'processing':
      return 'pending'
    case 'manual_review':
      return 'manual_review'
    case 'approved':
      return 'approved'
    case 'rejected':
      return 'rejected'
    case 'awaiting_client_correction':
      return 'remediation'
    case 'completed':
    case 'processed':
      return 'completed'
    default:
      return unreachable(status)
  }
}

export const STEP_STATUSES = ['pending', 'in_progress', 'completed', 'skipped', 'needs_correction'] as const
export type StepStatus = (typeof STEP_STATUSES)[number]

export const FINAL_DECISIONS = ['approved', 'flagged', 'manual_review', 'rejected'] as const
export type FinalDecision = (typeof FINAL_DECISIONS)[number]

export const RISK_LEVELS = ['low', 'medium', 'high'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]
