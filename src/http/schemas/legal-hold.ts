import { z } from '@hono/zod-openapi'
import { EXAMPLE_SESSION_ID } from './ids.ts'

export const LegalHoldInput = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(1)
      .max(1_000)
      .optional()
      .openapi({ description: 'Stands in the trail of the session, and is erased with it' }),
  })
  .openapi('SetLegalHold')

export const LegalHoldBody = z
  .strictObject({
    session_id: z.string(),
    legal_hold: z.boolean(),
    version: z.number().int().openapi({ description: 'Of the session after the call' }),
  })
  .openapi('LegalHold')

export const EXAMPLE_HOLD: z.infer<typeof LegalHoldBody> = {
  session_id: EXAMPLE_SESSION_ID,
  legal_hold: true,
  version: 8,
}
