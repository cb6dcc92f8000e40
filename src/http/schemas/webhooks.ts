import { z } from '@hono/zod-openapi'
import { DELIVERY_OUTCOMES, DELIVERY_STATUSES } from '../../domain/webhook/outcome.ts'
import { WEBHOOK_TYPES } from '../../domain/webhook/events.ts'
import { Instant, Pagination } from './envelope.ts'
import { EXAMPLE_SESSION_ID, SHORT } from './ids.ts'
import { Json } from './json.ts'
import { Cursor, instantParameter, Limit } from './query.ts'

export const EXAMPLE_DELIVERY_ID = 'dlv_01kb2v8x5nf6b8m1q4r7t0w3y6'

export const DeliveryPath = z.object({
  delivery_id: z
    .string()
    .regex(new RegExp(`^dlv_${SHORT}$`), 'must be `dlv_` and 26 characters')
    .openapi({ param: { name: 'delivery_id', in: 'path' }, example: EXAMPLE_DELIVERY_ID }),
})

export const DeliveriesQuery = z.strictObject({
  limit: Limit,
  cursor: Cursor,
  status: z.enum(DELIVERY_STATUSES).optional(),
  type: z.enum(WEBHOOK_TYPES).optional(),
  session_id: z.string().min(1).max(64).optional().openapi({ example: EXAMPLE_SESSION_ID }),
  created_from: instantParameter.optional().openapi({ description: 'When it happened, inclusive' }),
  created_to: instantParameter.optional().openapi({ description: 'When it happened, exclusive' }),
})

const lastAttempt = {
  outcome: z
    .enum(DELIVERY_OUTCOMES)
    .openapi({ description: 'refused: this service does not call that address. gone: 410, nothing more is sent' }),
  status: z.number().int().nullable().openapi({ description: 'HTTP status of the answer; null without one' }),
  duration_ms: z.number().int(),
}

export const DeliveryBody = z
  .strictObject({
    delivery_id: z.string(),
    event_id: z.string(),
    type: z.enum(WEBHOOK_TYPES),
    session_id: z.string(),
    sequence: z.number().int(),
    status: z.enum(DELIVERY_STATUSES),
    attempts: z.number().int(),
    created_at: Instant,
    first_attempt_at: Instant.nullable(),
    next_attempt_at: Instant.nullable().openapi({
      description: 'null: over, or the next in line once an earlier event of the session is over',
    }),
    last_attempt: z
      .strictObject({ at: Instant, ...lastAttempt })
      .nullable()
      .openapi({ description: 'The last one that ended' }),
  })
  .openapi('WebhookDelivery')

export const DeliveryListBody = z
  .strictObject({ deliveries: z.array(DeliveryBody), pagination: Pagination })
  .openapi('WebhookDeliveryList')

const bodyInstant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-11-23T10:30:00.000Z' })
  .transform((text) => Date.parse(text))
  .openapi({ type: 'string', format: 'date-time' })

export const RedeliverRangeInput = z
  .strictObject({
    from: bodyInstant.openapi({ description: 'When it happened, inclusive' }),
    to: bodyInstant.openapi({ description: 'When it happened, exclusive' }),
    status: z
      .enum(DELIVERY_STATUSES)
      .exclude(['pending'])
      .optional()
      .openapi({ description: 'Default: failed and cancelled' }),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than from' })
  .openapi('RedeliverRangeInput')

export const RedeliverRangeBody = z
  .strictObject({
    redelivered: z.number().int().openapi({ description: 'How many are pending again, at most 1000 a call' }),
    next_from: Instant.nullable().openapi({ description: 'Call again from here for the rest; null: there is none' }),
  })
  .openapi('RedeliveredRange')

export const TestedBody = z.strictObject({ event_id: z.string(), ...lastAttempt }).openapi('TestedWebhook')

export const EventsQuery = z.strictObject({
  after: Cursor.openapi({ description: 'The next_after of the call before; left out, from the oldest kept event on' }),
  limit: Limit,
})

const ErasedEvent = z.strictObject({ session_id: z.string(), erased: z.literal(true) }).openapi('ErasedWebhookEvent')
const PulledEvent = z
  .strictObject({
    id: z.string(),
    type: z.enum(WEBHOOK_TYPES),
    created: z.number().int().openapi({ description: 'Unix seconds' }),
    data: z.record(z.string(), Json).openapi({ description: 'As in the webhook of this type' }),
  })
  .openapi('PulledWebhookEvent')
export const FeedEvent = z.union([PulledEvent, ErasedEvent])

export const EventFeedBody = z
  .strictObject({
    events: z.array(FeedEvent),
    next_after: z.string().nullable().openapi({ description: 'Give it as `after` next time. null: nothing came yet' }),
    has_more: z.boolean(),
  })
  .openapi('WebhookEventFeed')

export const EXAMPLE_DELIVERY: z.input<typeof DeliveryBody> = {
  delivery_id: EXAMPLE_DELIVERY_ID,
  event_id: 'evt_01kb2v8x5nf6b8m1q4r7t0w3y6',
  type: 'kyc.session.completed',
  session_id: EXAMPLE_SESSION_ID,
  sequence: 3,
  status: 'pending',
  attempts: 2,
  created_at: '2026-11-23T10:30:00.000Z',
  first_attempt_at: '2026-11-23T10:30:00.210Z',
  next_attempt_at: '2026-11-23T10:30:35.300Z',
  last_attempt: { at: '2026-11-23T10:30:05.300Z', outcome: 'rejected', status: 503, duration_ms: 84 },
}
