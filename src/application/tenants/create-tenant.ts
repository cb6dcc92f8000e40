import type { Deps, Tenant, TenantSettings } from '../ports.ts'

export const DEFAULT_SETTINGS: TenantSettings = {
  branding: { display_name: null, logo_url: null, color: null },
  allowed_origins: [],
  allowed_redirects: [],
  retention_days: null,
}

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
