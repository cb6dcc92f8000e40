import type { DomainError } from '../../domain/errors.ts'
import { keyReused } from '../../domain/idempotency.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, KeptBy, KeptOutcome } from '../ports.ts'

/** Null for a call without an Idempotency-Key. */
export const keptBy = (deps: Pick<Deps, 'clock'>, { idempotency, requestId, actor }: TenantCall): KeptBy | null =>
  idempotency === undefined ? null : { keyed: idempotency.keyed, call_id: requestId, at: deps.clock.now(actor.scope) }

/** The first call's outcome in place of this one's; `deleted` when what it made is gone. */
export function replayed<T>({ keyed }: KeptBy, kept: KeptOutcome<T>, deleted: DomainError): Result<T, DomainError> {
  if (kept.fingerprint !== keyed.fingerprint) return err(keyReused())
  keyed.is_replay = true
  keyed.sealed = kept.sealed
  if (kept.error !== null) return err(kept.error)
  return kept.made === null ? err(deleted) : ok(kept.made)
}
