import { DEFAULT_SETTINGS } from '../../domain/tenant/settings.ts'
import type { Deps, Tenant, TenantSettings } from '../ports.ts'

/** For the operator's commands only: no route makes a tenant. */
export async function createTenant(
  deps: Pick<Deps, 'clock' | 'ids' | 'tenants'>,
  input: { name: string; settings?: Partial<TenantSettings> },
): Promise<Tenant> {
  const tenantId = deps.ids.uuid()
  const tenant: Tenant = {
    tenant_id: tenantId,
    name: input.name,
    settings: { ...DEFAULT_SETTINGS, ...input.settings },
    created_at: deps.clock.now({ tenantId, mode: 'live' }),
  }
  await deps.tenants.insert(tenant)
  return tenant
}
