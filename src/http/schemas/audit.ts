import { z } from '@hono/zod-openapi'
import { MODES } from '../../domain/session/state.ts'
import { Instant, Pagination } from './envelope.ts'
import { EXAMPLE_SESSION_ID } from './ids.ts'

const Hash = z.string().openapi({ description: 'SHA-256 as 64 hex digits' })

const ChainedEventBody = z
  .strictObject({
    sequence: z.number().int().openapi({ description: 'From 1, without gaps' }),
    at: Instant,
    type: z.string(),
    payload: z
      .string()
      .openapi({ description: 'The event as the exact text that was hashed: JSON, not to be reformatted' }),
    salt: z.string().nullable().openapi({
      description:
        '16 bytes as hex; `leaf:` and the leaf as hex where the event had to forget a person who was erased; null for an event older than the chain',
    }),
    link: Hash.nullable(),
  })
  .openapi('ChainedEvent')
export type ChainedEventBody = z.infer<typeof ChainedEventBody>

export const AuditTrailBody = z
  .strictObject({
    session_id: z.string(),
    erased_at: Instant.nullable().openapi({ description: 'When the session was deleted: then its head alone is left' }),
    head: z
      .strictObject({ length: z.number().int(), link: Hash.nullable() })
      .openapi({ description: 'Where the whole trail ends. Keep it outside: it shows any later change' }),
    events: z.array(ChainedEventBody),
    pagination: z.strictObject({
      limit: z.number().int(),
      next_after: z.number().int().nullable().openapi({ description: 'The `after` of the next page' }),
      has_more: z.boolean(),
    }),
  })
  .openapi('AuditTrail')
export type AuditTrailBody = z.infer<typeof AuditTrailBody>

const AccessLineBody = z
  .strictObject({
    id: z.number().int().openapi({ description: 'Grows with time; other tenants have the numbers between' }),
    at: Instant,
    actor: z.strictObject({ type: z.string(), id: z.string() }),
    request_id: z.string(),
    operation: z
      .string()
      .openapi({ example: 'session.read', description: 'What was done, by its name in docs/audit.md' }),
    session_id: z.string().nullable(),
  })
  .openapi('AccessLine')
export type AccessLineBody = z.infer<typeof AccessLineBody>

const AccessSealBody = z
  .strictObject({
    number: z.number().int().openapi({ description: 'From 1, without gaps' }),
    day: z.string(),
    after_id: z.number().int().openapi({ description: 'Covers the lines with a greater id …' }),
    last_id: z.number().int().openapi({ description: '… up to this one' }),
    lines: z.number().int(),
    previous: Hash,
    hash: Hash,
    sealed_at: Instant,
  })
  .openapi('AccessSeal')
export type AccessSealBody = z.infer<typeof AccessSealBody>

export const AccessLogBody = z
  .strictObject({
    tenant_id: z.string(),
    mode: z.enum(MODES),
    day: z.string(),
    seals: z.array(AccessSealBody).openapi({ description: 'Empty until the day is over and sealed' }),
    lines: z.array(AccessLineBody),
    pagination: Pagination,
  })
  .openapi('AccessLog')
export type AccessLogBody = z.infer<typeof AccessLogBody>

export const Day = z.iso
  .date('must be a UTC day such as 2026-11-23')
  .openapi({ format: 'date', example: '2026-11-23', description: 'The UTC day whose lines are wanted' })

export const EXAMPLE_AUDIT_TRAIL: AuditTrailBody = {
  session_id: EXAMPLE_SESSION_ID,
  erased_at: null,
  head: { length: 2, link: '5f1ebdc1b2a0d0b6cc5ac9a2df0c81ff1d4a7c0d4a8f4f5a3e4bd9b3a1c2d3e4' },
  events: [
    {
      sequence: 2,
      at: '2026-11-23T10:31:00.000Z',
      type: 'status_changed',
      payload: `{"sequence":2,"at":1795429860000,"actor":{"type":"end_user","id":"${EXAMPLE_SESSION_ID}","name":null},"request_id":"req_01kb2v8x5nf6b8m1q4r7t0w3y6","event":{"type":"status_changed","from":"draft","to":"active","by":"first_write","reason":null}}`,
      salt: '8f0d2c7b1e4a5968d3c2b1a09f8e7d6c',
      link: '5f1ebdc1b2a0d0b6cc5ac9a2df0c81ff1d4a7c0d4a8f4f5a3e4bd9b3a1c2d3e4',
    },
  ],
  pagination: { limit: 20, next_after: null, has_more: false },
}

export const EXAMPLE_ACCESS_LOG: AccessLogBody = {
  tenant_id: '019ab1f2-0000-7c3a-9d52-3f1e8a6b4c21',
  mode: 'live',
  day: '2026-11-23',
  seals: [
    {
      number: 12,
      day: '2026-11-23',
      after_id: 48_110,
      last_id: 48_213,
      lines: 1,
      previous: '0b6cc5ac9a2df0c81ff1d4a7c0d4a8f4f5a3e4bd9b3a1c2d3e45f1ebdc1b2a0d',
      hash: 'f4f5a3e4bd9b3a1c2d3e45f1ebdc1b2a0d0b6cc5ac9a2df0c81ff1d4a7c0d4a8',
      sealed_at: '2026-11-24T00:10:00.000Z',
    },
  ],
  lines: [
    {
      id: 48_213,
      at: '2026-11-23T10:40:00.000Z',
      actor: { type: 'user', id: 'reviewer-7' },
      request_id: 'req_01kb2v8x5nf6b8m1q4r7t0w3y6',
      operation: 'session.read',
      session_id: EXAMPLE_SESSION_ID,
    },
  ],
  pagination: { limit: 20, next_cursor: null, has_more: false },
}
