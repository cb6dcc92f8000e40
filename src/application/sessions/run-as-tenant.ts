import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { SessionCommand } from '../../domain/session/commands.ts'
import type { TenantCall } from '../call.ts'
import { tenantGrant } from '../call.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'

export type TenantWriteDeps = Pick<Deps, 'ids' | 'sessionObjects'>

/** One object call, with the D1 row awaited: the tenant's next list shows the change. Who may ask was settled before. */
export const runAsTenant = (
  deps: TenantWriteDeps,
  call: TenantCall,
  sessionId: string,
  command: SessionCommand,
  expectedVersion: number | null = null,
): Promise<Result<SessionSnapshot, DomainError>> =>
  deps.sessionObjects.execute(sessionId, {
    grant: tenantGrant(call),
    command,
    actor: call.actor.ref,
    request_id: call.requestId,
    id: deps.ids.short(),
    expected_version: expectedVersion,
    awaits_projection: true,
  })
