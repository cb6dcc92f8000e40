// A new session: its first state, event 1 of its trail and webhook event 1. It decides defaults (time to live, language,
// the tags' snapshot), not whether the caller may create one.

import { DAY_MS } from '../time.ts'
import type { EpochMs } from '../time.ts'
import type { WebhookEvent } from '../webhook/events.ts'
import { webhookEventsOf } from '../webhook/payload.ts'
import type { Relationship, WorkflowVersion } from '../workflow/definition.ts'
import type { RecordedEvent } from './events.ts'
import type { ActorRef, Metadata, Mode, SessionState } from './state.ts'

export const DEFAULT_TTL_DAYS = 7

export type CreateSessionInput = {
  session_id: string
  tenant_id: string
  mode: Mode
  workflow: Pick<WorkflowVersion, 'workflow_id' | 'version' | 'definition'>
  /** Null = the workflow's, else 7. */
  ttl_days: number | null
  /** SHA-256 of the link's nonce; the token itself is never kept. */
  nonce_hash: string
  metadata: Metadata
  client_id: string | null
  language: string | null
  redirect_url: string | null
  /** `depth` is the parent's own: a root has 0. */
  parent: { session_id: string; relationship: Relationship; depth: number } | null
  now: EpochMs
  actor: ActorRef
  request_id: string | null
  /** A fresh `evt_…`. */
  newEventId: () => string
}

export const ttlDaysOf = (asked: number | null, workflow: Pick<WorkflowVersion, 'definition'>): number =>
  asked ?? workflow.definition.ttl_days ?? DEFAULT_TTL_DAYS

export function createSession(input: CreateSessionInput): {
  state: SessionState
  recorded: RecordedEvent
  webhooks: WebhookEvent[]
} {
  const { now, actor, request_id, workflow, newEventId } = input
  const state = initialState(input)
  const recorded: RecordedEvent = {
    sequence: 1,
    at: now,
    actor,
    request_id,
    event: { type: 'session_created', initial: state },
  }
  const webhooks = webhookEventsOf({ before: null, recorded, after: state, workflow: workflow.definition, newEventId })
  return { state, recorded, webhooks }
}

function initialState(input: CreateSessionInput): SessionState {
  const { now, parent } = input
  const { workflow_id, version, definition } = input.workflow
  const ttlDays = ttlDaysOf(input.ttl_days, input.workflow)
  return {
    session_id: input.session_id,
    tenant_id: input.tenant_id,
    mode: input.mode,
    workflow_id,
    workflow_version: version,
    workflow_name: definition.name,
    status: 'draft',
    status_before_expiry: null,
    version: 1,
    webhook_sequence: 1,
    steps: definition.steps.map((step) => ({
      step_id: step.step_id,
      type: step.type,
      status: 'pending',
      started_at: null,
      completed_at: null,
      form_data: {},
      liveness: null,
    })),
    documents: [],
    corrections: [],
    correction_round: 0,
    notes: [],
    metadata: input.metadata,
    custom_tags: [...definition.custom_tags],
    client_id: input.client_id,
    language: input.language ?? definition.language,
    redirect_url: input.redirect_url,
    parent_session_id: parent?.session_id ?? null,
    relationship: parent?.relationship ?? null,
    depth: parent === null ? 0 : parent.depth + 1,
    subsessions: [],
    consent: null,
    link: { generation: 1, nonce_hash: input.nonce_hash, ttl_days: ttlDays, issued_at: now },
    expires_at: now + ttlDays * DAY_MS,
    link_expiry_noted: false,
    created_at: now,
    updated_at: now,
    started_at: null,
    completed_at: null,
    processed_at: null,
    final_decision: null,
    decision: null,
    risk_score: null,
    risk_level: null,
    automation_flags: [],
    run: null,
    validations: [],
    processing_results: null,
    checks_ended: [],
    legal_hold: false,
  }
}
