// Everything that may be asked of a session. A command carries what a pure function cannot make: ids, hashes, facts
// observed outside. `now` and the workflow come beside it (decide.ts).

import type { CheckResult, DocumentExtraction, LivenessVerdict } from '../decision/check-results.ts'
import type { DocumentWarning } from '../document/document.ts'
import type { FoundWord } from '../screening/clearing.ts'
import type {
  CheckName,
  DocumentMimeType,
  DocumentSide,
  DocumentType,
  Relationship,
  StoredDocumentType,
} from '../workflow/definition.ts'
import type { EpochMs } from '../time.ts'
import type { FinalDecision, SessionStatus } from './status.ts'
import type { FormData, Metadata } from './state.ts'

/** What the service may say of an upload it looked at: size and hash as read back from storage, type by content. */
export type ObservedUpload = {
  size: number
  sha256: string
  mime_type: DocumentMimeType | null
  /** Why the file is not taken, whatever was announced. */
  problem: { code: string; message: string } | null
}

export type CorrectionRequest = {
  correction_id: string
  step_id: string
  field_ids: string[]
  document_types: string[]
  message: string
}

export type EndUserCommand =
  | { type: 'start'; consent: boolean; consent_version: string | null }
  | { type: 'save_step'; step_id: string; form_data: FormData }
  | { type: 'complete_step'; step_id: string; form_data: FormData | null }
  | { type: 'skip_step'; step_id: string }
  | {
      type: 'announce_upload'
      doc_id: string
      step_id: string
      document_type: DocumentType | StoredDocumentType | null
      field_id: string | null
      side: DocumentSide | null
      file_name: string
      mime_type: string
      size: number
      sha256: string | null
    }
  | { type: 'confirm_upload'; doc_id: string; observed: ObservedUpload | null; warnings: DocumentWarning[] }
  | { type: 'remove_document'; doc_id: string }
  /** What an engine read in it, told by the service itself. */
  | { type: 'record_extraction'; extraction: DocumentExtraction }
  | { type: 'start_liveness'; step_id: string; nonce: string; challenges: string[] }
  | { type: 'complete_liveness'; step_id: string; nonce: string; frame_doc_ids: string[]; verdict: LivenessVerdict }

export type TenantCommand =
  | {
      type: 'update'
      status: SessionStatus | null
      reason: string | null
      notes: string | null
      ttl_days: number | null
      /** Merged by top-level key; null removes. */
      metadata: Metadata | null
      client_id: string | null | undefined
      on_behalf_of: string | null
    }
  | { type: 'renew_link'; ttl_days: number | null; nonce_hash: string }
  | { type: 'extend'; ttl_days: number | null; expires_at: EpochMs | null }
  | { type: 'request_corrections'; corrections: CorrectionRequest[]; note: string | null; ttl_days: number | null }
  | { type: 'process'; rerun: boolean }
  | { type: 'validate'; checks: CheckName[] | null; explain_misses: boolean }
  | { type: 'set_legal_hold'; held: boolean; reason: string | null }
  | { type: 'whitelist_hit'; hit_id: string; reason: string }
  | { type: 'reopen_hit'; hit_id: string; reason: string | null }

export type SubsessionCommand =
  | {
      type: 'add_subsession'
      session_id: string
      relationship: Relationship
      name: string | null
      email: string | null
      step_id: string | null
      workflow_id: string
      workflow_version: number
      workflow_name: string
      total_steps: number
      ttl_days: number
      metadata: Metadata
      nonce_hash: string
    }
  | { type: 'remove_subsession'; session_id: string }
  | {
      type: 'note_subsession'
      session_id: string
      known_version: number
      status: SessionStatus
      final_decision: FinalDecision | null
      risk_score: number | null
      completed_steps: number
      total_steps: number
      expires_at: EpochMs
    }

export type SystemCommand =
  | { type: 'expire' }
  | { type: 'sweep_uploads' }
  | {
      type: 'record_result'
      /** The run or validation that the job belongs to. */
      owner_id: string
      job_id: string
      check: CheckName
      result: CheckResult
      /** What reviewers of other sessions of the same person said of its hits. */
      words?: readonly FoundWord[] | undefined
    }
  | { type: 'close_overdue_runs' }

export type SessionCommand = EndUserCommand | TenantCommand | SubsessionCommand | SystemCommand
export type SessionCommandType = SessionCommand['type']
