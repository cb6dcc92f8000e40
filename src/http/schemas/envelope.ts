import { z } from '@hono/zod-openapi'

export const Meta = z
  .strictObject({ request_id: z.string().openapi({ example: 'req_01kb2v8x5nf6b8m1q4r7t0w3y6' }) })
  .openapi('Meta')

/** A success answer around `data`, with its one example. */
export const answerOf = <S extends z.ZodType>(description: string, data: S, example: z.input<S>) => ({
  description,
  content: {
    'application/json': {
      schema: z.strictObject({ status: z.literal('success'), data, meta: Meta }),
      example: { status: 'success', data: example, meta: { request_id: 'req_01kb2v8x5nf6b8m1q4r7t0w3y6' } },
    },
  },
})

/** A JSON body that must be there. */
export const bodyOf = <S extends z.ZodType>(schema: S, example: z.input<S>) => ({
  required: true as const,
  content: { 'application/json': { schema, example } },
})

/** A JSON body that may be left out; then every member of it is. */
export const optionalBodyOf = <S extends z.ZodType>(schema: S, example: z.input<S>) => ({
  required: false as const,
  content: { 'application/json': { schema, example } },
})

/** An instant on the wire. */
export const Instant = z.string().openapi({ format: 'date-time', example: '2026-11-23T10:30:00.000Z' })

export const Pagination = z
  .strictObject({
    limit: z.number().int(),
    next_cursor: z.string().nullable(),
    has_more: z.boolean(),
  })
  .openapi('Pagination')

/** What a machine branches on, and what a person reads. */
export const CodedMessage = z.strictObject({ code: z.string(), message: z.string() }).openapi('CodedMessage')
