import type { z } from '@hono/zod-openapi'
import type { UpdatedChannels } from '../../application/channels/update-channels.ts'
import type { NotificationChannels } from '../../application/ports.ts'
import type { EpochMs } from '../../domain/time.ts'
import { masked } from '../../domain/webhook/secret.ts'
import type { NotificationConfig, UpdatedChannelsBody } from '../schemas/channels.ts'
import { isoOrNull } from './time.ts'

export const presentChannels = (channels: NotificationChannels, now: EpochMs): z.infer<typeof NotificationConfig> => {
  const { webhook_url, secret_hint, previous_until, emails, slack_hint, batch, gone_at } = channels
  const kept = (isSet: boolean) => (isSet ? 'not_configured' : 'off')
  return {
    webhook_url,
    webhook_secret: secret_hint === null ? null : masked(secret_hint),
    previous_secret_valid_until: isoOrNull(previous_until !== null && previous_until > now ? previous_until : null),
    notification_emails: emails,
    slack_webhook_url: slack_hint === null ? null : masked(slack_hint),
    batch_notifications_enabled: batch,
    delivery: {
      webhook: webhook_url === null ? 'off' : gone_at === null ? 'on' : 'gone',
      email: kept(emails.length > 0),
      slack: kept(slack_hint !== null),
      batch: kept(batch),
    },
  }
}

export const presentUpdatedChannels = (
  { channels, secret }: UpdatedChannels,
  now: EpochMs,
): z.infer<typeof UpdatedChannelsBody> => ({
  notification_config: presentChannels(channels, now),
  webhook_secret: secret,
})
