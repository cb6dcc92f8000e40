// A session's trail as a reviewer reads it: who did what when, and what changed. Values that the session object already
// shows (answers, results, metadata) are named here, not repeated; link hashes never appear.

import type { EpochMs } from '../time.ts'
import { unreachable } from '../result.ts'
import type { RecordedEvent, SessionEvent, SessionEventType } from './events.ts'
import type { ActorRef, JsonValue } from './state.ts'

export type AuditChange = { path: string; from: JsonValue; to: JsonValue }
export type AuditView = {
  sequence: number
  type: SessionEventType
  at: EpochMs
  actor: ActorRef
  request_id: string | null
  data: { from: string | null; to: string | null; reason: string | null; changes: AuditChange[] }
}
type AuditData = Partial<AuditView['data']>

export const auditView = ({ sequence, at, actor, request_id, event }: RecordedEvent): AuditView => ({
  sequence,
  type: event.type,
  at,
  actor,
  request_id,
  data: { from: null, to: null, reason: null, changes: [], ...auditData(event) },
})

const set = (path: string, to: JsonValue): AuditChange => ({ path, from: null, to })

function auditData(event: SessionEvent): AuditData {
  switch (event.type) {
    case 'session_created':
      return { to: event.initial.status }
    case 'status_changed':
      return { from: event.from, to: event.to, reason: event.reason ?? event.by }
    case 'consent_accepted':
      return { changes: [set('consent.version', event.version)] }
    case 'step_saved':
    case 'step_completed': {
      const status = event.type === 'step_saved' ? 'in_progress' : 'completed'
      const fields = Object.keys(event.form_data)
      return {
        changes: [
          set(`steps_data.${event.step_id}`, status),
          ...(fields.length > 0 ? [set(`steps_data.${event.step_id}.form_data`, fields)] : []),
        ],
      }
    }
    case 'step_skipped':
      return { changes: [set(`steps_data.${event.step_id}`, 'skipped')] }
    case 'steps_reopened':
      return {
        changes: event.step_ids.map((id) => ({ path: `steps_data.${id}`, from: 'completed', to: 'in_progress' })),
      }
    case 'upload_announced':
      return { changes: [set(`documents.${event.document.doc_id}`, 'pending_upload')] }
    case 'upload_confirmed':
      return {
        changes: [
          { path: `documents.${event.doc_id}`, from: 'pending_upload', to: 'uploaded' },
          ...event.replaces.map((id) => set(`documents.${id}.replaced_by`, event.doc_id)),
        ],
      }
    case 'upload_rejected':
      return {
        reason: event.rejection.code,
        changes: [{ path: `documents.${event.doc_id}`, from: 'pending_upload', to: 'rejected' }],
      }
    case 'uploads_swept':
      return { changes: event.doc_ids.map((id) => ({ path: `documents.${id}`, from: 'pending_upload', to: null })) }
    case 'document_removed':
      return { changes: [{ path: `documents.${event.doc_id}`, from: 'present', to: null }] }
    case 'document_read':
      return { changes: [set(`documents.${event.extraction.doc_id}.extraction`, 'read')] }
    case 'liveness_changed':
      return {
        changes: [
          set(`steps_data.${event.step_id}.liveness`, {
            attempts: event.liveness.used,
            passed: event.liveness.result?.passed ?? null,
          }),
        ],
      }
    case 'link_renewed':
      return { changes: [set('link.generation', event.link.generation), set('expires_at', event.expires_at)] }
    case 'expiry_extended':
    case 'link_ran_out':
      return { changes: [set('expires_at', event.expires_at)] }
    case 'corrections_requested':
      return {
        reason: event.note,
        changes: event.corrections.map((item) => set(`corrections.${item.correction_id}`, item.message)),
      }
    case 'correction_changed':
      return {
        changes: event.changes.map((change) => ({
          path: `corrections.${event.correction_id}.${change.field_id ?? change.document_type ?? ''}`,
          from: change.old_value,
          to: change.new_value,
        })),
      }
    case 'corrections_closed':
      return { changes: event.correction_ids.map((id) => ({ path: `corrections.${id}`, from: 'open', to: event.as })) }
    case 'details_updated':
      return {
        changes: [
          set('metadata', Object.keys(event.metadata)),
          set('client_id', event.client_id),
          ...(event.note === null ? [] : [set('notes', event.note.text)]),
        ],
      }
    case 'decision_made':
      return { reason: event.decision.reason, changes: [set('final_decision', event.final_decision)] }
    case 'decision_cleared':
      return { changes: [set('final_decision', null)] }
    default:
      return checkData(event)
  }
}

type CheckEvent = Extract<
  SessionEvent,
  {
    type:
      | `run_${string}`
      | `check${string}`
      | 'late_result_kept'
      | `validation_${string}`
      | `subsession_${string}`
      | 'legal_hold_changed'
      | `hit_${string}`
      | 'clearings_used'
  }
>

function checkData(event: CheckEvent): AuditData {
  switch (event.type) {
    case 'run_started':
      return { changes: [set('run', event.run.run_id)] }
    case 'check_recorded':
    case 'late_result_kept':
      return { changes: [set(`${event.owner_id}.${event.check}`, event.result.state)] }
    case 'checks_timed_out':
      return { reason: 'deadline', changes: event.checks.map((check) => set(`${event.owner_id}.${check}`, 'error')) }
    case 'run_decided':
      return {
        changes: [set('final_decision', event.results.final_decision), set('risk_score', event.results.risk_score)],
      }
    case 'validation_started':
      return { changes: [set('validations', event.validation.validation_id)] }
    case 'validation_completed':
      return {
        reason: event.blocked_by.join(', ') || null,
        changes: [set(`validations.${event.validation_id}`, 'completed')],
      }
    case 'subsession_added':
      return { changes: [set(`subsessions.${event.subsession.session_id}`, event.subsession.status)] }
    case 'subsession_removed':
      return { changes: [set(`subsessions.${event.session_id}`, null)] }
    case 'subsession_noted':
      return { changes: [set(`subsessions.${event.subsession.session_id}`, event.subsession.status)] }
    case 'legal_hold_changed':
      return { reason: event.reason, changes: [set('legal_hold', event.held)] }
    case 'hit_whitelisted':
    case 'hit_reopened': {
      const { hit_id, verdict, reason } = event.mark
      const isCleared = verdict === 'cleared'
      return { reason, changes: [{ path: `hits.${hit_id}.whitelisted`, from: !isCleared, to: isCleared }] }
    }
    case 'clearings_used':
      return {
        changes: event.uses.map((use) =>
          set(`${event.owner_id}.watchlists.hits.${use.hit_id}.whitelisted`, use.session_id),
        ),
      }
    default:
      return unreachable(event)
  }
}
