import type { Result } from '../../domain/result.ts'
import type { Mode } from '../../domain/session/state.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Permission } from '../actor.ts'

export type Tenant = {
  tenant_id: string
  name: string
  settings: TenantSettings
  created_at: EpochMs
}
export type TenantSettings = {
  branding: { display_name: string | null; logo_url: string | null; color: string | null }
  /** Origins that may call the public API from a browser. */
  allowed_origins: string[]
  /** Prefixes that `redirect_url` must start with; empty = any https URL. */
  allowed_redirects: string[]
  retention_days: number | null
}

export type ApiKeyRecord = {
  key_id: string
  tenant_id: string
  mode: Mode
  name: string
  permissions: Permission[]
}

export interface Tenants {
  find(tenantId: string): Promise<Tenant | null>
  /** The key's row and its tenant by the secret's SHA-256, served from memory for up to 60 s. */
  findByKey(secret: string): Promise<{ key: ApiKeyRecord; tenant: Tenant } | null>
  insert(tenant: Tenant): Promise<void>
  insertKey(key: ApiKeyRecord & { key_hash: string; hint: string; created_at: EpochMs }): Promise<void>
}

export interface KeyMint {
  /** A new secret `sk_live_…` | `sk_test_…` with what is stored of it: SHA-256 (hex) and its last four characters. */
  mint(mode: Mode): { secret: string; key_hash: string; hint: string }
}

export type JwtIdentity = {
  subject: string
  name: string | null
  tenant_id: string
  mode: Mode
  permissions: Permission[]
}
export interface JwtVerifier {
  /** `not_configured` when this deployment accepts API keys only. */
  verify(token: string): Promise<Result<JwtIdentity, 'expired' | 'invalid' | 'not_configured'>>
}
