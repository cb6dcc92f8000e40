import type { EpochMs } from '../../domain/time.ts'
import { outcomeOfStatus } from '../../domain/webhook/outcome.ts'
import type { TenantScope } from '../actor.ts'
import { webhookSecretOf } from '../channels/channel-secrets.ts'
import type { Attempted, Deps, Endpoint } from '../ports.ts'

const USER_AGENT = 'KYC-Webhooks/1.0'

export type SendDeps = Pick<Deps, 'clock' | 'outbound' | 'secretBox' | 'webhookSigner'>
export type OutgoingEvent = { event_id: string; body: string; created_at: EpochMs }

/** One attempt: the bytes that are signed are the bytes that are sent. */
export async function sendWebhook(
  deps: SendDeps,
  scope: TenantScope,
  endpoint: Endpoint,
  event: OutgoingEvent,
): Promise<Attempted> {
  const startedAt = deps.clock.system()
  const body = new TextEncoder().encode(event.body)
  const secrets = await openSecrets(deps, scope, endpoint, startedAt)
  const signed = deps.webhookSigner.sign({ id: event.event_id, createdAt: event.created_at, body }, secrets, startedAt)
  const answer = await deps.outbound.send({
    url: endpoint.url,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'User-Agent': USER_AGENT, ...signed },
    body,
    redirects: 'never',
  })
  const duration_ms = deps.clock.system() - startedAt
  if (answer.outcome !== 'answered') return { outcome: answer.outcome, status: null, duration_ms }
  return { outcome: outcomeOfStatus(answer.status), status: answer.status, duration_ms }
}

/** The present one first, and the one before it while their overlap lasts. */
async function openSecrets(
  deps: SendDeps,
  scope: TenantScope,
  { secret, previous_secret, previous_until }: Endpoint,
  now: EpochMs,
): Promise<string[]> {
  const previous = previous_until !== null && previous_until > now ? previous_secret : null
  const sealed = [secret, previous].filter((one) => one !== null)
  return Promise.all(sealed.map((one) => deps.secretBox.open(webhookSecretOf(scope), one)))
}
