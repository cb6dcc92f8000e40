import { domainError, type DomainError, type ErrorDetail } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { checkSecret, hintOf } from '../../domain/webhook/secret.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, NotificationChannels } from '../ports.ts'
import { slackUrlOf, webhookSecretOf } from './channel-secrets.ts'

/** What is left out stays as it is. */
export type ChannelChanges = {
  webhook_url?: string | null | undefined
  webhook_secret?: string | undefined
  emails?: string[] | undefined
  slack_url?: string | null | undefined
  batch?: boolean | undefined
}
/** `secret`: whole, when this call made or set it; nowhere else. */
export type UpdatedChannels = { channels: NotificationChannels; secret: string | null }

export type ChannelDeps = Pick<Deps, 'channels' | 'clock' | 'outbound' | 'secretBox' | 'webhookSigner'>
const TRIES = 5

export async function updateChannels(
  deps: ChannelDeps,
  { actor, changes }: TenantCall & { changes: ChannelChanges },
): Promise<Result<UpdatedChannels, DomainError>> {
  const permitted = permit(actor, 'tenant:manage')
  if (!permitted.ok) return permitted
  const problems = await problemsOf(deps, changes)
  if (problems.length > 0) return err(invalid(problems))
  // Two changes at once: the later one is made anew from what the first one left.
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await deps.channels.find(actor.scope)
    const updated = await changed(deps, actor.scope, before, changes)
    if (await deps.channels.save(actor.scope, updated.channels, deps.clock.system())) return ok(updated)
  }
  throw new Error('updateChannels: the channels change all the time')
}

async function changed(
  deps: ChannelDeps,
  scope: TenantCall['actor']['scope'],
  before: NotificationChannels,
  changes: ChannelChanges,
): Promise<UpdatedChannels> {
  const channels = { ...before, version: before.version + 1 }
  if (changes.webhook_url !== undefined) {
    channels.webhook_url = changes.webhook_url
    channels.gone_at = null
  }
  const isMissing = channels.webhook_url !== null && before.secret === null
  const secret = changes.webhook_secret ?? (isMissing ? deps.webhookSigner.newSecret() : null)
  if (secret !== null) {
    channels.secret = await deps.secretBox.seal(webhookSecretOf(scope), secret)
    channels.secret_hint = hintOf(secret)
    channels.previous_secret = null
    channels.previous_until = null
  }
  if (changes.emails !== undefined) channels.emails = changes.emails
  if (changes.slack_url !== undefined) {
    const url = changes.slack_url
    channels.slack_url = url === null ? null : await deps.secretBox.seal(slackUrlOf(scope), url)
    channels.slack_hint = url === null ? null : hintOf(url)
  }
  if (changes.batch !== undefined) channels.batch = changes.batch
  return { channels, secret }
}

async function problemsOf(deps: ChannelDeps, changes: ChannelChanges): Promise<ErrorDetail[]> {
  const problems: ErrorDetail[] = []
  if (typeof changes.webhook_url === 'string') {
    const checked = await deps.outbound.check(changes.webhook_url)
    if (!checked.ok) problems.push({ path: 'webhook_url', message: checked.error.message })
  }
  if (changes.webhook_secret !== undefined) {
    const checked = checkSecret(changes.webhook_secret, deps.webhookSigner.bytesOf)
    if (!checked.ok) problems.push({ path: 'webhook_secret', message: checked.error })
  }
  return problems
}

const invalid = (problems: ErrorDetail[]): DomainError => {
  const reasons = problems.map(({ path, message }) => `${path} ${message}`).join('; ')
  return domainError('INVALID_REQUEST', `The body is not valid: ${reasons}.`, problems)
}
