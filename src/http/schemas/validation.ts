import { z } from '@hono/zod-openapi'
import { CHECK_NAMES } from '../../domain/workflow/definition.ts'
import { ResultsByCheck } from './check-results.ts'
import { Instant } from './envelope.ts'
import { CheckName } from './words.ts'

export const ValidateSessionInput = z
  .strictObject({
    validations: z
      .array(CheckName)
      .min(1)
      .max(CHECK_NAMES.length)
      .optional()
      .openapi({ description: 'The checks to run. Left out: every check that the workflow asks for' }),
    wait_seconds: z
      .number()
      .int()
      .min(0)
      .max(25)
      .optional()
      .openapi({ description: 'How long to wait for the end before answering: 0–25, left out 20' }),
    explain: z
      .enum(['misses'])
      .optional()
      .openapi({ description: '`misses` adds `near_misses` to the watchlist result: what came near to a hit' }),
  })
  .openapi('ValidateSession')

export const ValidatedBody = z
  .strictObject({
    validation_id: z.string(),
    status: z.enum(['running', 'completed']),
    results: ResultsByCheck,
    started_at: Instant,
    completed_at: Instant.nullable(),
  })
  .openapi('ValidationAnswer')
export type ValidatedBody = z.infer<typeof ValidatedBody>
