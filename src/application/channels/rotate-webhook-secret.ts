import type { DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { HOUR_MS } from '../../domain/time.ts'
import { hintOf } from '../../domain/webhook/secret.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { keptBy, replayed } from '../idempotency/replay.ts'
import { endpointIsOff } from '../not-found.ts'
import type { Deps } from '../ports.ts'
import { webhookSecretOf } from './channel-secrets.ts'
import type { ChannelDeps, UpdatedChannels } from './update-channels.ts'

const TRIES = 5

type RotateDeps = ChannelDeps & Pick<Deps, 'idempotencyKeys'>
type RotateInput = TenantCall & { overlapHours: number }

/** A new secret at once; the one before it signs beside it for the overlap. Two at once: the later one follows the first. */
export async function rotateWebhookSecret(
  deps: RotateDeps,
  input: RotateInput,
): Promise<Result<UpdatedChannels, DomainError>> {
  const permitted = permit(input.actor, 'tenant:manage')
  if (!permitted.ok) return permitted
  for (let tries = 0; tries < TRIES; tries += 1) {
    const rotated = await rotate(deps, input)
    if (rotated !== 'conflict') return rotated
  }
  throw new Error('rotateWebhookSecret: the channels change all the time')
}

async function rotate(
  deps: RotateDeps,
  input: RotateInput,
): Promise<Result<UpdatedChannels, DomainError> | 'conflict'> {
  const { scope } = input.actor
  const before = await deps.channels.find(scope)
  if (before.webhook_url === null) return err(endpointIsOff())
  const now = deps.clock.system()
  const secret = deps.webhookSigner.newSecret()
  const hasOverlap = input.overlapHours > 0 && before.secret !== null
  const channels = {
    ...before,
    version: before.version + 1,
    secret: await deps.secretBox.seal(webhookSecretOf(scope), secret),
    secret_hint: hintOf(secret),
    previous_secret: hasOverlap ? before.secret : null,
    previous_until: hasOverlap ? now + input.overlapHours * HOUR_MS : null,
  }
  const by = keptBy(deps, input)
  if (by === null || input.idempotency === undefined) {
    return (await deps.channels.save(scope, channels, now)) ? ok({ channels, secret }) : 'conflict'
  }
  by.keyed.sealed = await deps.idempotencyKeys.seal(input.idempotency, new TextEncoder().encode(secret))
  const outcome = await deps.channels.saveKeyed(scope, channels, now, by)
  if (outcome === 'conflict') return 'conflict'
  if (outcome === 'saved') return ok({ channels, secret })
  const first = replayed(by, { ...outcome, made: before }, endpointIsOff())
  if (!first.ok) return first
  return ok({
    channels: first.value,
    secret: new TextDecoder().decode(await deps.idempotencyKeys.open(input.idempotency)),
  })
}
