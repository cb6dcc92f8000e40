import { eventOf } from '../../domain/audit/chain.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { AuditView } from '../../domain/session/audit-view.ts'
import { auditView } from '../../domain/session/audit-view.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps } from '../ports.ts'
import { readTrail } from './read-trail.ts'

/** `next`: the sequence that the next page follows; null on the last one. */
export type EventListing = { events: AuditView[]; next: number | null }

/** A session's trail as a reviewer reads it. */
export async function listEvents(
  deps: Pick<Deps, 'clock' | 'directory' | 'sessionObjects'>,
  input: TenantCall & { sessionId: string; limit: number; after: number },
): Promise<Result<EventListing, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const trail = await readTrail(deps, input, 'session.events')
  if (!trail.ok) return trail
  const { events, next } = trail.value
  return ok({ events: events.map((event) => auditView(eventOf(event))), next })
}
