import type { SessionRow, SessionSnapshot } from '../../application/ports.ts'
import type { CreatedSession } from '../../application/sessions/create-session.ts'
import { reviewerName } from '../../domain/session/reviewer-name.ts'
import type { Correction, Decision, SessionState } from '../../domain/session/state.ts'
import { sessionRow } from '../../domain/session/views.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'
import type { CorrectionBody, CreatedSessionBody, SessionBody, SessionRowBody, StepBody } from '../schemas/session.ts'
import { presentProcessingResults, presentValidation } from './checks.ts'
import { presentDocument } from './document.ts'
import { iso, isoOrNull } from './time.ts'

export function presentRow(row: SessionRow, now: EpochMs): SessionRowBody {
  return {
    session_id: row.session_id,
    workflow_id: row.workflow_id,
    workflow_version: row.workflow_version,
    workflow_name: row.workflow_name,
    status: row.status,
    compliance_status: row.compliance_status,
    version: row.version,
    current_step_index: row.current_step_index,
    total_steps: row.total_steps,
    completed_steps: row.completed_steps,
    open_corrections: row.open_corrections,
    metadata: row.metadata,
    custom_tags: row.custom_tags,
    client_id: row.client_id,
    language: row.language,
    redirect_url: row.redirect_url,
    parent_session_id: row.parent_session_id,
    relationship: row.relationship,
    subsessions: { total: row.subsessions.total, completed: row.subsessions.completed },
    consent: row.consent === null ? null : { version: row.consent.version, accepted_at: iso(row.consent.accepted_at) },
    link_expired: now >= row.expires_at,
    expires_at: iso(row.expires_at),
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
    completed_at: isoOrNull(row.completed_at),
    processed_at: isoOrNull(row.processed_at),
    final_decision: row.final_decision,
    decision: row.decision === null ? null : presentDecision(row.decision),
    risk_score: row.risk_score,
    risk_level: row.risk_level,
    automation_flags: row.automation_flags,
  }
}

/** The whole object. Link hashes, job ids, the run and the webhook counter have no place in it. */
export function presentSession({ state, workflow }: SessionSnapshot, now: EpochMs): SessionBody {
  return {
    ...presentRow(sessionRow(state), now),
    steps_data: presentSteps(state, workflow),
    corrections: state.corrections.map(presentCorrection),
    notes: state.notes.map((note) => ({ text: note.text, by: note.by, at: iso(note.at) })),
    validations: state.validations.map(presentValidation),
    processing_results: state.processing_results === null ? null : presentProcessingResults(state.processing_results),
  }
}

export const presentCreated = (created: CreatedSession, now: EpochMs): CreatedSessionBody => ({
  ...presentSession(created, now),
  access_token: created.accessToken,
  access_link: created.accessLink,
})

const presentSteps = (state: SessionState, workflow: WorkflowDefinition): StepBody[] =>
  workflow.steps.flatMap((step) => {
    const progress = state.steps.find((candidate) => candidate.step_id === step.step_id)
    if (progress === undefined) return []
    const documents = state.documents.filter(
      (document) => document.step_id === step.step_id && document.status !== 'pending_upload',
    )
    return [
      {
        step_id: step.step_id,
        name: step.name,
        type: step.type,
        order: step.order,
        required: step.required,
        status: progress.status,
        started_at: isoOrNull(progress.started_at),
        completed_at: isoOrNull(progress.completed_at),
        form_data: progress.form_data,
        documents: documents.map(presentDocument),
      },
    ]
  })

const presentDecision = (decision: Decision): NonNullable<SessionRowBody['decision']> => ({
  by: decision.by,
  reviewer: decision.reviewer === null ? null : reviewerName(decision.reviewer),
  on_behalf_of: decision.on_behalf_of,
  reason: decision.reason,
  decided_at: iso(decision.decided_at),
})

const presentCorrection = (correction: Correction): CorrectionBody => ({
  correction_id: correction.correction_id,
  round: correction.round,
  step_id: correction.step_id,
  field_ids: correction.field_ids,
  document_types: correction.document_types,
  message: correction.message,
  note: correction.note,
  status: correction.status,
  requested_at: iso(correction.requested_at),
  requested_by: correction.requested_by,
  resolved_at: isoOrNull(correction.resolved_at),
  changes: correction.changes.map((change) => ({ ...change, at: iso(change.at) })),
})
