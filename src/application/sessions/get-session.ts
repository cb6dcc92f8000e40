import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'
import { readSession } from './read-session.ts'

export async function getSession(
  deps: Pick<Deps, 'clock' | 'ids' | 'directory' | 'sessionObjects'>,
  input: TenantCall & { sessionId: string },
): Promise<Result<SessionSnapshot, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  return permitted.ok ? readSession(deps, input, 'session.read', input.sessionId) : permitted
}
