import type { Result } from '../../domain/result.ts'
import type { ActorRef, Mode } from '../../domain/session/state.ts'
import type { TenantChange, TenantSettings } from '../../domain/tenant/settings.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Permission, TenantActor, TenantScope } from '../actor.ts'
import type { KeptBy, KeptOutcome } from './idempotency.ts'

export type { TenantSettings }

export type Tenant = {
  tenant_id: string
  name: string
  settings: TenantSettings
  created_at: EpochMs
}

export type ApiKeyRecord = {
  key_id: string
  tenant_id: string
  mode: Mode
  name: string
  permissions: Permission[]
}

/** A key as lists show it: everything but its hash. */
export type ListedApiKey = ApiKeyRecord & {
  hint: string
  created_at: EpochMs
  /** Null: made by the operator's command. */
  created_by: Pick<ActorRef, 'type' | 'id'> | null
  revoked_at: EpochMs | null
}
export type ApiKeyPosition = { created_at: EpochMs; key_id: string }

export interface Tenants {
  /** From memory for up to 60 s. */
  find(tenantId: string): Promise<Tenant | null>
  /** The key's row and its tenant by the secret's SHA-256, served from memory for up to 60 s. */
  findByKey(secret: string): Promise<{ key: ApiKeyRecord; tenant: Tenant } | null>
  insert(tenant: Tenant): Promise<void>
  insertKey(key: ApiKeyRecord & { key_hash: string; hint: string; created_at: EpochMs }): Promise<void>
}

/**
 * What changes who may do what. Each change hangs on the caller's own key being live in D1 at that moment: an isolate may
 * take a revoked key for up to 60 s, and such a key must not make another that outlives it. `stale_caller` says so.
 */
export interface TenantAdmin {
  /** As D1 has it now. */
  read(tenantId: string): Promise<Tenant | null>
  change(caller: TenantActor, change: TenantChange): Promise<Tenant | 'stale_caller'>
  listKeys(scope: TenantScope, page: { limit: number; after: ApiKeyPosition | null }): Promise<ListedApiKey[]>
  /** `too_many`: the scope has `maxLive` keys that are not revoked. */
  issueKey(
    caller: TenantActor,
    key: ListedApiKey & { key_hash: string },
    options: { maxLive: number; kept: KeptBy | null },
  ): Promise<'issued' | 'stale_caller' | 'too_many' | KeptOutcome<ListedApiKey>>
  /** Revoking twice is revoking once. Null: no such key in the scope. */
  revokeKey(caller: TenantActor, keyId: string, at: EpochMs): Promise<ListedApiKey | 'stale_caller' | null>
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
