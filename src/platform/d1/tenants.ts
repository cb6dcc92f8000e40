import { and, eq, isNull } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { ApiKeyRecord, Tenant, Tenants } from '../../application/ports.ts'
import type { EpochMs } from '../../domain/time.ts'
import { hashApiKey } from '../crypto/api-keys.ts'
import { createShortMemory } from './short-memory.ts'
import { apiKeys, tenants } from './schema.ts'
import { readPermissions, readTenant } from './stored.ts'

/** A revoked key and a changed setting are in force everywhere after this long. */
const KEPT_MS = 60_000
const MAX_KEPT = 1_000

export function createTenants(db: D1Database, { now }: { now: () => EpochMs }): Tenants {
  const orm = drizzle(db)
  const byId = createShortMemory<Tenant>({ keptMs: KEPT_MS, maxEntries: MAX_KEPT, now })
  // By hash, so that no secret lies in memory longer than its request.
  const byKeyHash = createShortMemory<{ key: ApiKeyRecord; tenant: Tenant }>({
    keptMs: KEPT_MS,
    maxEntries: MAX_KEPT,
    now,
  })

  return {
    async find(tenantId) {
      const kept = byId.get(tenantId)
      if (kept !== null) return kept
      const [row] = await orm.select().from(tenants).where(eq(tenants.tenant_id, tenantId))
      if (row === undefined) return null
      const tenant = readTenant(row)
      byId.set(tenantId, tenant)
      return tenant
    },

    async findByKey(secret) {
      const keyHash = hashApiKey(secret)
      const kept = byKeyHash.get(keyHash)
      if (kept !== null) return kept
      const [row] = await orm
        .select()
        .from(apiKeys)
        .innerJoin(tenants, eq(tenants.tenant_id, apiKeys.tenant_id))
        .where(and(eq(apiKeys.key_hash, keyHash), isNull(apiKeys.revoked_at)))
      if (row === undefined) return null
      const { key_id, tenant_id, mode, name, permissions } = row.api_keys
      const found = {
        key: { key_id, tenant_id, mode, name, permissions: readPermissions(permissions) },
        tenant: readTenant(row.tenants),
      }
      byKeyHash.set(keyHash, found)
      return found
    },

    async insert(tenant) {
      await orm.insert(tenants).values({ ...tenant, settings: JSON.stringify(tenant.settings) })
    },

    async insertKey(key) {
      await orm.insert(apiKeys).values({ ...key, permissions: JSON.stringify(key.permissions) })
    },
  }
}
