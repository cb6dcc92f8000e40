import { z } from '@hono/zod-openapi'
import { Instant } from './envelope.ts'
import { EXAMPLE_SESSION_ID } from './ids.ts'
import { instantParameter } from './query.ts'
import { SessionStatusName } from './session.ts'
import { TtlDays } from './workflow.ts'

export const GenerateLinkInput = z
  .strictObject({
    ttl_days: TtlDays.optional().openapi({
      description:
        'How long the new link works, in days from now. Left out: until the present expiry, or, if that is past, as long as the first link did',
    }),
  })
  .openapi('GenerateLink')

export const GeneratedLinkBody = z
  .strictObject({
    session_id: z.string(),
    access_token: z.string().openapi({
      description:
        'The credential of the person: the last part of the link. Answered once, the server cannot show it again',
    }),
    access_link: z.string().openapi({ format: 'uri' }),
    expires_at: Instant,
  })
  .openapi('GeneratedLink')
export type GeneratedLinkBody = z.infer<typeof GeneratedLinkBody>

const EXAMPLE_TOKEN = 'AQEAAZqx9GsAfDqdUj8eimtMIQAAAAI7v1eQn4cXbU0rWm2sYh6kZt9pLd3gJa8fRx5oEwTq1C'

export const EXAMPLE_LINK: GeneratedLinkBody = {
  session_id: EXAMPLE_SESSION_ID,
  access_token: EXAMPLE_TOKEN,
  access_link: `https://kyc.example.com/v/${EXAMPLE_TOKEN}`,
  expires_at: '2026-12-07T10:30:00.000Z',
}

export const ExtendSessionInput = z
  .strictObject({
    ttl_days: TtlDays.optional().openapi({ description: 'Days to add to the later of now and the present expiry' }),
    expires_at: instantParameter.optional().openapi({
      type: 'string',
      format: 'date-time',
      description: 'The new expiry: at most 365 days ahead, not earlier than the present one',
    }),
  })
  .openapi('ExtendSession', { description: 'Send exactly one of `ttl_days` and `expires_at`' })

export const ExtendedSessionBody = z
  .strictObject({ session_id: z.string(), status: SessionStatusName, expires_at: Instant })
  .openapi('ExtendedSession')
export type ExtendedSessionBody = z.infer<typeof ExtendedSessionBody>
