import type { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { newKey, newTenant } from '../../../src/cli/new-tenant.ts'
import { keySql, tenantSql } from '../../../src/cli/tenant-sql.ts'
import { hashApiKey } from '../../../src/platform/crypto/api-keys.ts'
import { migratedDatabase } from '../../support/migrated-database.ts'

// Against SQLite with the project's own migrations, as D1 would run them.

let db: DatabaseSync

beforeEach(() => {
  db = migratedDatabase()
})

describe('the SQL of a new tenant', () => {
  it('makes one tenant and one key, of which only the hash is stored', () => {
    const { tenant, key, secret } = newTenant('Example Bank', 'live')
    db.exec(tenantSql(tenant, key))
    const row = db.prepare('SELECT * FROM api_keys').get()
    expect(row).toMatchObject({
      tenant_id: tenant.tenant_id,
      mode: 'live',
      key_hash: hashApiKey(secret),
      hint: secret.slice(-4),
    })
    expect(JSON.stringify(row)).not.toContain(secret)
    expect(secret).toMatch(/^sk_live_/)
  })

  it('changes nothing when it is run again', () => {
    const { tenant, key } = newTenant('Example Bank', 'test')
    db.exec(tenantSql(tenant, key))
    db.exec(tenantSql({ ...tenant, name: 'Another' }, key))
    expect(db.prepare('SELECT name FROM tenants').all()).toEqual([{ name: 'Example Bank' }])
    expect(db.prepare('SELECT count(*) AS n FROM api_keys').get()).toEqual({ n: 1 })
  })

  it('takes a name with quotes as a name and not as SQL', () => {
    const name = "O'Neill'); DROP TABLE tenants; --"
    const { tenant, key } = newTenant(name, 'test')
    db.exec(tenantSql(tenant, key))
    expect(db.prepare('SELECT name FROM tenants').all()).toEqual([{ name }])
  })

  it('refuses a NUL character', () => {
    const { tenant, key } = newTenant('a\0b', 'test')
    expect(() => tenantSql(tenant, key)).toThrow('NUL')
  })
})

describe('the SQL of a key for a tenant that is there', () => {
  it('adds a key to it, and leaves the tenant as it is', () => {
    const { tenant, key } = newTenant('Example Bank', 'live')
    db.exec(tenantSql(tenant, key))
    const made = newKey(tenant.tenant_id, 'test', 'made by the operator')
    db.exec(keySql(made.key))
    expect(db.prepare('SELECT tenant_id, mode, key_hash FROM api_keys WHERE key_id = ?').get(made.key.key_id)).toEqual({
      tenant_id: tenant.tenant_id,
      mode: 'test',
      key_hash: hashApiKey(made.secret),
    })
    expect(db.prepare('SELECT count(*) AS n FROM api_keys').get()).toEqual({ n: 2 })
  })

  it('fails for a tenant that is not there, so that no key is printed that opens nothing', () => {
    expect(() => db.exec(keySql(newKey('nobody', 'live', 'x').key))).toThrow('NOT NULL')
  })
})
