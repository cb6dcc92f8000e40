import type { TenantScope } from '../actor.ts'
import type { Deps } from '../ports.ts'

/** A message that cannot be sent is no failure: cron finds in D1 what is due. */
export async function wakeSession(
  { webhookWakes, log }: Pick<Deps, 'log' | 'webhookWakes'>,
  scope: TenantScope,
  sessionId: string,
): Promise<void> {
  try {
    await webhookWakes.send({ tenant_id: scope.tenantId, mode: scope.mode, session_id: sessionId })
  } catch (cause) {
    log.warn('webhook.wake_failed', {
      session_id: sessionId,
      error_name: cause instanceof Error ? cause.name : 'unknown',
    })
  }
}
