import type { TenantCall } from '../call.ts'
import type { AccessLine, Clock } from '../ports.ts'

/** Dated by the service's own clock, whatever a test tenant's says: it is about us, not about the session. */
export const accessLine = (
  deps: { clock: Clock },
  call: TenantCall,
  operation: string,
  sessionId: string | null,
): AccessLine => ({
  scope: call.actor.scope,
  at: deps.clock.system(),
  actor: call.actor.ref,
  request_id: call.requestId,
  operation,
  session_id: sessionId,
})
