import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { ErasedSession } from '../erasure/erase-session.ts'
import { eraseSession } from '../erasure/erase-session.ts'
import type { ErasureDeps } from '../erasure/resume-erasures.ts'
import { findSubsession } from './find-subsession.ts'
import type { ReadDeps } from './read-session.ts'
import { runAsTenant } from './run-as-tenant.ts'

/**
 * Erased first, then forgotten by the parent: what fails in between leaves a child that can be deleted again, never one
 * that nobody knows of.
 */
export async function deleteSubsession(
  deps: ReadDeps & ErasureDeps,
  input: TenantCall & { parentId: string; childId: string },
): Promise<Result<ErasedSession, DomainError>> {
  const { actor, parentId, childId } = input
  const permitted = permit(actor, 'kyc:delete')
  if (!permitted.ok) return permitted
  const child = await findSubsession(deps, input, 'subsession.delete', input)
  if (!child.ok) return child
  const erased = await eraseSession(deps, { actor, sessionId: childId })
  // D1 knows no such session: its seed is owed still, or it was erased and only the parent does not know.
  if (!erased.ok && erased.error.code !== 'SESSION_NOT_FOUND') return erased
  const removed = await runAsTenant(deps, input, parentId, { type: 'remove_subsession', session_id: childId })
  // The erasure may have told the parent already.
  if (!removed.ok && removed.error.code !== 'SUBSESSION_NOT_FOUND') return removed
  return erased.ok ? erased : ok({ session_id: childId, documents_deleted: 0, subsessions_deleted: 0 })
}
