import type { z } from '@hono/zod-openapi'
import type { WebhookDelivery } from '../../application/ports.ts'
import { WEBHOOK_TYPES } from '../../domain/webhook/events.ts'
import type { DeliveryBody, FeedEvent } from '../schemas/webhooks.ts'
import { iso, isoOrNull } from './time.ts'

export function presentDelivery(delivery: WebhookDelivery): z.infer<typeof DeliveryBody> {
  const { delivery_id, event_id, session_id, sequence, status, attempts, next_attempt_at } = delivery
  const { last_outcome: outcome, last_attempt_at: at, last_duration_ms: duration_ms } = delivery
  const type = WEBHOOK_TYPES.find((one) => one === delivery.type)
  if (type === undefined) throw new Error('a delivery of an unknown type')
  return {
    delivery_id,
    event_id,
    type,
    session_id,
    sequence,
    status,
    attempts,
    created_at: iso(delivery.created_at),
    first_attempt_at: isoOrNull(delivery.first_attempt_at),
    next_attempt_at: status !== 'pending' || next_attempt_at === null ? null : dueAt(delivery, next_attempt_at),
    last_attempt:
      outcome === null || at === null || duration_ms === null
        ? null
        : { at: iso(at), outcome, status: delivery.last_status, duration_ms },
  }
}

/** At once is kept as 0. */
const dueAt = ({ created_at }: WebhookDelivery, at: number): string => iso(Math.max(at, created_at))

/** The text as it lies in D1 is an event of ours, or what erasure left of it. */
export const presentFeedEvent = (body: string): z.infer<typeof FeedEvent> => JSON.parse(body)
