import type { ApiKeyRecord, Tenant } from '../../application/ports.ts'
import type { EpochMs } from '../../domain/time.ts'
import { createShortMemory } from './short-memory.ts'

/** A revoked key and a changed setting are in force everywhere after this long. */
const KEPT_MS = 60_000
const MAX_KEPT = 1_000

export type KnownKey = { key: ApiKeyRecord; tenant: Tenant }

/** What this isolate remembers of tenants and keys. Keys are kept by their hash: no secret outlives its request here. */
export type TenantMemory = {
  tenant(tenantId: string): Tenant | null
  key(keyHash: string): KnownKey | null
  /** Call before the read. What was read is not remembered if something was forgotten meanwhile: it may be of before. */
  reading(): { tenant(tenant: Tenant): void; key(keyHash: string, known: KnownKey): void }
  forgetTenant(tenantId: string): void
  forgetKey(keyId: string): void
}

export function createTenantMemory({ now }: { now: () => EpochMs }): TenantMemory {
  const limits = { keptMs: KEPT_MS, maxEntries: MAX_KEPT, now }
  const tenants = createShortMemory<Tenant>(limits)
  const keys = createShortMemory<KnownKey>(limits)
  let timesForgotten = 0

  return {
    tenant: (tenantId) => tenants.get(tenantId),
    key: (keyHash) => keys.get(keyHash),
    reading() {
      const before = timesForgotten
      return {
        tenant(tenant) {
          if (timesForgotten === before) tenants.set(tenant.tenant_id, tenant)
        },
        key(keyHash, known) {
          if (timesForgotten === before) keys.set(keyHash, known)
        },
      }
    },
    forgetTenant(tenantId) {
      timesForgotten += 1
      tenants.forget(tenantId)
      keys.forgetWhere(({ tenant }) => tenant.tenant_id === tenantId)
    },
    forgetKey(keyId) {
      timesForgotten += 1
      keys.forgetWhere(({ key }) => key.key_id === keyId)
    },
  }
}
