import type { AuditHead } from '../../domain/audit/chain.ts'
import type { Result } from '../../domain/result.ts'
import type { RetentionFacts } from '../../domain/session/retention.ts'
import type { ActorRef } from '../../domain/session/state.ts'
import type { CivilDate, EpochMs } from '../../domain/time.ts'
import type { TenantScope } from '../actor.ts'

export type ErasurePhase = 'copy' | 'objects' | 'files' | 'rows' | 'late_files' | 'done'
export type Tombstone = {
  session_id: string
  scope: TenantScope
  phase: ErasurePhase
  erased_at: EpochMs
  resume_at: EpochMs
}
/** The audit line of a deletion, as R2 keeps it too: a D1 that was restored to an earlier day is told by it. */
export type TombstoneCopy = {
  session_id: string
  tenant_id: string
  mode: TenantScope['mode']
  root_session_id: string
  erased_at: EpochMs
  /** JSON: type and id of who asked. */
  by: string
  documents: number
}

/** `above`: the session belongs to it as a subsession, at any depth. `below`: the other way round. */
export type FamilyMember = RetentionFacts & { place: 'above' | 'self' | 'below' }
export type BegunErasure = { session_ids: string[]; documents: number }

export interface Erasures {
  /** The session and its relatives as D1 has them; empty when there is no such session. */
  family(scope: TenantScope, sessionId: string): Promise<FamilyMember[]>
  /**
   * Phase 1: one batch that tombstones the session and its descendants, unless one of the family is under legal hold.
   * With `seen`, only if the session and its descendants are those and none has changed since.
   */
  begin(
    scope: TenantScope,
    sessionId: string,
    by: ActorRef,
    at: EpochMs,
    seen?: readonly Pick<FamilyMember, 'session_id' | 'version'>[],
  ): Promise<Result<BegunErasure, 'not_found' | 'held' | 'changed'>>
  /** What stays of an erased session; null for one that was not erased, or is not of this tenant. */
  find(scope: TenantScope, sessionId: string): Promise<{ erased_at: EpochMs; head: AuditHead } | null>
  /** Tombstones whose saga is not over, oldest first. */
  pending(now: EpochMs, limit: number): Promise<Tombstone[]>
  /** Of the trail that was erased, unless a longer one is known. */
  keepHead(sessionId: string, head: AuditHead): Promise<void>
  advance(sessionId: string, phase: ErasurePhase, resumeAt: EpochMs): Promise<void>
  /** After a failure: those behind it have their turn first. */
  postpone(sessionId: string, resumeAt: EpochMs): Promise<void>
  /** Null when the session was never deleted. */
  tombstone(sessionId: string): Promise<TombstoneCopy | null>
  eraseRows(sessionId: string): Promise<void>
  /** Who is to forget it: the parent, unless that is erased too. Null once its rows are gone. */
  parentOf(sessionId: string): Promise<string | null>
  /** What D1 knows of a session's hold, and as of which version. Null when it is unknown or deleted. */
  holdOf(scope: TenantScope, sessionId: string): Promise<{ version: number; is_held: boolean } | null>
}

/** The tombstones once more, where no restore of D1 reaches. */
export interface TombstoneCopies {
  /** Safe to repeat. */
  put(tombstone: TombstoneCopy): Promise<void>
  /** Those laid on or after a day, in their order; `after` is the cursor of the page before. */
  list(
    since: CivilDate,
    page: { after: string | null; limit: number },
  ): Promise<{ tombstones: TombstoneCopy[]; next: string | null }>
}
