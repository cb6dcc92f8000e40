// What the person behind the link may see. Later statuses all read `completed`, without answers or documents; in
// correction only what was asked for is shown. Never a score, a result, a decision, a tenant or a reviewer.

import type { SessionDocument } from '../document/document.ts'
import type { EpochMs } from '../time.ts'
import type { WorkflowDefinition, WorkflowStep } from '../workflow/definition.ts'
import { isDocumentOpen, isFieldOpen, openItems, opensWholeStep } from './open-corrections.ts'
import type { Correction, FormData, SessionState, StepState } from './state.ts'
import type { SessionStatus, StepStatus } from './status.ts'
import { allStepsDone, currentStepIndex, totalSteps } from './steps.ts'
import { linkExpired } from './views.ts'

export type PublicStatus = 'draft' | 'active' | 'awaiting_client_correction' | 'completed'
export type NextAction = 'start' | 'complete_step' | 'wait' | 'correct' | 'done'

export type PublicDocument = Pick<
  SessionDocument,
  | 'doc_id'
  | 'step_id'
  | 'document_type'
  | 'side'
  | 'field_id'
  | 'file_name'
  | 'mime_type'
  | 'size'
  | 'status'
  | 'uploaded_at'
  | 'rejection'
  | 'warnings'
>
export type PublicStep = Pick<WorkflowStep, 'step_id' | 'name' | 'type' | 'order' | 'required'> & {
  status: StepStatus
  started_at: EpochMs | null
  completed_at: EpochMs | null
  form_data: FormData
  documents: PublicDocument[]
}
export type PublicCorrection = Pick<
  Correction,
  'correction_id' | 'step_id' | 'field_ids' | 'document_types' | 'message' | 'requested_at'
>

export type PublicView = {
  session_id: string
  workflow_name: string
  status: PublicStatus
  current_step_index: number
  total_steps: number
  steps_data: PublicStep[]
  corrections: PublicCorrection[]
  consent: SessionState['consent']
  link_expired: boolean
  expires_at: EpochMs
  language: string | null
  redirect_url: string | null
  next_action: NextAction
}

export function publicStatus(state: SessionState): PublicStatus {
  const status: SessionStatus = state.status === 'expired' ? (state.status_before_expiry ?? 'draft') : state.status
  return status === 'draft' || status === 'active' || status === 'awaiting_client_correction' ? status : 'completed'
}

export function publicView(state: SessionState, workflow: WorkflowDefinition, now: EpochMs): PublicView {
  const status = publicStatus(state)
  const items =
    status === 'awaiting_client_correction' ? state.corrections.filter((item) => item.status === 'open') : []
  return {
    session_id: state.session_id,
    workflow_name: state.workflow_name,
    status,
    // How far a closed session got in truth would tell a blocked one apart.
    current_step_index: status === 'completed' ? totalSteps(state) : currentStepIndex(state),
    total_steps: totalSteps(state),
    steps_data: workflow.steps.flatMap((definition) => {
      const step = state.steps.find((one) => one.step_id === definition.step_id)
      const isHidden = status === 'awaiting_client_correction' && step?.status !== 'needs_correction'
      return step === undefined || isHidden ? [] : [publicStep(state, definition, step, status)]
    }),
    corrections: items.map(({ correction_id, step_id, field_ids, document_types, message, requested_at }) => ({
      correction_id,
      step_id,
      field_ids,
      document_types,
      message,
      requested_at,
    })),
    consent: state.consent,
    link_expired: linkExpired(state, now),
    expires_at: state.expires_at,
    language: state.language,
    redirect_url: state.redirect_url,
    next_action: nextAction(state, workflow, status),
  }
}

function nextAction(state: SessionState, workflow: WorkflowDefinition, status: PublicStatus): NextAction {
  switch (status) {
    case 'draft':
      return 'start'
    case 'awaiting_client_correction':
      return 'correct'
    case 'completed':
      // Blocked by a validation step: to the person, a check that still goes on.
      return state.status === 'manual_review' && !allStepsDone(state) ? 'wait' : 'done'
    case 'active': {
      if (workflow.consent?.required === true && state.consent === null) return 'start'
      return workflow.steps[currentStepIndex(state)]?.type === 'validation' ? 'wait' : 'complete_step'
    }
  }
}

function publicStep(state: SessionState, definition: WorkflowStep, step: StepState, status: PublicStatus): PublicStep {
  const { step_id, name, type, order, required } = definition
  const shown =
    status === 'completed' ? { form_data: {}, documents: [] } : shownContent(state, definition, step, status)
  const { started_at, completed_at } = step
  return { step_id, name, type, order, required, status: step.status, started_at, completed_at, ...shown }
}

function shownContent(state: SessionState, definition: WorkflowStep, step: StepState, status: PublicStatus) {
  const items = status === 'awaiting_client_correction' ? openItems(state, step.step_id) : null
  const documents = state.documents
    .filter((document) => document.step_id === step.step_id && document.replaced_by === null)
    .filter((document) => items === null || isShown(definition, items, step, document))
  return { form_data: shownData(definition, items, step), documents: documents.map(publicDocument) }
}

function shownData(definition: WorkflowStep, items: Correction[] | null, step: StepState): FormData {
  if (definition.type !== 'form_fill' || items === null) return step.form_data
  const open = definition.custom_fields.filter((field) => isFieldOpen(definition, items, step.form_data, field))
  return Object.fromEntries(
    Object.entries(step.form_data).filter(([id]) => open.some((field) => field.field_id === id)),
  )
}

function isShown(definition: WorkflowStep, items: Correction[], step: StepState, document: SessionDocument): boolean {
  if (definition.type !== 'form_fill') return isDocumentOpen(definition, items, document.document_type)
  if (items.some(opensWholeStep)) return true
  const field = definition.custom_fields.find((one) => one.field_id === document.field_id)
  return field !== undefined && isFieldOpen(definition, items, step.form_data, field)
}

export const publicDocument = (document: SessionDocument): PublicDocument => ({
  doc_id: document.doc_id,
  step_id: document.step_id,
  document_type: document.document_type,
  side: document.side,
  field_id: document.field_id,
  file_name: document.file_name,
  mime_type: document.mime_type,
  size: document.size,
  status: document.status,
  uploaded_at: document.uploaded_at,
  rejection: document.rejection,
  warnings: document.warnings,
})
