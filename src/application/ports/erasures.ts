import type { AuditHead } from '../../domain/audit/chain.ts'
import type { ActorRef } from '../../domain/session/state.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { TenantScope } from '../actor.ts'

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
  /** What stays of an erased session; null for one that was not erased, or is not of this tenant. */
  find(scope: TenantScope, sessionId: string): Promise<{ erased_at: EpochMs; head: AuditHead } | null>
  /** Tombstones whose saga is not over, oldest first. */
  pending(now: EpochMs, limit: number): Promise<Tombstone[]>
  /** Of the trail that was erased, unless a longer one is known. */
  keepHead(sessionId: string, head: AuditHead): Promise<void>
  advance(sessionId: string, phase: ErasurePhase, resumeAt: EpochMs): Promise<void>
  eraseRows(sessionId: string): Promise<void>
  /** Who is to forget it: the parent, unless that is erased too. Null once its rows are gone. */
  parentOf(sessionId: string): Promise<string | null>
}
