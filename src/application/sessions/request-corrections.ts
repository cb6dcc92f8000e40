import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { CorrectionRequest } from '../../domain/session/commands.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { SessionSnapshot } from '../ports.ts'
import type { TenantWriteDeps } from './run-as-tenant.ts'
import { runAsTenant } from './run-as-tenant.ts'

export type RequestedCorrections = {
  corrections: Omit<CorrectionRequest, 'correction_id'>[]
  note: string | null
  ttl_days: number | null
}

export async function requestCorrections(
  deps: TenantWriteDeps,
  input: TenantCall & { sessionId: string; asked: RequestedCorrections; expectedVersion: number | null },
): Promise<Result<SessionSnapshot, DomainError>> {
  const permitted = permit(input.actor, 'kyc:decide')
  if (!permitted.ok) return permitted
  const { note, ttl_days } = input.asked
  const corrections = input.asked.corrections.map((item) => ({ ...item, correction_id: `cor_${deps.ids.short()}` }))
  const command = { type: 'request_corrections' as const, corrections, note, ttl_days }
  return runAsTenant(deps, input, input.sessionId, command, input.expectedVersion)
}
