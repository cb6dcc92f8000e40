import { z } from '@hono/zod-openapi'
import type { JsonValue } from '../../domain/session/state.ts'

/** Deeper than any form or metadata; nesting without a bound would end in a stack overflow when it is written out. */
const MAX_DEPTH = 16

/** Any JSON value up to a depth. What came through JSON.parse needs no other look. */
export const Json: z.ZodType<JsonValue, JsonValue> = z
  .custom<JsonValue>((value) => value !== undefined && isShallow(value, MAX_DEPTH), {
    error: `must be JSON nested at most ${MAX_DEPTH} deep`,
  })
  .openapi({ type: ['string', 'number', 'boolean', 'array', 'object', 'null'], description: 'Any JSON value' })

export const JsonObject = z.record(z.string().min(1).max(200), Json)

function isShallow(value: unknown, depthLeft: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depthLeft === 0) return false
  return Object.values(value).every((member) => isShallow(member, depthLeft - 1))
}
