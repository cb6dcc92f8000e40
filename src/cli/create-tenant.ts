import { parseArgs } from 'node:util'
import type { Mode } from '../domain/session/state.ts'
import { newKey, newTenant } from './new-tenant.ts'
import { keySql, tenantSql } from './tenant-sql.ts'
import { applyMigrations, DEFAULT_PERSIST, executeSql } from './wrangler.ts'
import type { Place } from './wrangler.ts'

const USAGE = `Makes a tenant with its first API key and prints the key once.

  npm run tenant:create -- --name "Example Bank" [--mode live|test] [--remote | --persist DIR]
  npm run tenant:create -- --tenant TENANT_ID    [--mode live|test] [--remote | --persist DIR]

  --tenant   makes no tenant, but a key for one that has lost all of its own
  --remote   the deployment that wrangler is logged in to (its migrations must have been applied: npm run deploy)
  --persist  the local folder of npm start, ${DEFAULT_PERSIST} if left out
`

const refuse = (message: string): never => {
  process.stderr.write(`${message}\n\n${USAGE}`)
  process.exit(2)
}

function readOptions(): { name: string; tenantId: string | null; mode: Mode; place: Place } {
  const { values } = parseArgs({
    options: {
      name: { type: 'string' },
      tenant: { type: 'string' },
      mode: { type: 'string', default: 'live' },
      remote: { type: 'boolean', default: false },
      persist: { type: 'string', default: DEFAULT_PERSIST },
    },
  })
  const name = values.name?.trim() ?? ''
  const tenantId = values.tenant ?? null
  if ((name === '') === (tenantId === null)) {
    return refuse('Either --name "Example Bank" for a new tenant, or --tenant TENANT_ID for one that is there.')
  }
  if (values.mode !== 'live' && values.mode !== 'test') return refuse(`--mode is live or test, not ${values.mode}.`)
  return {
    name,
    tenantId,
    mode: values.mode,
    place: values.remote ? { kind: 'remote' } : { kind: 'local', persist: values.persist },
  }
}

function ofNewTenant(name: string, mode: Mode): { sql: string; told: object } {
  const { tenant, key, secret } = newTenant(name, mode)
  const told = { tenant_id: tenant.tenant_id, name, mode, key_id: key.key_id, api_key: secret }
  return { sql: tenantSql(tenant, key), told }
}

function ofKnownTenant(tenantId: string, mode: Mode): { sql: string; told: object } {
  const { key, secret } = newKey(tenantId, mode, 'made by the operator')
  return { sql: keySql(key), told: { tenant_id: tenantId, mode, key_id: key.key_id, api_key: secret } }
}

try {
  const { name, tenantId, mode, place } = readOptions()
  if (place.kind === 'local') await applyMigrations(place)
  const { sql, told } = tenantId === null ? ofNewTenant(name, mode) : ofKnownTenant(tenantId, mode)
  await executeSql(place, sql)
  process.stderr.write('Keep this key: it is printed once, and only its hash is stored.\n')
  process.stdout.write(`${JSON.stringify(told)}\n`)
} catch (failure) {
  refuse(failure instanceof Error ? failure.message : String(failure))
}
