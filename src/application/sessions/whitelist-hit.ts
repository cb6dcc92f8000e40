import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { SessionSnapshot } from '../ports.ts'
import type { TenantWriteDeps } from './run-as-tenant.ts'
import { runAsTenant } from './run-as-tenant.ts'

type HitCall = TenantCall & { sessionId: string; hitId: string }

/** A reviewer rules a hit out for the person it is about. */
export async function whitelistHit(
  deps: TenantWriteDeps,
  input: HitCall & { reason: string },
): Promise<Result<SessionSnapshot, DomainError>> {
  const permitted = permit(input.actor, 'kyc:decide')
  if (!permitted.ok) return permitted
  const { sessionId, hitId, reason } = input
  return runAsTenant(deps, input, sessionId, { type: 'whitelist_hit', hit_id: hitId, reason })
}

/** Takes that back, also where it was said in another session of the person. */
export async function reopenHit(
  deps: TenantWriteDeps,
  input: HitCall & { reason: string | null },
): Promise<Result<SessionSnapshot, DomainError>> {
  const permitted = permit(input.actor, 'kyc:decide')
  if (!permitted.ok) return permitted
  const { sessionId, hitId, reason } = input
  return runAsTenant(deps, input, sessionId, { type: 'reopen_hit', hit_id: hitId, reason })
}
