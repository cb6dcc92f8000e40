// What a webhook says: the session as it stood right after the change, and the form by the tenant's own keys. Pure;
// the text made here is kept and sent as it is.

import type { JsonValue, Decision, SessionState } from '../session/state.ts'
import { reviewerName } from '../session/reviewer-name.ts'
import { complianceStatusOf } from '../session/status.ts'
import type { SessionStatus } from '../session/status.ts'
import type { RecordedEvent } from '../session/events.ts'
import { SECOND_MS, isoInstant } from '../time.ts'
import type { EpochMs } from '../time.ts'
import type { WorkflowDefinition } from '../workflow/definition.ts'
import { webhookTypesOf } from './derive.ts'
import type { WebhookData, WebhookDecision, WebhookEvent, WebhookType } from './events.ts'

export function webhookEventsOf(input: {
  before: SessionState | null
  recorded: RecordedEvent
  after: SessionState
  workflow: WorkflowDefinition
  newEventId: () => string
}): WebhookEvent[] {
  const { before, recorded, after, workflow } = input
  return webhookTypesOf(recorded).map((type, index) => {
    const sequence = (before?.webhook_sequence ?? 0) + index + 1
    const data = webhookData({
      state: after,
      workflow,
      previousStatus: before?.status ?? null,
      sequence,
      at: recorded.at,
    })
    return webhookEvent({ event_id: input.newEventId(), type, sequence, at: recorded.at, data })
  })
}

export function webhookData(input: {
  state: SessionState
  workflow: WorkflowDefinition
  previousStatus: SessionStatus | null
  sequence: number
  at: EpochMs
}): WebhookData {
  const { state } = input
  return {
    session_id: state.session_id,
    workflow_id: state.workflow_id,
    workflow_name: state.workflow_name,
    status: state.status,
    compliance_status: complianceStatusOf(state.status),
    previous_status: input.previousStatus,
    custom_tags: state.custom_tags,
    metadata: state.metadata,
    client_id: state.client_id,
    parent_session_id: state.parent_session_id,
    final_decision: state.final_decision,
    decision: state.decision === null ? null : webhookDecision(state.decision),
    risk_score: state.risk_score,
    form_data: formByKey(state, input.workflow),
    sequence: input.sequence,
    occurred_at: isoInstant(input.at),
  }
}

/** The last event of an erased session: ids, tags and client_id only. */
export function deletedWebhook(input: { event_id: string; state: SessionState; at: EpochMs }): WebhookEvent {
  const { state, at } = input
  const sequence = state.webhook_sequence + 1
  const data = {
    session_id: state.session_id,
    workflow_id: state.workflow_id,
    parent_session_id: state.parent_session_id,
    custom_tags: state.custom_tags,
    client_id: state.client_id,
    sequence,
    occurred_at: isoInstant(at),
  }
  return webhookEvent({ event_id: input.event_id, type: 'kyc.session.deleted', sequence, at, data })
}

function webhookEvent(input: {
  event_id: string
  type: WebhookType
  sequence: number
  at: EpochMs
  data: object
}): WebhookEvent {
  const { event_id, type, sequence, at, data } = input
  const body = JSON.stringify({ id: event_id, type, created: Math.floor(at / SECOND_MS), data })
  return { event_id, sequence, type, occurred_at: at, body }
}

const webhookDecision = (decision: Decision): WebhookDecision => ({
  by: decision.by,
  reviewer: decision.reviewer === null ? null : reviewerName(decision.reviewer),
  on_behalf_of: decision.on_behalf_of,
  reason: decision.reason,
  decided_at: isoInstant(decision.decided_at),
})

function formByKey(state: SessionState, workflow: WorkflowDefinition): Record<string, JsonValue> {
  const entries = workflow.steps.flatMap((step): [string, JsonValue][] => {
    const kept = state.steps.find((candidate) => candidate.step_id === step.step_id)
    if (step.type !== 'form_fill' || kept === undefined || kept.completed_at === null) return []
    return step.custom_fields.flatMap((field): [string, JsonValue][] => {
      const value = kept.form_data[field.field_id]
      return value === undefined ? [] : [[field.field_key, value]]
    })
  })
  return Object.fromEntries(entries)
}
