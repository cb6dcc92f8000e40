// What an event makes of a session. Total and pure: it checks nothing (decide.ts did), never fails, and replaying a
// trail gives the state that was stored. Parts of the state that have rules of their own are in evolve-*.ts.

import { unreachable } from '../result.ts'
import { webhookSequenceAfter } from '../webhook/derive.ts'
import type { RecordedEvent, SessionEvent } from './events.ts'
import { evolveChecks } from './evolve-checks.ts'
import { evolveCorrections } from './evolve-corrections.ts'
import { evolveDocuments } from './evolve-documents.ts'
import { evolveSteps } from './evolve-steps.ts'
import { evolveSubsessions } from './evolve-subsessions.ts'
import { withMark } from './hits-on-record.ts'
import type { SessionState } from './state.ts'

export function evolve(state: SessionState | null, recorded: RecordedEvent): SessionState {
  const next = {
    version: recorded.sequence,
    webhook_sequence: webhookSequenceAfter(state, recorded),
    updated_at: recorded.at,
  }
  const { event } = recorded
  if (event.type === 'session_created') return { ...event.initial, ...next }
  if (state === null) throw new Error(`evolve: a trail begins with session_created, not ${event.type}`)
  return { ...applied(state, recorded, event), ...next }
}

function applied(
  state: SessionState,
  recorded: RecordedEvent,
  event: Exclude<SessionEvent, { type: 'session_created' }>,
): SessionState {
  switch (event.type) {
    case 'status_changed':
      return withStatus(state, event, recorded.at)
    case 'consent_accepted':
      return { ...state, consent: { version: event.version, accepted_at: recorded.at } }
    case 'step_saved':
    case 'step_completed':
    case 'step_skipped':
    case 'steps_reopened':
    case 'liveness_changed':
      return evolveSteps(state, event, recorded.at)
    case 'upload_announced':
    case 'upload_confirmed':
    case 'upload_rejected':
    case 'uploads_swept':
    case 'document_removed':
    case 'document_read':
      return evolveDocuments(state, event, recorded.at)
    case 'link_renewed':
      return { ...state, link: event.link, ...withExpiry(state, event.expires_at, recorded.at) }
    case 'expiry_extended':
      return { ...state, ...withExpiry(state, event.expires_at, recorded.at) }
    case 'link_ran_out':
      return { ...state, link_expiry_noted: true }
    case 'corrections_requested':
    case 'correction_changed':
    case 'corrections_closed':
      return evolveCorrections(state, event, recorded.at)
    case 'details_updated':
      return {
        ...state,
        metadata: event.metadata,
        client_id: event.client_id,
        notes: event.note === null ? state.notes : [...state.notes, event.note],
      }
    case 'decision_made':
      return { ...state, decision: event.decision, final_decision: event.final_decision }
    case 'decision_cleared': {
      const cleared = { ...state, decision: null, final_decision: null }
      return event.risk ? { ...cleared, risk_score: null, risk_level: null, automation_flags: [] } : cleared
    }
    case 'run_started':
    case 'check_recorded':
    case 'checks_timed_out':
    case 'late_result_kept':
    case 'run_decided':
    case 'validation_started':
    case 'validation_completed':
      return evolveChecks(state, event, recorded.at)
    case 'subsession_added':
    case 'subsession_removed':
    case 'subsession_noted':
      return evolveSubsessions(state, event, recorded.at)
    case 'hit_whitelisted':
    case 'hit_reopened':
      return withMark(state, event.mark)
    case 'clearings_used':
      return state
    case 'legal_hold_changed':
      return { ...state, legal_hold: event.held }
    default:
      return unreachable(event)
  }
}

const withExpiry = (state: SessionState, expiresAt: number, at: number) => ({
  expires_at: expiresAt,
  link_expiry_noted: expiresAt > at ? false : state.link_expiry_noted,
})

function withStatus(
  state: SessionState,
  event: Extract<SessionEvent, { type: 'status_changed' }>,
  at: number,
): SessionState {
  const next: SessionState = { ...state, status: event.to }
  if (event.from === 'expired') next.status_before_expiry = null
  switch (event.to) {
    case 'expired': {
      const { from } = event
      const isRestorable = from === 'draft' || from === 'active' || from === 'awaiting_client_correction'
      return { ...next, status_before_expiry: isRestorable ? from : null }
    }
    case 'active': {
      const started = { ...next, started_at: state.started_at ?? at }
      const isReactivation = event.from === 'rejected' || event.from === 'manual_review'
      return isReactivation ? { ...started, completed_at: null, processed_at: null } : started
    }
    case 'completed':
      return { ...next, completed_at: at }
    default:
      return event.by === 'decision' ? { ...next, processed_at: at } : next
  }
}
