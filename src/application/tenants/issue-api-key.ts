import { domainError, type DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import type { Permission } from '../actor.ts'
import { notHeld } from '../actor.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { keptBy, replayed } from '../idempotency/replay.ts'
import type { Deps, ListedApiKey } from '../ports.ts'
import { accessLine } from '../sessions/access-line.ts'
import { apiKeyNotFound, staleCaller } from './stale-caller.ts'

/** Of one tenant and mode. More is a program that makes keys, not a team that holds them. */
export const MAX_LIVE_KEYS = 50

export type IssuedKey = { key: ListedApiKey; secret: string }

/**
 * The secret is in this answer and nowhere else: its SHA-256 is what is kept. A key holds no more than its maker and is
 * of its maker's mode. Under an Idempotency-Key a repeat shows the same secret, which was sealed under that key.
 */
export async function issueApiKey(
  deps: Pick<Deps, 'clock' | 'ids' | 'directory' | 'tenantAdmin' | 'keyMint' | 'idempotencyKeys'>,
  input: TenantCall & { name: string; permissions: readonly Permission[] },
): Promise<Result<IssuedKey, DomainError>> {
  const { actor, idempotency } = input
  const permitted = permit(actor, 'tenant:manage')
  if (!permitted.ok) return permitted
  const missing = notHeld(actor, input.permissions)
  if (missing.length > 0) return err(beyondTheMaker(missing))

  await deps.directory.recordAccess(accessLine(deps, input, 'api_key.issue', null))
  const { secret, key_hash, hint } = deps.keyMint.mint(actor.scope.mode)
  const key: ListedApiKey = {
    key_id: deps.ids.uuid(),
    tenant_id: actor.scope.tenantId,
    mode: actor.scope.mode,
    name: input.name,
    permissions: [...new Set(input.permissions)],
    hint,
    created_at: deps.clock.now(actor.scope),
    created_by: { type: actor.ref.type, id: actor.ref.id },
    revoked_at: null,
  }
  if (idempotency !== undefined) {
    idempotency.keyed.sealed = await deps.idempotencyKeys.seal(idempotency, new TextEncoder().encode(secret))
  }
  const kept = keptBy(deps, input)
  const outcome = await deps.tenantAdmin.issueKey(actor, { ...key, key_hash }, { maxLive: MAX_LIVE_KEYS, kept })
  if (outcome === 'issued') return ok({ key, secret })
  if (outcome === 'stale_caller') return err(staleCaller())
  if (outcome === 'too_many') return err(tooMany())
  if (kept === null || idempotency === undefined) throw new Error('issueApiKey: a kept call without a key')
  const first = replayed(kept, outcome, apiKeyNotFound())
  if (!first.ok) return first
  return ok({ key: first.value, secret: new TextDecoder().decode(await deps.idempotencyKeys.open(idempotency)) })
}

const beyondTheMaker = (missing: readonly Permission[]): DomainError =>
  domainError(
    'MISSING_PERMISSION',
    `A key holds no more than its maker, and this credential lacks ${missing.join(', ')}: leave it out, or make the key with a credential that holds it.`,
  )

const tooMany = (): DomainError =>
  domainError('INVALID_REQUEST', `There are ${MAX_LIVE_KEYS} live keys already: revoke those that nobody uses.`)
