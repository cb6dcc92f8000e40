import { PERMISSIONS } from '../application/actor.ts'
import type { Tenant } from '../application/ports.ts'
import type { Mode } from '../domain/session/state.ts'
import { DEFAULT_SETTINGS } from '../domain/tenant/settings.ts'
import { createKeyMint } from '../platform/crypto/api-keys.ts'
import { createIds } from '../platform/crypto/ids.ts'
import type { NewKey } from './tenant-sql.ts'

/** A tenant and a key that may do everything in it. The secret is shown once and kept nowhere by these functions. */
export function newTenant(name: string, mode: Mode): { tenant: Tenant; key: NewKey; secret: string } {
  const tenant: Tenant = {
    tenant_id: createIds().uuid(),
    name,
    settings: DEFAULT_SETTINGS,
    created_at: Date.now(),
  }
  return { tenant, ...newKey(tenant.tenant_id, mode, 'first key') }
}

export function newKey(tenantId: string, mode: Mode, name: string): { key: NewKey; secret: string } {
  const { secret, key_hash, hint } = createKeyMint().mint(mode)
  const key: NewKey = {
    key_id: createIds().uuid(),
    tenant_id: tenantId,
    mode,
    name,
    permissions: [...PERMISSIONS],
    key_hash,
    hint,
    created_at: Date.now(),
  }
  return { key, secret }
}
