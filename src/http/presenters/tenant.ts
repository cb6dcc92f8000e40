import type { ListedApiKey, Tenant } from '../../application/ports.ts'
import type { ApiKeyBody, TenantBody } from '../schemas/tenant.ts'
import { iso, isoOrNull } from './time.ts'

export const presentTenant = ({ tenant_id, name, settings, created_at }: Tenant): TenantBody => ({
  tenant_id,
  name,
  branding: settings.branding,
  retention_days: settings.retention_days,
  allowed_origins: settings.allowed_origins,
  allowed_redirects: settings.allowed_redirects,
  created_at: iso(created_at),
})

export const presentApiKey = (key: ListedApiKey): ApiKeyBody => ({
  key_id: key.key_id,
  name: key.name,
  mode: key.mode,
  hint: key.hint,
  permissions: key.permissions,
  created_at: iso(key.created_at),
  created_by: key.created_by,
  revoked_at: isoOrNull(key.revoked_at),
})
