import type { AuditHead, ChainedEvent } from '../../domain/audit/chain.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { EpochMs } from '../../domain/time.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { sessionNotFound } from '../not-found.ts'
import type { Deps } from '../ports.ts'
import { readTrail } from '../sessions/read-trail.ts'

/** `next`: the sequence that the next page follows. Of an erased session there is the head alone. */
export type AuditTrail = { events: ChainedEvent[]; head: AuditHead; erasedAt: EpochMs | null; next: number | null }

/** The chained events as they are kept, for a verifier: text, salt and link of each. */
export async function readAuditTrail(
  deps: Pick<Deps, 'clock' | 'directory' | 'sessionObjects' | 'erasures'>,
  input: TenantCall & { sessionId: string; limit: number; after: number },
): Promise<Result<AuditTrail, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const trail = await readTrail(deps, input, 'session.audit')
  if (trail.ok) return ok({ ...trail.value, erasedAt: null })
  const grave = await deps.erasures.find(input.actor.scope, input.sessionId)
  if (grave === null) return err(sessionNotFound())
  return ok({ events: [], head: grave.head, erasedAt: grave.erased_at, next: null })
}
