import type { EpochMs } from '../../domain/time.ts'
import type { TenantScope } from '../actor.ts'

export type OverdueSession = { scope: TenantScope; session_id: string; retention_days: number }

export interface Retention {
  /** Roots whose tenant's retention time is over, by D1's copy; the longest overdue first, a share for every tenant. */
  overdue(now: EpochMs, limit: number): Promise<OverdueSession[]>
  /** It must not go yet: its time counts from `from` for now. */
  postpone(scope: TenantScope, sessionId: string, from: EpochMs): Promise<void>
}
