import { z } from '@hono/zod-openapi'
import { Instant } from './envelope.ts'

const MAX_EMAILS = 20
/** The address is the credential: whoever knows it can write to the channel. */
const SLACK_URL = /^https:\/\/hooks\.slack\.com\/services\/[A-Z0-9]{1,32}\/[A-Z0-9]{1,32}\/[A-Za-z0-9]{1,64}$/

export const ChannelsInput = z
  .strictObject({
    webhook_url: z.string().min(1).max(2_048).nullable().optional().openapi({
      description: 'https, on the public internet. null switches webhooks off and cancels what is pending',
    }),
    webhook_secret: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .openapi({ description: '`whsec_` and the base64 of 24 to 64 random bytes; left out, one is made' }),
    notification_emails: z.array(z.email().max(254)).max(MAX_EMAILS).optional(),
    slack_webhook_url: z
      .string()
      .regex(SLACK_URL, 'must be an incoming webhook of Slack: https://hooks.slack.com/services/…')
      .nullable()
      .optional(),
    batch_notifications_enabled: z.boolean().optional(),
  })
  .openapi('NotificationChannelsInput')

export const RotateSecretInput = z
  .strictObject({
    overlap_hours: z
      .number()
      .int()
      .min(0)
      .max(72)
      .optional()
      .openapi({ description: 'Both secrets sign for so long. Default 24' }),
  })
  .openapi('RotateSecretInput')

const NotDelivered = z.enum(['off', 'not_configured'])

export const NotificationConfig = z
  .strictObject({
    webhook_url: z.string().nullable(),
    webhook_secret: z.string().nullable().openapi({ description: '28 `*` and its last four characters' }),
    previous_secret_valid_until: Instant.nullable().openapi({
      description: 'Until then the secret before signs as well',
    }),
    notification_emails: z.array(z.string()),
    slack_webhook_url: z.string().nullable().openapi({ description: '28 `*` and its last four characters' }),
    batch_notifications_enabled: z.boolean(),
    delivery: z
      .strictObject({
        webhook: z.enum(['on', 'off', 'gone']),
        email: NotDelivered,
        slack: NotDelivered,
        batch: NotDelivered,
      })
      .openapi({
        description:
          'What is really sent. gone: the receiver answered 410, set webhook_url again. not_configured: kept, but this service sends nothing there',
      }),
  })
  .openapi('NotificationConfig')

export const ChannelsBody = z.strictObject({ notification_config: NotificationConfig }).openapi('NotificationChannels')

export const UpdatedChannelsBody = z
  .strictObject({
    notification_config: NotificationConfig,
    webhook_secret: z
      .string()
      .nullable()
      .openapi({ description: 'The whole secret when this call made or set it: it is never shown again. Else null' }),
  })
  .openapi('UpdatedNotificationChannels')

/** 32 bytes from 1 on: an example must not look like a secret of somebody. */
export const EXAMPLE_SECRET = 'whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='

export const EXAMPLE_CONFIG: z.input<typeof NotificationConfig> = {
  webhook_url: 'https://shop.example.com/hooks/kyc',
  webhook_secret: `${'*'.repeat(28)}HyA=`,
  previous_secret_valid_until: null,
  notification_emails: ['compliance@example.com'],
  slack_webhook_url: null,
  batch_notifications_enabled: false,
  delivery: { webhook: 'on', email: 'not_configured', slack: 'off', batch: 'off' },
}
