import { domainError, type DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import type { TenantActor } from '../actor.ts'
import { continueErasure, type ErasureDeps } from './resume-erasures.ts'

export type ErasedSession = { session_id: string; documents_deleted: number; subsessions_deleted: number }

/**
 * Erases a session and its descendants. From the first batch on nothing of it can reappear; a later phase that fails
 * is taken up by cron, so the answer is the same.
 */
export async function eraseSession(
  deps: ErasureDeps,
  { actor, sessionId }: { actor: TenantActor; sessionId: string },
): Promise<Result<ErasedSession, DomainError>> {
  const at = deps.clock.system()
  const begun = await deps.erasures.begin(actor.scope, sessionId, actor.ref, at)
  if (begun === null)
    return err(domainError('SESSION_NOT_FOUND', 'No session has this id. Check the id and the key that you call with.'))
  for (const session_id of begun.session_ids) {
    try {
      await continueErasure(deps, { session_id, phase: 'objects', erased_at: at })
    } catch (cause) {
      deps.log.warn('erasure.postponed', { session_id, error_name: cause instanceof Error ? cause.name : typeof cause })
    }
  }
  return ok({
    session_id: sessionId,
    documents_deleted: begun.documents,
    subsessions_deleted: begun.session_ids.length - 1,
  })
}
