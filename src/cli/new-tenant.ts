import { PERMISSIONS } from '../application/actor.ts'
import type { Tenant } from '../application/ports.ts'
import type { Mode } from '../domain/session/state.ts'
import { DEFAULT_SETTINGS } from '../domain/tenant/settings.ts'
import { createKeyMint } from '../platform/crypto/api-keys.ts'
import { createIds } from '../platform/crypto/ids.ts'
import type { NewKey } from './tenant-sql.ts'

/** A tenant and a key that may do everything in it. The secret is shown once and kept nowhere by this function. */
export function newTenant(name: string, mode: Mode): { tenant: Tenant; key: NewKey; secret: string } {
  const ids = createIds()
  const now = Date.now()
  const { secret, key_hash, hint } = createKeyMint().mint(mode)
  const tenant: Tenant = {
    tenant_id: ids.uuid(),
    name,
    settings: DEFAULT_SETTINGS,
    created_at: now,
  }
  const key: NewKey = {
    key_id: ids.uuid(),
    tenant_id: tenant.tenant_id,
    mode,
    name: 'first key',
    permissions: [...PERMISSIONS],
    key_hash,
    hint,
    created_at: now,
  }
  return { tenant, key, secret }
}
