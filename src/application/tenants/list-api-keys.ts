import type { DomainError } from '../../domain/errors.ts'
import { ok, type Result } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { ApiKeyPosition, Deps, ListedApiKey } from '../ports.ts'

/** Keys of the caller's own mode, the youngest first, revoked ones too. */
export async function listApiKeys(
  deps: Pick<Deps, 'tenantAdmin'>,
  input: TenantCall & { limit: number; after: ApiKeyPosition | null },
): Promise<Result<{ keys: ListedApiKey[]; next: ApiKeyPosition | null }, DomainError>> {
  const permitted = permit(input.actor, 'tenant:manage')
  if (!permitted.ok) return permitted
  const found = await deps.tenantAdmin.listKeys(input.actor.scope, { limit: input.limit + 1, after: input.after })
  const keys = found.slice(0, input.limit)
  const last = keys.at(-1)
  const hasMore = found.length > input.limit && last !== undefined
  return ok({ keys, next: hasMore ? { created_at: last.created_at, key_id: last.key_id } : null })
}
