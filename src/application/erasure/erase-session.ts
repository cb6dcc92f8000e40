import { domainError, type DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import type { TenantActor } from '../actor.ts'
import { sessionNotFound } from '../not-found.ts'
import type { FamilyMember } from '../ports.ts'
import { presentFamily } from './present-family.ts'
import { continueErasure, type ErasureDeps } from './resume-erasures.ts'

export type ErasedSession = { session_id: string; documents_deleted: number; subsessions_deleted: number }

export type ErasureCall = {
  actor: Pick<TenantActor, 'scope' | 'ref'>
  sessionId: string
}

/**
 * Erases a session and its descendants, unless a legal hold is on one of the family. From the first batch on nothing of it
 * can reappear; a later phase that fails is taken up by cron, so the answer is the same.
 */
export async function eraseSession(
  deps: ErasureDeps,
  { actor, sessionId }: ErasureCall,
): Promise<Result<ErasedSession, DomainError>> {
  const family = await presentFamily(deps, actor.scope, sessionId)
  if (family.length === 0) return err(sessionNotFound())
  // D1 asks again in the batch that buries: a hold of this moment wins there, or comes too late as a whole.
  const holder = family.find((member) => member.legal_hold)
  if (holder !== undefined) return err(heldBy(holder))
  const erased = await bury(deps, { actor, sessionId })
  if (erased.ok) return erased
  return err(erased.error === 'held' ? heldBy(null) : sessionNotFound())
}

/** Past the questions that only objects can answer. With `seen`, only a family that is still as it was seen. */
export async function bury(
  deps: ErasureDeps,
  { actor, sessionId, seen }: ErasureCall & { seen?: readonly FamilyMember[] },
): Promise<Result<ErasedSession, 'not_found' | 'held' | 'changed'>> {
  const at = deps.clock.system()
  const begun = await deps.erasures.begin(actor.scope, sessionId, actor.ref, at, seen)
  if (!begun.ok) return begun
  for (const session_id of begun.value.session_ids) {
    try {
      await continueErasure(deps, { session_id, phase: 'copy', erased_at: at })
    } catch (cause) {
      deps.log.warn('erasure.postponed', { session_id, error_name: cause instanceof Error ? cause.name : typeof cause })
    }
  }
  return ok({
    session_id: sessionId,
    documents_deleted: begun.value.documents,
    subsessions_deleted: begun.value.session_ids.length - 1,
  })
}

const WHO_IS_HELD: Readonly<Record<FamilyMember['place'], string>> = {
  self: 'The session',
  above: 'The session that it belongs to',
  below: 'One of its subsessions',
}

function heldBy(holder: FamilyMember | null): DomainError {
  const who = WHO_IS_HELD[holder?.place ?? 'self']
  const which = holder === null || holder.place === 'self' ? '' : `, ${holder.session_id},`
  return domainError(
    'LEGAL_HOLD',
    `${who}${which} is under legal hold, so nothing was deleted: lift the hold with DELETE …/legal-hold first.`,
  )
}
