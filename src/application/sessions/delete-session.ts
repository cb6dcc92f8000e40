import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { ErasedSession } from '../erasure/erase-session.ts'
import { eraseSession } from '../erasure/erase-session.ts'
import type { ErasureDeps } from '../erasure/resume-erasures.ts'

export async function deleteSession(
  deps: ErasureDeps,
  input: TenantCall & { sessionId: string },
): Promise<Result<ErasedSession, DomainError>> {
  const permitted = permit(input.actor, 'kyc:delete')
  return permitted.ok ? eraseSession(deps, { actor: input.actor, sessionId: input.sessionId }) : permitted
}
