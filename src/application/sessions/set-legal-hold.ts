import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { sessionNotFound } from '../not-found.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'
import type { TenantWriteDeps } from './run-as-tenant.ts'
import { runAsTenant } from './run-as-tenant.ts'

/**
 * A reviewer may place a hold; lifting one takes more than the right to delete, against whose use it stands. Deletions ask
 * D1, so a hold is answered only once D1 has it: one that came too late finds the session gone.
 */
export async function setLegalHold(
  deps: TenantWriteDeps & Pick<Deps, 'erasures'>,
  input: TenantCall & { sessionId: string; held: boolean; reason: string | null },
): Promise<Result<SessionSnapshot, DomainError>> {
  const { actor, sessionId, held, reason } = input
  const permitted = permit(actor, held ? 'kyc:decide' : 'tenant:manage')
  if (!permitted.ok) return permitted
  const set = await runAsTenant(deps, input, sessionId, { type: 'set_legal_hold', held, reason })
  if (!set.ok || !held) return set
  const known = await deps.erasures.holdOf(actor.scope, sessionId)
  if (known === null) return err(sessionNotFound())
  if (known.version < set.value.state.version)
    throw new Error('legal hold: D1 does not have it yet; the caller repeats')
  return set
}
