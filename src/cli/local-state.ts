import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newTenant } from './new-tenant.ts'
import { tenantSql } from './tenant-sql.ts'

/** What `npm start` remembers between two starts. Made for this machine alone; the folder is ignored by git. */
export type LocalState = {
  url: string | null
  tenant_id: string
  api_key: string
  access_token_keys: string
  /** Idempotent; run at each start, so that a database that was thrown away gets the same tenant and key again. */
  seed_sql: string
  workflow_ids: Record<string, string>
}

const OWNER_ONLY = 0o600

export const stateFile = (persist: string): string => join(persist, 'local.json')

export function readLocalState(persist: string): LocalState | null {
  const file = stateFile(persist)
  if (!existsSync(file)) return null
  const state: Partial<LocalState> = JSON.parse(readFileSync(file, 'utf8'))
  const { tenant_id, api_key, access_token_keys, seed_sql } = state
  if (tenant_id === undefined || api_key === undefined || access_token_keys === undefined || seed_sql === undefined) {
    throw new Error(
      `${file} is not what npm start wrote. Delete the folder to begin anew, or name another with --persist.`,
    )
  }
  return {
    tenant_id,
    api_key,
    access_token_keys,
    seed_sql,
    url: state.url ?? null,
    workflow_ids: state.workflow_ids ?? {},
  }
}

export function makeLocalState(): LocalState {
  const { tenant, key, secret } = newTenant('Demo Bank', 'test')
  return {
    url: null,
    tenant_id: tenant.tenant_id,
    api_key: secret,
    access_token_keys: `1:${randomBytes(32).toString('base64url')}`,
    seed_sql: tenantSql(tenant, key),
    workflow_ids: {},
  }
}

export function writeLocalState(persist: string, state: LocalState): void {
  writePrivately(stateFile(persist), `${JSON.stringify(state, null, 2)}\n`)
}

/** Vars and secrets of the local Worker, for wrangler's --env-file: on a command line every user of the machine sees them. */
export function writeEnvFile(persist: string, values: Record<string, string>): string {
  const file = join(persist, 'local.env')
  writePrivately(
    file,
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  return file
}

function writePrivately(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text, { mode: OWNER_ONLY })
  // `mode` counts only when the file is made.
  chmodSync(file, OWNER_ONLY)
}
