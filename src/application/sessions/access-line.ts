import type { TenantCall } from '../call.ts'
import type { AccessLine, Clock } from '../ports.ts'

export const accessLine = (
  deps: { clock: Clock },
  call: TenantCall,
  operation: string,
  sessionId: string | null,
): AccessLine => ({
  scope: call.actor.scope,
  at: deps.clock.now(call.actor.scope),
  actor: call.actor.ref,
  request_id: call.requestId,
  operation,
  session_id: sessionId,
})
