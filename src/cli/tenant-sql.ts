import type { ApiKeyRecord, Tenant } from '../application/ports.ts'

export type NewKey = ApiKeyRecord & { key_hash: string; hint: string; created_at: number }

/** The SQL that makes a tenant with its first key; running it twice changes nothing. */
export const tenantSql = (tenant: Tenant, key: NewKey): string =>
  [
    'INSERT OR IGNORE INTO tenants (tenant_id, name, settings, created_at) VALUES ' +
      `(${text(tenant.tenant_id)}, ${text(tenant.name)}, ${text(JSON.stringify(tenant.settings))}, ${tenant.created_at});`,
    insertKey('INSERT OR IGNORE', key, text(tenant.tenant_id)),
  ].join('\n')

/** Fails for a tenant that is not there: its id then is null, which the column does not take. */
export const keySql = (key: NewKey): string =>
  insertKey('INSERT', key, `(SELECT tenant_id FROM tenants WHERE tenant_id = ${text(key.tenant_id)})`)

const insertKey = (insert: string, key: NewKey, tenantId: string): string =>
  `${insert} INTO api_keys (key_id, tenant_id, mode, name, key_hash, hint, permissions, created_at) VALUES ` +
  `(${text(key.key_id)}, ${tenantId}, ${text(key.mode)}, ${text(key.name)}, ${text(key.key_hash)}, ` +
  `${text(key.hint)}, ${text(JSON.stringify(key.permissions))}, ${key.created_at});`

const text = (value: string): string => {
  // A NUL would end the statement early for the shell in between and for SQLite.
  if (value.includes('\0')) throw new Error('A name cannot hold a NUL character.')
  return `'${value.replaceAll("'", "''")}'`
}
