import type { AuditHead, ChainedEvent } from '../../domain/audit/chain.ts'
import type { AttemptKind } from '../../domain/access/link-attempts.ts'
import type { CheckInputs } from '../../domain/decision/check-results.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { SessionCommand } from '../../domain/session/commands.ts'
import type { ActorRef, SessionState } from '../../domain/session/state.ts'
import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'
import type { TenantScope } from '../actor.ts'
import type { LinkFacts } from './access-tokens.ts'
import type { CheckJob } from './checks.ts'
import type { KeyedCall } from './idempotency.ts'
import type { CopyOutcome } from './reconcile.ts'
import type { Tenant } from './tenants.ts'

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

/** A page of a session's events, and where the whole trail stands. */
export type Trail = { events: ChainedEvent[]; head: AuditHead }

/** `client_id`: whose word on a hit counts here is asked by it, too. */
export type WantedJob = { inputs: CheckInputs; scope: TenantScope; client_id: string | null }

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
  ): Promise<Result<Trail, DomainError> | 'not_hydrated'>
  /** Counts one more of what the holder of the link has done elsewhere; RATE_LIMITED when it is one too many. */
  attempt(sessionId: string, grant: Grant, kind: AttemptKind): Promise<Result<null, DomainError>>
  /** The inputs of a job that is still wanted, else null. */
  jobInputs(sessionId: string, job: CheckJob): Promise<WantedJob | null>
  /** The head of the trail that was erased; null when nothing was there. */
  erase(sessionId: string): Promise<AuditHead | null>
  /** Asks the object to write its row again. */
  project(sessionId: string): Promise<void>
  /** The same, but only when D1 holds less than it; `version` is what D1 holds. */
  projectIfBehind(sessionId: string, version: number): Promise<CopyOutcome>
}
