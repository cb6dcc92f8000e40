import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { SessionState } from '../../domain/session/state.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { ReadDeps } from './read-session.ts'
import { readSession } from './read-session.ts'

/** The parent, which remembers where each child stands. */
export async function listSubsessions(
  deps: ReadDeps,
  input: TenantCall & { sessionId: string },
): Promise<Result<SessionState, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const parent = await readSession(deps, input, 'subsession.list', input.sessionId)
  return parent.ok ? ok(parent.value.state) : parent
}
