import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { Metadata } from '../../domain/session/state.ts'
import type { SessionStatus } from '../../domain/session/status.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { tenantGrant } from '../call.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'

export type SessionUpdate = {
  status: SessionStatus | null
  reason: string | null
  notes: string | null
  ttl_days: number | null
  metadata: Metadata | null
  /** Null clears it, undefined leaves it. */
  client_id: string | null | undefined
  on_behalf_of: string | null
}

export async function updateSession(
  deps: Pick<Deps, 'ids' | 'sessionObjects'>,
  input: TenantCall & { sessionId: string; update: SessionUpdate; expectedVersion: number | null },
): Promise<Result<SessionSnapshot, DomainError>> {
  const permitted = permit(input.actor, 'kyc:decide')
  if (!permitted.ok) return permitted
  return deps.sessionObjects.execute(input.sessionId, {
    grant: tenantGrant(input),
    command: { type: 'update', ...input.update },
    actor: input.actor.ref,
    request_id: input.requestId,
    id: deps.ids.short(),
    expected_version: input.expectedVersion,
    awaits_projection: true,
  })
}
