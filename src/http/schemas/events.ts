import { z } from '@hono/zod-openapi'
import { Instant, Pagination } from './envelope.ts'
import { Json } from './json.ts'
import { ActorBody } from './session.ts'

const EventBody = z
  .strictObject({
    sequence: z.number().int().openapi({
      description:
        'Counts the events of the session, from 1, without gaps; also the version of the session that it led to',
    }),
    type: z.string().openapi({ example: 'status_changed' }),
    at: Instant,
    actor: ActorBody,
    request_id: z.string().nullable(),
    data: z.strictObject({
      from: z.string().nullable(),
      to: z.string().nullable(),
      reason: z.string().nullable(),
      changes: z.array(z.strictObject({ path: z.string(), from: Json, to: Json })),
    }),
  })
  .openapi('SessionEvent')
export type EventBody = z.infer<typeof EventBody>

export const EventListBody = z
  .strictObject({ events: z.array(EventBody), pagination: Pagination })
  .openapi('SessionEventList')

export const EXAMPLE_EVENT: EventBody = {
  sequence: 2,
  type: 'status_changed',
  at: '2026-11-23T10:31:00.000Z',
  actor: { type: 'end_user', id: '019ab1f4-6b00-7c3a-9d52-3f1e8a6b4c21', name: null },
  request_id: 'req_01kb2v8x5nf6b8m1q4r7t0w3y6',
  data: { from: 'draft', to: 'active', reason: 'first_write', changes: [] },
}
