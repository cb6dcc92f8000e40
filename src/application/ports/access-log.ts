import type { AccessRecord, AccessSeal } from '../../domain/audit/seal.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { TenantScope } from '../actor.ts'
import type { AccessLine } from './session-directory.ts'

/** `until`: the tenant's last line when the first page was read; lines that come while pages are read are not in them. */
export type AccessPosition = { after: number; until: number }
export type AccessPage = { lines: AccessRecord[]; seals: SealedAt[]; until: number }
export type SealedAt = AccessSeal & { sealed_at: EpochMs }

export interface AccessLog {
  /** A look at something that D1 does not hold. */
  note(line: AccessLine): Promise<void>
  /** A day's lines: those its seals cover, or, until it is sealed, those dated in it. `line` is written in the same batch. */
  readDay(
    scope: TenantScope,
    query: { day: string; limit: number; position: AccessPosition | null },
    line: AccessLine,
  ): Promise<AccessPage>
  /** Tenants whose first unsealed line is older than `today`, each with its last seal; at most `limit`. */
  unsealed(today: string, limit: number): Promise<{ scope: TenantScope; former: AccessSeal | null }[]>
  /** A tenant's lines after a number, in order; at most `limit`. */
  linesAfter(scope: TenantScope, after: number, limit: number): Promise<AccessRecord[]>
  /** Of two with one number the first stays: false for the other. */
  keepSeal(scope: TenantScope, seal: AccessSeal, at: EpochMs): Promise<boolean>
}
