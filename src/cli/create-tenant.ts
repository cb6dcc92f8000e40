import { parseArgs } from 'node:util'
import { newTenant } from './new-tenant.ts'
import { tenantSql } from './tenant-sql.ts'
import { applyMigrations, DEFAULT_PERSIST, executeSql } from './wrangler.ts'
import type { Place } from './wrangler.ts'

const USAGE = `Makes a tenant with its first API key and prints the key once.

  npm run tenant:create -- --name "Example Bank" [--mode live|test] [--remote | --persist DIR]

  --remote   the deployment that wrangler is logged in to (its migrations must have been applied: npm run deploy)
  --persist  the local folder of npm start, ${DEFAULT_PERSIST} if left out
`

const refuse = (message: string): never => {
  process.stderr.write(`${message}\n\n${USAGE}`)
  process.exit(2)
}

function readOptions(): { name: string; mode: 'live' | 'test'; place: Place } {
  const { values } = parseArgs({
    options: {
      name: { type: 'string' },
      mode: { type: 'string', default: 'live' },
      remote: { type: 'boolean', default: false },
      persist: { type: 'string', default: DEFAULT_PERSIST },
    },
  })
  const name = values.name?.trim() ?? ''
  if (name === '') return refuse('A tenant needs a name: --name "Example Bank".')
  if (values.mode !== 'live' && values.mode !== 'test') return refuse(`--mode is live or test, not ${values.mode}.`)
  return {
    name,
    mode: values.mode,
    place: values.remote ? { kind: 'remote' } : { kind: 'local', persist: values.persist },
  }
}

try {
  const { name, mode, place } = readOptions()
  const { tenant, key, secret } = newTenant(name, mode)
  if (place.kind === 'local') await applyMigrations(place)
  await executeSql(place, tenantSql(tenant, key))
  process.stderr.write('Keep this key: it is printed once, and only its hash is stored.\n')
  process.stdout.write(
    `${JSON.stringify({ tenant_id: tenant.tenant_id, name, mode, key_id: key.key_id, api_key: secret })}\n`,
  )
} catch (failure) {
  refuse(failure instanceof Error ? failure.message : String(failure))
}
