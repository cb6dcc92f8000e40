import type { DomainError } from '../../domain/errors.ts'
import { ok, type Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { DeliveryFilter, DeliveryPlace, Deps, WebhookDelivery } from '../ports.ts'
import { accessLine } from '../sessions/access-line.ts'

export async function listDeliveries(
  deps: Pick<Deps, 'clock' | 'webhookDeliveries'>,
  input: TenantCall & { filter: DeliveryFilter; limit: number; after: DeliveryPlace | null },
): Promise<Result<{ deliveries: WebhookDelivery[]; next: DeliveryPlace | null }, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const { filter, limit, after } = input
  const line = accessLine(deps, input, 'webhook.deliveries', filter.session_id ?? null)
  const found = await deps.webhookDeliveries.list(input.actor.scope, { filter, limit: limit + 1, after }, line)
  const page = found.slice(0, limit)
  const next = found.length > limit ? (page.at(-1)?.place ?? null) : null
  return ok({ deliveries: page.map(({ delivery }) => delivery), next })
}
