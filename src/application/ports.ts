// What the use cases need of the world. Adapters are in platform/; each port has a fake or a real local twin in tests.

import type { CheckInputs, CheckResult } from '../domain/decision/check-results.ts'
import type { DomainError } from '../domain/errors.ts'
import type { Result } from '../domain/result.ts'
import type { SessionCommand } from '../domain/session/commands.ts'
import type { RecordedEvent } from '../domain/session/events.ts'
import type { ActorRef, Mode, SessionState } from '../domain/session/state.ts'
import type { ComplianceStatus, FinalDecision, RiskLevel, SessionStatus } from '../domain/session/status.ts'
import type { EpochMs } from '../domain/time.ts'
import type { WebhookEvent } from '../domain/webhook/events.ts'
import type { CheckName, DocumentMimeType, WorkflowDefinition, WorkflowVersion } from '../domain/workflow/definition.ts'
import type { Permission, TenantScope } from './actor.ts'

/** The only source of time. A test tenant may have a clock of its own. */
export interface Clock {
  now(scope: TenantScope): EpochMs
  /** For work that spans tenants: sweeps, leases, the saga of deletion. */
  system(): EpochMs
}

export interface Ids {
  /** UUIDv7. */
  uuid(): string
  /** A UUIDv7 as 26 lower-case Crockford base32 characters, without a prefix. */
  short(): string
}

/** Fields that a log line may hold; nothing personal has a name here. */
export type LogFields = Partial<
  Record<
    | 'request_id'
    | 'tenant_id'
    | 'session_id'
    | 'workflow_id'
    | 'doc_id'
    | 'operation'
    | 'route'
    | 'code'
    | 'status'
    | 'check'
    | 'queue'
    | 'attempt'
    | 'count'
    | 'duration_ms'
    | 'phase'
    | 'kind'
    | 'error_name'
    | 'error_stack',
    string | number | boolean | null
  >
>
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

// ── tenants, keys ────────────────────────────────────────────────────────────────────────────────────────────────
export type Tenant = {
  tenant_id: string
  name: string
  settings: TenantSettings
  created_at: EpochMs
}
export type TenantSettings = {
  branding: { display_name: string | null; logo_url: string | null; color: string | null }
  /** Origins that may call the public API from a browser. */
  allowed_origins: string[]
  /** Prefixes that `redirect_url` must start with; empty = any https URL. */
  allowed_redirects: string[]
  retention_days: number | null
}

export type ApiKeyRecord = {
  key_id: string
  tenant_id: string
  mode: Mode
  name: string
  permissions: Permission[]
}

export interface Tenants {
  find(tenantId: string): Promise<Tenant | null>
  /** The key's row and its tenant by the secret's SHA-256, served from memory for up to 60 s. */
  findByKey(secret: string): Promise<{ key: ApiKeyRecord; tenant: Tenant } | null>
  insert(tenant: Tenant): Promise<void>
  insertKey(key: ApiKeyRecord & { key_hash: string; hint: string; created_at: EpochMs }): Promise<void>
}

export interface KeyMint {
  /** A new secret `sk_live_…` | `sk_test_…` with what is stored of it: SHA-256 (hex) and its last four characters. */
  mint(mode: Mode): { secret: string; key_hash: string; hint: string }
}

export type JwtIdentity = {
  subject: string
  name: string | null
  tenant_id: string
  mode: Mode
  permissions: Permission[]
}
export interface JwtVerifier {
  /** `not_configured` when this deployment accepts API keys only. */
  verify(token: string): Promise<Result<JwtIdentity, 'expired' | 'invalid' | 'not_configured'>>
}

// ── workflows ────────────────────────────────────────────────────────────────────────────────────────────────────
export type Workflow = WorkflowVersion & { status: 'active' | 'deleted'; workflow_created_at: EpochMs }
export type Page<T> = { items: T[]; nextCursor: string | null }

export interface Workflows {
  /** The newest version of a live workflow; versions are immutable and cached, which one is newest is not trusted for long. */
  current(scope: TenantScope, workflowId: string): Promise<WorkflowVersion | null>
  find(scope: TenantScope, workflowId: string): Promise<Workflow | null>
  versions(scope: TenantScope, workflowId: string): Promise<WorkflowVersion[]>
  list(
    scope: TenantScope,
    page: { limit: number; after: { created_at: EpochMs; workflow_id: string } | null },
  ): Promise<Workflow[]>
  insert(scope: TenantScope, version: WorkflowVersion): Promise<void>
  /** As insert, in one batch with the row that keeps the call; what an earlier call made stands in its place. */
  insertKeyed(
    scope: TenantScope,
    version: WorkflowVersion,
    by: KeptBy,
  ): Promise<'inserted' | KeptOutcome<WorkflowVersion>>
  /** False when another version came first. */
  insertVersion(scope: TenantScope, version: WorkflowVersion): Promise<boolean>
  softDelete(scope: TenantScope, workflowId: string, at: EpochMs): Promise<boolean>
}

// ── the session directory in D1 ──────────────────────────────────────────────────────────────────────────────────
/** A line of the access log: who read what; nothing of what was read. */
export type AccessLine = {
  scope: TenantScope
  at: EpochMs
  actor: ActorRef
  request_id: string
  operation: string
  session_id: string | null
}

export type SessionOwner = 'seed' | 'object'
export type StoredSession = { owner: SessionOwner; state: SessionState; workflow: WorkflowDefinition; tenant: Tenant }

/** A session as lists show it. */
export type SessionRow = {
  session_id: string
  workflow_id: string
  workflow_version: number
  workflow_name: string
  status: SessionStatus
  compliance_status: ComplianceStatus
  version: number
  current_step_index: number
  total_steps: number
  completed_steps: number
  open_corrections: number
  metadata: SessionState['metadata']
  custom_tags: string[]
  client_id: string | null
  language: string | null
  redirect_url: string | null
  parent_session_id: string | null
  relationship: SessionState['relationship']
  subsessions: { total: number; completed: number }
  consent: SessionState['consent']
  expires_at: EpochMs
  created_at: EpochMs
  updated_at: EpochMs
  completed_at: EpochMs | null
  processed_at: EpochMs | null
  final_decision: FinalDecision | null
  decision: SessionState['decision']
  risk_score: number | null
  risk_level: RiskLevel | null
  automation_flags: SessionState['automation_flags']
}

export type SessionSort = { column: 'created_at' | 'updated_at' | 'risk_score'; descends: boolean }
export type SessionFilter = {
  status?: SessionStatus[]
  compliance_status?: ComplianceStatus[]
  final_decision?: (FinalDecision | 'none')[]
  workflow_id?: string[]
  client_id?: string[]
  parent_session_id?: string | 'none'
  tag?: string[]
  risk_min?: number
  risk_max?: number
  created_from?: EpochMs
  created_to?: EpochMs
  updated_from?: EpochMs
  updated_to?: EpochMs
  q?: string
}
export type SessionPosition = { value: number | null; session_id: string }
export type SessionListQuery = {
  filter: SessionFilter
  sort: SessionSort
  limit: number
  after: SessionPosition | null
  includeSummary: boolean
}
export type SessionSummary = {
  status_counts: Record<SessionStatus, number>
  inbox_counts: Record<ComplianceStatus, number>
  total: number
  avg_risk_score: number | null
  sessions_with_risk_score: number
  validation_counts: Record<CheckName, number>
}

/** What the link's credential says after its MAC was checked. */
export type LinkFacts = { session_id: string; generation: number; nonce_hash: string; placement: number }

// ── idempotent calls ─────────────────────────────────────────────────────────────────────────────────────────────
/** A POST under an Idempotency-Key, as it travels to where its effect is kept. The key itself does not travel. */
export type KeyedCall = {
  key_hash: string
  /** Of method, path and body. */
  fingerprint: string
  /** The secret of the answer, sealed under the key. After a replay: as the first call left it. */
  sealed: string | null
  /** The session object has the outcome: nobody else needs to keep it. */
  is_kept: boolean
  /** The answer is that of an earlier call. */
  is_replay: boolean
}
export type IdempotentCall = { key: string; keyed: KeyedCall }

export interface IdempotencyKeys {
  identify(scope: TenantScope, key: string, request: { method: string; path: string; body: string }): IdempotentCall
  /** Opens again only with the same key and this deployment's secret. */
  seal(call: IdempotentCall, secret: Uint8Array): Promise<string>
  /** Throws when it was sealed by a deployment with other secrets. */
  open(call: IdempotentCall): Promise<Uint8Array>
}

/** `call_id` tells one attempt from another under the same key. */
export type KeptBy = { keyed: KeyedCall; call_id: string; at: EpochMs }
/** What stands in D1 under a key: a refusal, or what the call made; null when that is deleted. */
export type KeptOutcome<T> = { fingerprint: string; sealed: string | null; error: DomainError | null; made: T | null }

export interface KeptCalls {
  /** Keeps a refusal unless something is kept there already; what is kept then. */
  keepRefusal(scope: TenantScope, by: KeptBy, error: DomainError): Promise<KeptOutcome<null> & { is_new: boolean }>
  /** Deletes what is older; at most `limit`; how many there were. */
  sweep(before: EpochMs, limit: number): Promise<number>
}

export type SeedInsert = { state: SessionState; created: RecordedEvent; webhooks: WebhookEvent[] }

export interface SessionDirectory {
  /** False when the workflow version is no longer the current one (the insert hangs on it). */
  insertSeed(seed: SeedInsert): Promise<boolean>
  /** As insertSeed, in one batch with the row that keeps the call; what an earlier call made stands in its place. */
  insertKeyedSeed(seed: SeedInsert, by: KeptBy): Promise<'inserted' | 'not_current' | KeptOutcome<SessionSnapshot>>
  /** What an earlier call under this key made. */
  keptSeed(scope: TenantScope, by: KeptBy): Promise<KeptOutcome<SessionSnapshot> | null>
  /** `line` is written in the same batch. Null for unknown, erased and other tenants' sessions alike. */
  read(scope: TenantScope, sessionId: string, line: AccessLine): Promise<StoredSession | null>
  /** For the end user: the link is the credential, in place of the tenant. */
  readByLink(facts: LinkFacts, line: Omit<AccessLine, 'scope'>): Promise<StoredSession | null>
  list(
    scope: TenantScope,
    query: SessionListQuery,
    line: AccessLine,
  ): Promise<{ rows: SessionRow[]; summary: SessionSummary | null }>
  recordAccess(line: AccessLine): Promise<void>
  /** D1's copy of the trail after a sequence: all there is of a seed's. `line` is written in the same batch. */
  readEvents(
    scope: TenantScope,
    sessionId: string,
    page: { after: number; limit: number },
    line: AccessLine,
  ): Promise<{ owner: SessionOwner; events: RecordedEvent[] } | null>
  /** Moves never-opened sessions whose link ran out to `expired`; at most `limit`; how many were found due. */
  expireSeeds(now: EpochMs, limit: number): Promise<number>
  /** One seed, on access. False when its object owns it by now. */
  expireSeed(
    state: SessionState,
    events: RecordedEvent[],
    next: SessionState,
    webhooks: WebhookEvent[],
  ): Promise<boolean>
}

/** What seeds owe: they have no object yet that could remember it. */
export interface SeedNotices {
  /** Up to `limit` children whose parent is to be told where they stand; nobody else gets them before `now + leaseMs`. */
  lease(now: EpochMs, leaseMs: number, limit: number): Promise<{ id: number; child: SessionState }[]>
  complete(ids: readonly number[]): Promise<void>
}

// ── deletion ─────────────────────────────────────────────────────────────────────────────────────────────────────
export type ErasurePhase = 'objects' | 'files' | 'rows' | 'late_files' | 'done'
export type Tombstone = {
  session_id: string
  scope: TenantScope
  phase: ErasurePhase
  erased_at: EpochMs
  resume_at: EpochMs
}
export interface Erasures {
  /** Phase 1: one batch that tombstones the session and its descendants. Null when there is no such session. */
  begin(
    scope: TenantScope,
    sessionId: string,
    by: ActorRef,
    at: EpochMs,
  ): Promise<{ session_ids: string[]; documents: number } | null>
  /** Tombstones whose saga is not over, oldest first. */
  pending(now: EpochMs, limit: number): Promise<Tombstone[]>
  advance(sessionId: string, phase: ErasurePhase, resumeAt: EpochMs): Promise<void>
  eraseRows(sessionId: string): Promise<void>
  /** Who is to forget it: the parent, unless that is erased too. Null once its rows are gone. */
  parentOf(sessionId: string): Promise<string | null>
}

// ── the session objects ──────────────────────────────────────────────────────────────────────────────────────────
/** Proof that the caller may touch the session: a tenant's scope, a link, or the service's own hand. */
export type Grant =
  | { by: 'tenant'; scope: TenantScope; idempotency?: KeyedCall }
  | { by: 'link'; link: LinkFacts }
  | { by: 'system' }

export type Envelope = {
  grant: Grant
  command: SessionCommand
  actor: ActorRef
  request_id: string | null
  /** See DecideContext.id. */
  id: string
  expected_version: number | null
  /** Await the D1 row before answering, so that the caller's next list shows the change. */
  awaits_projection: boolean
}
export type SessionSnapshot = { state: SessionState; workflow: WorkflowDefinition; tenant: Tenant }

/** Beside the answer to a keyed command: what the object knows of the call. */
export type KeptNote = { sealed: string | null; is_replay: boolean }
export type Executed = Result<SessionSnapshot, DomainError> & { kept?: KeptNote }

export interface SessionObjects {
  /** Runs one command. Errors: those of decide, and SESSION_NOT_FOUND / LINK_NOT_FOUND when the grant does not fit. */
  execute(sessionId: string, envelope: Envelope): Promise<Result<SessionSnapshot, DomainError>>
  /** The present state without changing it; `not_hydrated` when the object has never been written to. */
  read(sessionId: string, grant: Grant): Promise<Result<SessionSnapshot, DomainError> | 'not_hydrated'>
  /** Answers when the run or validation is over or `waitMs` passed, whichever is first. */
  awaitChecks(
    sessionId: string,
    grant: Grant,
    ownerId: string,
    waitMs: number,
  ): Promise<Result<SessionSnapshot, DomainError>>
  events(
    sessionId: string,
    grant: Grant,
    page: { after: number; limit: number },
  ): Promise<Result<RecordedEvent[], DomainError> | 'not_hydrated'>
  /** The inputs of a job that is still wanted, else null. */
  jobInputs(sessionId: string, job: CheckJob): Promise<{ inputs: CheckInputs; scope: TenantScope } | null>
  erase(sessionId: string): Promise<void>
  /** Asks the object to write its row again. */
  project(sessionId: string): Promise<void>
}

// ── documents ────────────────────────────────────────────────────────────────────────────────────────────────────
export type SignedUpload = { url: string; method: 'PUT'; headers: Record<string, string>; expires_at: EpochMs }
export interface DocumentBytes {
  /** A write-once PUT for exactly this type and length. */
  signUpload(
    key: DocumentKey,
    upload: { mime_type: string; size: number; now: EpochMs; expiresAt: EpochMs },
  ): Promise<SignedUpload>
  /** A GET that always downloads as an attachment. */
  signDownload(
    key: DocumentKey,
    file: { file_name: string; mime_type: string; now: EpochMs; expiresInSeconds: number },
  ): Promise<string>
  /** Size, SHA-256 and type by content; null when nothing is there. Streams: the bytes are never held whole. */
  inspect(key: DocumentKey): Promise<{ size: number; sha256: string; mime_type: DocumentMimeType | null } | null>
  /** Write once: what lies there already stays. */
  put(key: DocumentKey, bytes: Uint8Array, mimeType: string): Promise<void>
  open(key: DocumentKey): Promise<ReadableStream<Uint8Array> | null>
  eraseFile(key: DocumentKey): Promise<void>
  /** Deletes every object of a session; how many there were. */
  eraseSession(sessionId: string): Promise<number>
}
export type DocumentKey = { session_id: string; doc_id: string }

// ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────
/** A queue message: ids only. `owner_id` is the run or the validation. */
export type CheckJob = { session_id: string; owner_id: string; job_id: string; check: CheckName }

/** Computes a check. Never throws for bad input: that is a result with a state. */
export type CheckEngine = (inputs: CheckInputs, now: EpochMs) => Promise<CheckResult>
export type CheckEngines = Record<CheckName, CheckEngine>

export interface CheckQueues {
  send(jobs: CheckJob[]): Promise<void>
}

// ── access tokens ────────────────────────────────────────────────────────────────────────────────────────────────
export interface AccessTokens {
  /** A new token and the hash of its nonce, the only part that is kept. */
  mint(
    session: { session_id: string; generation: number; placement: number },
    nonce: Uint8Array,
  ): Promise<{ token: string; nonce_hash: string }>
  newNonce(): Uint8Array
  hashNonce(nonce: Uint8Array): string
  /** Null for anything we did not make; costs no hop. */
  verify(token: string): Promise<LinkFacts | null>
}

// ── everything, as platform/compose.ts builds it ─────────────────────────────────────────────────────────────────
export type Deps = {
  clock: Clock
  ids: Ids
  log: Log
  tenants: Tenants
  keyMint: KeyMint
  jwt: JwtVerifier
  workflows: Workflows
  directory: SessionDirectory
  erasures: Erasures
  seedNotices: SeedNotices
  sessionObjects: SessionObjects
  documents: DocumentBytes
  checkQueues: CheckQueues
  engines: CheckEngines
  tokens: AccessTokens
  idempotencyKeys: IdempotencyKeys
  keptCalls: KeptCalls
  /** Without a trailing slash. */
  publicBaseUrl: string
}
