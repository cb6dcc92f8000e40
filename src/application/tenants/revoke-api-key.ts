import { domainError, type DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, ListedApiKey } from '../ports.ts'
import { accessLine } from '../sessions/access-line.ts'
import { apiKeyNotFound, staleCaller } from './stale-caller.ts'

/**
 * In force at once in this isolate and for every change of keys and settings, elsewhere within 60 s. A key does not
 * revoke itself: who calls with a key still has one afterwards, so no tenant locks itself out.
 */
export async function revokeApiKey(
  deps: Pick<Deps, 'clock' | 'directory' | 'tenantAdmin'>,
  input: TenantCall & { keyId: string },
): Promise<Result<ListedApiKey, DomainError>> {
  const { actor, keyId } = input
  const permitted = permit(actor, 'tenant:manage')
  if (!permitted.ok) return permitted
  if (actor.ref.type === 'api_key' && actor.ref.id === keyId) return err(ownKey())
  await deps.directory.recordAccess(accessLine(deps, input, 'api_key.revoke', null))
  const revoked = await deps.tenantAdmin.revokeKey(actor, keyId, deps.clock.now(actor.scope))
  if (revoked === 'stale_caller') return err(staleCaller())
  return revoked === null ? err(apiKeyNotFound()) : ok(revoked)
}

const ownKey = (): DomainError =>
  domainError('INVALID_REQUEST', 'A key cannot revoke itself: make a new key, and revoke this one with it.')
