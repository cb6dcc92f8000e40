import type { RecordedEvent } from '../../domain/session/events.ts'
import type { ActorRef, SessionState } from '../../domain/session/state.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { WebhookEvent } from '../../domain/webhook/events.ts'
import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'
import type { TenantScope } from '../actor.ts'
import type { LinkFacts } from './access-tokens.ts'
import type { KeptBy, KeptOutcome } from './idempotency.ts'
import type { SessionListQuery, SessionRow, SessionSummary } from './session-list.ts'
import type { SessionSnapshot, Trail } from './session-objects.ts'
import type { Tenant } from './tenants.ts'

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
/** `auditHead`: the last link of D1's copy of the trail. */
export type StoredSession = {
  owner: SessionOwner
  state: SessionState
  workflow: WorkflowDefinition
  tenant: Tenant
  auditHead: string | null
}

export type SeedInsert = { state: SessionState; created: RecordedEvent; webhooks: WebhookEvent[] }

/** `inserted_owing`: there is a webhook to deliver. */
export type SeedInserted = 'inserted' | 'inserted_owing'

export interface SessionDirectory {
  /** `not_current`: the workflow version is no longer the current one (the insert hangs on it). */
  insertSeed(seed: SeedInsert): Promise<SeedInserted | 'not_current'>
  /** As insertSeed, in one batch with the row that keeps the call; what an earlier call made stands in its place. */
  insertKeyedSeed(seed: SeedInsert, by: KeptBy): Promise<SeedInserted | 'not_current' | KeptOutcome<SessionSnapshot>>
  /** What an earlier call under this key made. */
  keptSeed(scope: TenantScope, by: KeptBy): Promise<KeptOutcome<SessionSnapshot> | null>
  /** `line` is written in the same batch. Null for unknown, erased and other tenants' sessions alike. */
  read(scope: TenantScope, sessionId: string, line: AccessLine): Promise<StoredSession | null>
  /** For the end user: the link is the credential, in place of the tenant. A link that opens nothing leaves no line. */
  readByLink(facts: LinkFacts, line: Omit<AccessLine, 'scope'> | null): Promise<StoredSession | null>
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
  ): Promise<(Trail & { owner: SessionOwner }) | null>
  /** Moves never-opened sessions whose link ran out to `expired`; at most `limit`; how many were found due. */
  expireSeeds(now: EpochMs, limit: number): Promise<number>
  /** One seed, on access. False when its object owns it by now. */
  expireSeed(
    before: Pick<StoredSession, 'state' | 'auditHead'>,
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
