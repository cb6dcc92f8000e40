import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { EpochMs } from '../../domain/time.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { SessionSnapshot } from '../ports.ts'
import type { TenantWriteDeps } from './run-as-tenant.ts'
import { runAsTenant } from './run-as-tenant.ts'

export type Extension = { ttl_days: number | null; expires_at: EpochMs | null }

export async function extendSession(
  deps: TenantWriteDeps,
  input: TenantCall & { sessionId: string; extension: Extension; expectedVersion: number | null },
): Promise<Result<SessionSnapshot, DomainError>> {
  const permitted = permit(input.actor, 'kyc:session')
  if (!permitted.ok) return permitted
  const { sessionId, extension, expectedVersion } = input
  return runAsTenant(deps, input, sessionId, { type: 'extend', ...extension }, expectedVersion)
}
