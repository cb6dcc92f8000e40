import type { Permission, TenantScope } from '../actor.ts'
import type { ApiKeyRecord, Deps } from '../ports.ts'

/** The secret is in this answer and nowhere else: its SHA-256 is what is kept. */
export async function issueApiKey(
  deps: Pick<Deps, 'clock' | 'ids' | 'tenants' | 'keyMint'>,
  input: { scope: TenantScope; name: string; permissions: Permission[] },
): Promise<{ key: ApiKeyRecord; secret: string }> {
  const { secret, key_hash, hint } = deps.keyMint.mint(input.scope.mode)
  const key: ApiKeyRecord = {
    key_id: deps.ids.uuid(),
    tenant_id: input.scope.tenantId,
    mode: input.scope.mode,
    name: input.name,
    permissions: input.permissions,
  }
  await deps.tenants.insertKey({ ...key, key_hash, hint, created_at: deps.clock.now(input.scope) })
  return { key, secret }
}
