import { and, eq, isNull } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { Tenants } from '../../application/ports.ts'
import { hashApiKey } from '../crypto/api-keys.ts'
import { apiKeys, tenants } from './schema.ts'
import { readPermissions, readTenant } from './stored.ts'
import type { TenantMemory } from './tenant-memory.ts'

export function createTenants(db: D1Database, memory: TenantMemory): Tenants {
  const orm = drizzle(db)

  return {
    async find(tenantId) {
      const kept = memory.tenant(tenantId)
      if (kept !== null) return kept
      const remember = memory.reading()
      const [row] = await orm.select().from(tenants).where(eq(tenants.tenant_id, tenantId))
      if (row === undefined) return null
      const tenant = readTenant(row)
      remember.tenant(tenant)
      return tenant
    },

    async findByKey(secret) {
      const keyHash = hashApiKey(secret)
      const kept = memory.key(keyHash)
      if (kept !== null) return kept
      const remember = memory.reading()
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
      remember.key(keyHash, found)
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
