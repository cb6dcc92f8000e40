import type { DomainError } from '../../domain/errors.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { DeliveryStatus } from '../../domain/webhook/outcome.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps } from '../ports.ts'
import { wakeSession } from './wake-session.ts'

export const MAX_REDELIVERED = 1_000
/** So many sessions are woken at once; the others wait for cron, a minute at most. */
const WOKEN_AT_ONCE = 50
const NOT_ARRIVED: readonly DeliveryStatus[] = ['failed', 'cancelled']

export type Redelivered = { redelivered: number; next_from: EpochMs | null }

/** What happened in a stretch of time, the oldest first. */
export async function redeliverRange(
  deps: Pick<Deps, 'log' | 'webhookDeliveries' | 'webhookWakes'>,
  input: TenantCall & { from: EpochMs; to: EpochMs; status: DeliveryStatus | null },
): Promise<Result<Redelivered, DomainError>> {
  const permitted = permit(input.actor, 'kyc:create')
  if (!permitted.ok) return permitted
  const { from, to, status } = input
  const statuses = status === null ? NOT_ARRIVED : [status]
  const { scope } = input.actor
  const found = await deps.webhookDeliveries.redeliverRange(scope, { from, to, statuses, limit: MAX_REDELIVERED })
  const sessions = [...new Set(found.session_ids)].slice(0, WOKEN_AT_ONCE)
  await Promise.all(sessions.map((sessionId) => wakeSession(deps, scope, sessionId)))
  return ok({ redelivered: found.session_ids.length, next_from: found.next_from })
}
