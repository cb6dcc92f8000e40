import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { isExpiryDue } from '../../domain/session/deadlines.ts'
import { decide } from '../../domain/session/decide.ts'
import { record } from '../../domain/session/record.ts'
import { SYSTEM_ACTOR } from '../actor.ts'
import type { TenantCall } from '../call.ts'
import { tenantGrant } from '../call.ts'
import type { Deps, SessionSnapshot, StoredSession } from '../ports.ts'
import { accessLine } from './access-line.ts'
import { sessionNotFound } from '../not-found.ts'

export type ReadDeps = Pick<Deps, 'clock' | 'ids' | 'directory' | 'sessionObjects'>

/** The session as its owner has it: one D1 read with the access line in it, then one object call if an object owns it. */
export async function readSession(
  deps: ReadDeps,
  call: TenantCall,
  operation: string,
  sessionId: string,
): Promise<Result<SessionSnapshot, DomainError>> {
  const stored = await deps.directory.read(call.actor.scope, sessionId, accessLine(deps, call, operation, sessionId))
  if (stored === null) return err(sessionNotFound())
  return stored.owner === 'object' ? readObject(deps, call, stored) : readSeed(deps, call, stored)
}

/** The object expires itself first when its time is up. */
async function readObject(
  deps: ReadDeps,
  call: TenantCall,
  stored: StoredSession,
): Promise<Result<SessionSnapshot, DomainError>> {
  const read = await deps.sessionObjects.read(stored.state.session_id, tenantGrant(call))
  // Claimed, but the first write did not come to its commit: D1's copy is the truth still.
  return read === 'not_hydrated' ? ok(stored) : read
}

/** A seed whose link ran out expires on access; when its object was born meanwhile, the object is asked. */
async function readSeed(
  deps: ReadDeps,
  call: TenantCall,
  stored: StoredSession,
): Promise<Result<SessionSnapshot, DomainError>> {
  const now = deps.clock.now(call.actor.scope)
  if (!isExpiryDue(stored.state, now)) return ok(stored)
  const decided = decide(
    stored.state,
    { type: 'expire' },
    { now, workflow: stored.workflow, actor: SYSTEM_ACTOR, id: deps.ids.short(), expected_version: null },
  )
  if (!decided.ok) return decided
  const next = record(stored.state, decided.value, {
    at: now,
    actor: SYSTEM_ACTOR,
    request_id: call.requestId,
    workflow: stored.workflow,
    newEventId: () => `evt_${deps.ids.short()}`,
  })
  if (!next.ok) return next
  const { state, recorded, webhooks } = next.value
  const expired = await deps.directory.expireSeed(stored, recorded, state, webhooks)
  return expired ? ok({ ...stored, state }) : readObject(deps, call, stored)
}
