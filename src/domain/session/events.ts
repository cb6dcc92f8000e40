// What happened to a session, in order. State is the fold of these (evolve.ts); the audit trail, webhooks and the
// reviewer's history are views of them. Personal data in an event dies with the session; nothing else edits one, but for
// what a parent knew of a subsession that was deleted (forget-subsession.ts).

import type { CheckResult, DocumentExtraction, HitClearing, ResultsByCheck } from '../decision/check-results.ts'
import type { DocumentWarning, SessionDocument } from '../document/document.ts'
import type { CheckName, DocumentMimeType } from '../workflow/definition.ts'
import type { EpochMs } from '../time.ts'
import type { SessionStatus } from './status.ts'
import type {
  AccessLink,
  ActorRef,
  CheckRun,
  Correction,
  CorrectionChange,
  Decision,
  FormData,
  HitMark,
  LivenessAttempts,
  Metadata,
  Note,
  ProcessingResults,
  SessionState,
  SubsessionRef,
  ValidationRecord,
} from './state.ts'
import type { Trigger } from './transitions.ts'

export type SessionEvent =
  | { type: 'session_created'; initial: SessionState }
  | { type: 'status_changed'; from: SessionStatus; to: SessionStatus; by: Trigger; reason: string | null }
  | { type: 'consent_accepted'; version: string }
  | { type: 'step_saved'; step_id: string; form_data: FormData }
  | { type: 'step_completed'; step_id: string; form_data: FormData }
  | { type: 'step_skipped'; step_id: string }
  /** Steps put back to work by a reactivation, their data kept. */
  | { type: 'steps_reopened'; step_ids: string[] }
  | { type: 'upload_announced'; document: SessionDocument }
  | {
      type: 'upload_confirmed'
      doc_id: string
      size: number
      sha256: string
      mime_type: DocumentMimeType
      warnings: DocumentWarning[]
      replaces: string[]
    }
  | { type: 'upload_rejected'; doc_id: string; rejection: { code: string; message: string } }
  | { type: 'uploads_swept'; doc_ids: string[] }
  | { type: 'document_removed'; doc_id: string }
  | { type: 'document_read'; extraction: DocumentExtraction }
  | { type: 'liveness_changed'; step_id: string; liveness: LivenessAttempts }
  | { type: 'link_renewed'; link: AccessLink; expires_at: EpochMs }
  | { type: 'expiry_extended'; expires_at: EpochMs }
  /** The link's time ran out in a status that does not expire by it. */
  | { type: 'link_ran_out'; expires_at: EpochMs }
  | { type: 'corrections_requested'; round: number; corrections: Correction[]; note: string | null }
  | { type: 'correction_changed'; correction_id: string; changes: CorrectionChange[] }
  | { type: 'corrections_closed'; correction_ids: string[]; as: 'resolved' | 'cancelled' }
  | { type: 'details_updated'; metadata: Metadata; client_id: string | null; note: Note | null }
  /** The current verdict: a reviewer's word, or the end of one that no longer holds. */
  | { type: 'decision_made'; decision: Decision; final_decision: SessionState['final_decision'] }
  /** `risk` too where the session starts over (reactivation). */
  | { type: 'decision_cleared'; risk: boolean }
  | { type: 'run_started'; run: CheckRun }
  | {
      type: 'check_recorded'
      owner_id: string
      job_id: string
      check: CheckName
      result: CheckResult
      /** Jobs that this result let go, with their ids. */
      dispatched: { check: CheckName; job_id: string }[]
    }
  /** The deadline of a run or validation passed: each check named here counts as the `error` beside it. */
  | { type: 'checks_timed_out'; owner_id: string; checks: CheckName[]; results: ResultsByCheck }
  /** A result nobody waits for any more: kept as evidence, never decides. */
  | { type: 'late_result_kept'; owner_id: string; job_id: string; check: CheckName; result: CheckResult }
  | { type: 'run_decided'; run_id: string; results: ProcessingResults; decision: Decision | null }
  | { type: 'validation_started'; validation: ValidationRecord }
  | { type: 'validation_completed'; validation_id: string; blocked_by: string[] }
  | {
      type: 'subsession_added'
      subsession: SubsessionRef
      email: string | null
      /** The child's, with `user_name` and `user_email` in it. */
      metadata: Metadata
      nonce_hash: string
      workflow_version: number
      workflow_name: string
      ttl_days: number
    }
  | { type: 'subsession_removed'; session_id: string }
  | { type: 'subsession_noted'; subsession: SubsessionRef }
  | { type: 'legal_hold_changed'; held: boolean; reason: string | null }
  | { type: 'hit_whitelisted'; mark: HitMark }
  | { type: 'hit_reopened'; mark: HitMark }
  /** A run or validation took these hits for cleared, each by the word of a reviewer of the session named beside it. */
  | { type: 'clearings_used'; owner_id: string; uses: ({ hit_id: string } & HitClearing)[] }

export type SessionEventType = SessionEvent['type']

/** An event in its place in the trail. */
export type RecordedEvent = {
  sequence: number
  at: EpochMs
  actor: ActorRef
  request_id: string | null
  event: SessionEvent
}
