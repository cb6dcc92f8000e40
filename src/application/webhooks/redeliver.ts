import type { DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { keptBy, replayed } from '../idempotency/replay.ts'
import { deliveryNotFound } from '../not-found.ts'
import type { Deps, WebhookDelivery } from '../ports.ts'
import { wakeSession } from './wake-session.ts'

/** Back into its session's line, whatever became of it before. Sent by the queue, not by this call. */
export async function redeliver(
  deps: Pick<Deps, 'clock' | 'log' | 'webhookDeliveries' | 'webhookWakes'>,
  input: TenantCall & { deliveryId: string },
): Promise<Result<WebhookDelivery, DomainError>> {
  const permitted = permit(input.actor, 'kyc:create')
  if (!permitted.ok) return permitted
  const { scope } = input.actor
  const by = keptBy(deps, input)
  const outcome = await deps.webhookDeliveries.redeliver(scope, input.deliveryId, by)
  if (outcome === null) return err(deliveryNotFound())
  if (!('delivery_id' in outcome))
    return by === null ? err(deliveryNotFound()) : replayed(by, outcome, deliveryNotFound())
  await wakeSession(deps, scope, outcome.session_id)
  return ok(outcome)
}
