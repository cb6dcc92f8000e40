import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { subsessionNotFound } from '../not-found.ts'
import { findSubsession } from './find-subsession.ts'
import type { GeneratedLink, LinkDeps } from './generate-link.ts'
import { renewLink } from './generate-link.ts'
import type { ReadDeps } from './read-session.ts'

export async function regenerateSubsessionLink(
  deps: ReadDeps & LinkDeps,
  input: TenantCall & { parentId: string; childId: string; ttlDays: number | null },
): Promise<Result<GeneratedLink, DomainError>> {
  const permitted = permit(input.actor, 'kyc:session')
  if (!permitted.ok) return permitted
  const child = await findSubsession(deps, input, 'subsession.regenerate_link', input)
  if (!child.ok) return child
  const renewed = await renewLink(deps, { ...input, sessionId: input.childId })
  // Its seed is owed still, or it was erased between the two calls.
  return !renewed.ok && renewed.error.code === 'SESSION_NOT_FOUND' ? err(subsessionNotFound()) : renewed
}
