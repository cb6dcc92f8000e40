import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { SubsessionRef } from '../../domain/session/state.ts'
import type { TenantCall } from '../call.ts'
import { subsessionNotFound } from '../not-found.ts'
import type { ReadDeps } from './read-session.ts'
import { readSession } from './read-session.ts'

/** A child of that parent; any other session of the tenant is as unknown here as one that does not exist. */
export async function findSubsession(
  deps: ReadDeps,
  call: TenantCall,
  operation: string,
  { parentId, childId }: { parentId: string; childId: string },
): Promise<Result<SubsessionRef, DomainError>> {
  const parent = await readSession(deps, call, operation, parentId)
  if (!parent.ok) return parent
  const child = parent.value.state.subsessions.find((candidate) => candidate.session_id === childId)
  return child === undefined ? err(subsessionNotFound()) : ok(child)
}
