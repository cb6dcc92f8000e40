import type { AuditHead, ChainedEvent } from '../../domain/audit/chain.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { TenantCall } from '../call.ts'
import { tenantGrant } from '../call.ts'
import { sessionNotFound } from '../not-found.ts'
import type { Deps } from '../ports.ts'
import { accessLine } from './access-line.ts'

/** `next`: the sequence that the next page follows; null on the last one. */
export type TrailPage = { events: ChainedEvent[]; head: AuditHead; next: number | null }

/** A session's trail, oldest first: the object's own if it owns the session, else D1's. */
export async function readTrail(
  deps: Pick<Deps, 'clock' | 'directory' | 'sessionObjects'>,
  input: TenantCall & { sessionId: string; limit: number; after: number },
  operation: string,
): Promise<Result<TrailPage, DomainError>> {
  const { sessionId, limit } = input
  // One more than asked: whether there is a next page costs no second query.
  const page = { after: input.after, limit: limit + 1 }
  const line = accessLine(deps, input, operation, sessionId)
  const stored = await deps.directory.readEvents(input.actor.scope, sessionId, page, line)
  if (stored === null) return err(sessionNotFound())
  const own =
    stored.owner === 'seed' ? 'not_hydrated' : await deps.sessionObjects.events(sessionId, tenantGrant(input), page)
  // Claimed, but the first write did not come to its commit: D1's copy is the truth still.
  const found = own === 'not_hydrated' ? ok(stored) : own
  if (!found.ok) return found
  const { head } = found.value
  const events = found.value.events.slice(0, limit)
  const next = found.value.events.length > limit ? (events.at(-1)?.sequence ?? null) : null
  return ok({ events, head, next })
}
