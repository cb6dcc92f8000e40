import { z } from '@hono/zod-openapi'

const MAX_LIST = 25

/** `a,b,c`, each once. */
export const commaList = <S extends z.ZodType<string, string>>(item: S) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))])
    .pipe(z.array(item).max(MAX_LIST, `must name at most ${MAX_LIST} values`))
    .openapi({ type: 'string' })

export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .openapi({ type: 'integer', minimum: min, maximum: max })

export const decimal = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,3}(?:\.\d{1,4})?$/, `must be a number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .openapi({ type: 'number', minimum: min, maximum: max })

export const instantParameter = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-11-23T10:30:00.000Z' })
  .transform((text) => Date.parse(text))
  .openapi({ type: 'string', format: 'date-time' })

export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .openapi({ type: 'string', enum: ['true', 'false'] })

export const Limit = wholeNumber(1, 100)
  .optional()
  .openapi({ description: 'How many a page holds at most. Left out: 20' })
export const Cursor = z.string().min(1).max(1_000).optional().openapi({
  description: '`next_cursor` of the page before, with the same filters and sort. Left out: the first page',
})
export const DEFAULT_LIMIT = 20

/** For routes without parameters: an unknown one is refused, not overlooked. */
export const NoQuery = z.strictObject({})
