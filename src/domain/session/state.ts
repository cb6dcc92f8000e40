// Everything a session is. This object is what the session object stores, what D1 keeps a copy of, and what every
// answer is a view of. Instants are epoch milliseconds; names are the contract's.

import type { SessionDocument } from '../document/document.ts'
import type { CheckResults, LivenessResult, ResultsByCheck } from '../decision/check-results.ts'
import type { OwnWord } from '../screening/clearing.ts'
import type { CheckName, Relationship, StepType } from '../workflow/definition.ts'
import type { EpochMs } from '../time.ts'
import type { FinalDecision, RiskLevel, SessionStatus, StepStatus } from './status.ts'

export const MODES = ['live', 'test'] as const
export type Mode = (typeof MODES)[number]

export const ACTOR_TYPES = ['api_key', 'user', 'end_user', 'system'] as const
/** Who did something: an API key, a reviewer known by JWT, the person behind the link, or the service itself. */
export type ActorRef = { type: (typeof ACTOR_TYPES)[number]; id: string; name: string | null }

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }
export type Metadata = { [key: string]: JsonValue }
export type FormData = { [fieldId: string]: JsonValue }

export type StepState = {
  step_id: string
  type: StepType
  status: StepStatus
  started_at: EpochMs | null
  completed_at: EpochMs | null
  /** By field_id; what was last saved. */
  form_data: FormData
  liveness: LivenessAttempts | null
}

export type LivenessAttempts = {
  used: number
  /** The challenge being answered: drawn by the server, bound to its nonce. */
  open: { nonce: string; challenges: string[]; started_at: EpochMs; expires_at: EpochMs } | null
  result: LivenessResult | null
  /** What held before a correction round asked for it anew; put back when the round is cancelled. */
  before_correction?: LivenessResult | undefined
}

export type Correction = {
  correction_id: string
  round: number
  step_id: string
  /** Empty together with document_types = the whole step. */
  field_ids: string[]
  document_types: string[]
  message: string
  note: string | null
  status: 'open' | 'resolved' | 'cancelled'
  requested_at: EpochMs
  requested_by: ActorRef
  resolved_at: EpochMs | null
  /** What each touched field and document was before and after, for the reviewer. */
  changes: CorrectionChange[]
}
export type CorrectionChange = {
  field_id: string | null
  document_type: string | null
  old_value: JsonValue
  new_value: JsonValue
  at: EpochMs
  by: ActorRef
}

export type Note = { text: string; by: ActorRef; at: EpochMs }

export type AutomationFlag = { rule: string; action: string; reason: string }
export type RiskFactor = { factor: string; points: number; evidence: string }

/** One piece of work of a run. `job_id` = hash of run, check and inputs; a result under another id never decides. */
export type RunJob = {
  job_id: string
  check: CheckName
  /** `missed`: the deadline passed first; its late result is kept as evidence once. */
  status: 'waiting' | 'sent' | 'done' | 'missed'
}

export type CheckRun = {
  run_id: string
  started_at: EpochMs
  /** The alarm closes the run then, missing checks as `error`. */
  deadline_at: EpochMs
  jobs: RunJob[]
  results: ResultsByCheck
  /** Null while the run goes on. A closed run stays until the next, so that a repeated result is known as one. */
  closed_at: EpochMs | null
  /** The status the run began from, and who asked. */
  started_from: SessionStatus
  requested_by: ActorRef
}

export type SubsessionCounts = { total: number; completed: number }

export type ProcessingResults = {
  extraction_results: CheckResults['extraction'] | null
  cross_validation: CheckResults['cross_validation'] | null
  face_match_result: CheckResults['face_match'] | null
  liveness_result: CheckResults['liveness'] | null
  external_validations: {
    watchlists: CheckResults['watchlists'] | null
    crypto: CheckResults['crypto'] | null
    adverse_media: CheckResults['adverse_media'] | null
  }
  web_validation_results: CheckResults['web_validation'] | null
  subsessions: SubsessionCounts & { rejected: number; not_approved: number }
  final_decision: FinalDecision | null
  risk_score: number
  risk_level: RiskLevel
  risk_factors: RiskFactor[]
  automation_flags: AutomationFlag[]
  started_at: EpochMs
  completed_at: EpochMs
  superseded_at: EpochMs | null
}

/** A stand-alone set of checks (POST validate, or a `validation` step): evidence, never a decision. */
export type ValidationRecord = {
  validation_id: string
  /** Set when a `validation` step asked for it. */
  step_id: string | null
  status: 'running' | 'completed'
  explain_misses: boolean
  jobs: RunJob[]
  results: ResultsByCheck
  started_at: EpochMs
  deadline_at: EpochMs
  completed_at: EpochMs | null
}

/** A reviewer's last word on a watchlist hit, with what it was given for. */
export type HitMark = OwnWord & {
  list: string
  reference: string
  subject_name: string
  reason: string | null
  by: ActorRef
}

export type Decision = {
  by: 'automation' | 'reviewer'
  reviewer: ActorRef | null
  on_behalf_of: string | null
  reason: string | null
  decided_at: EpochMs
}

/** The one live access link. The token itself is never kept: its nonce's SHA-256 and its generation are. */
export type AccessLink = { generation: number; nonce_hash: string; ttl_days: number; issued_at: EpochMs }

/** What a parent remembers of a child; the child's own object owns the rest. */
export type SubsessionRef = {
  session_id: string
  workflow_id: string
  relationship: Relationship
  name: string | null
  step_id: string | null
  status: SessionStatus
  final_decision: FinalDecision | null
  risk_score: number | null
  completed_steps: number
  total_steps: number
  expires_at: EpochMs
  created_at: EpochMs
  /** The child's version this is known from; an older notice changes nothing. */
  known_version: number
}

export const MAX_SUBSESSION_DEPTH = 3
export const MAX_STATE_BYTES = 1024 * 1024
export const MAX_VALIDATIONS_KEPT = 20
export const RUN_DEADLINE_MS = 10 * 60_000

export type SessionState = {
  session_id: string
  tenant_id: string
  mode: Mode
  workflow_id: string
  workflow_version: number
  workflow_name: string
  status: SessionStatus
  status_before_expiry: 'draft' | 'active' | 'awaiting_client_correction' | null
  /** Sequence of the last event in the session's trail, where `session_created` is 1. Also the ETag. */
  version: number
  /** Number of the last webhook event of the session; gap-free. */
  webhook_sequence: number
  steps: StepState[]
  documents: SessionDocument[]
  corrections: Correction[]
  correction_round: number
  notes: Note[]
  metadata: Metadata
  custom_tags: string[]
  client_id: string | null
  language: string | null
  redirect_url: string | null
  parent_session_id: string | null
  relationship: Relationship | null
  depth: number
  subsessions: SubsessionRef[]
  consent: { version: string; accepted_at: EpochMs } | null
  link: AccessLink
  expires_at: EpochMs
  /** The link ran out in a status that does not expire, and that was said once. */
  link_expiry_noted: boolean
  created_at: EpochMs
  updated_at: EpochMs
  started_at: EpochMs | null
  completed_at: EpochMs | null
  processed_at: EpochMs | null
  final_decision: FinalDecision | null
  decision: Decision | null
  risk_score: number | null
  risk_level: RiskLevel | null
  automation_flags: AutomationFlag[]
  run: CheckRun | null
  validations: ValidationRecord[]
  processing_results: ProcessingResults | null
  /** Checks that ever ended `ok` or `stale`; the list's `validation_counts`. */
  checks_ended: CheckName[]
  legal_hold: boolean
  /** One a hit. Left out by sessions from before there were any. */
  hit_marks?: HitMark[] | undefined
}
