import { type SQL, sql } from 'drizzle-orm'
import type { TenantActor, TenantScope } from '../../application/actor.ts'
import type { KeptBy, KeptOutcome, ListedApiKey, TenantAdmin } from '../../application/ports.ts'
import { MODES } from '../../domain/session/state.ts'
import { isKept, isOwnCall, keepCall, readKept, selectKept } from './kept-calls.ts'
import { allOf, commaSeparated, inScope, prepare } from './statement.ts'
import { numberOf, readPermissions, readTenant, type Row, textOf } from './stored.ts'
import type { TenantMemory } from './tenant-memory.ts'

const KEY_COLUMNS = sql`key.key_id, key.tenant_id, key.mode, key.name, key.permissions, key.hint,
  key.created_at, key.created_by, key.revoked_at`

export function createTenantAdmin(db: D1Database, memory: TenantMemory): TenantAdmin {
  const batch = (statements: readonly SQL[]): Promise<D1Result<Row>[]> =>
    db.batch<Row>(statements.map((statement) => prepare(db, statement)))

  return {
    async read(tenantId) {
      const row = await prepare(db, sql`SELECT * FROM tenants WHERE tenant_id = ${tenantId}`).first<Row>()
      return row === null ? null : readTenant(row)
    },

    async change(caller, { name, settings }) {
      const { tenantId } = caller.scope
      // Member by member in the statement, so that two changes at once both stay.
      const members = Object.entries(settings).map(
        ([member, value]) => sql`${`$.${member}`}, json(${JSON.stringify(value)})`,
      )
      const merged = members.length === 0 ? sql`settings` : sql`json_set(settings, ${commaSeparated(members)})`
      const row = await prepare(
        db,
        sql`UPDATE tenants SET name = coalesce(${name ?? null}, name), settings = ${merged}
            WHERE tenant_id = ${tenantId} AND ${isLive(caller)} RETURNING *`,
      ).first<Row>()
      memory.forgetTenant(tenantId)
      return row === null ? 'stale_caller' : readTenant(row)
    },

    async listKeys(scope, { limit, after }) {
      const isAfter =
        after === null ? sql`TRUE` : sql`(key.created_at, key.key_id) < (${after.created_at}, ${after.key_id})`
      const { results } = await prepare(
        db,
        sql`SELECT ${KEY_COLUMNS} FROM api_keys AS key WHERE ${inScope(sql`key`, scope)} AND ${isAfter}
            ORDER BY key.created_at DESC, key.key_id DESC LIMIT ${limit}`,
      ).all<Row>()
      return results.map(readKey)
    },

    async issueKey(caller, key, { maxLive, kept }) {
      const live = sql`(SELECT count(*) FROM api_keys AS key WHERE ${inScope(sql`key`, caller.scope)} AND key.revoked_at IS NULL)`
      const condition = allOf([isLive(caller), sql`${live} < ${maxLive}`])
      const statements = kept === null ? [insertKey(key, condition)] : insertKept(caller.scope, key, kept, condition)
      const [facts, ...answers] = await batch([sql`SELECT ${isLive(caller)} AS is_live`, ...statements])
      if (facts?.results[0]?.['is_live'] !== 1) return 'stale_caller'
      if (kept === null) return (answers[0]?.meta.changes ?? 0) > 0 ? 'issued' : 'too_many'
      return readIssued(kept, answers.at(-2)?.results[0], answers.at(-1)?.results[0])
    },

    async revokeKey(caller, keyId, at) {
      const mine = sql`key.key_id = ${keyId} AND ${inScope(sql`key`, caller.scope)}`
      const { type, id } = caller.ref
      const [facts, , found] = await batch([
        sql`SELECT ${isLive(caller)} AS is_live`,
        sql`UPDATE api_keys AS key SET revoked_at = ${at}, revoked_by = ${JSON.stringify({ type, id })}
            WHERE ${mine} AND key.revoked_at IS NULL AND ${isLive(caller)}`,
        sql`SELECT ${KEY_COLUMNS} FROM api_keys AS key WHERE ${mine}`,
      ])
      memory.forgetKey(keyId)
      if (facts?.results[0]?.['is_live'] !== 1) return 'stale_caller'
      const row = found?.results[0]
      return row === undefined ? null : readKey(row)
    },
  }
}

/** A JWT is as good as its signature; a key of ours must not have been revoked. */
const isLive = ({ scope, ref }: TenantActor): SQL =>
  ref.type === 'api_key'
    ? sql`EXISTS (SELECT 1 FROM api_keys AS own
                  WHERE own.key_id = ${ref.id} AND ${inScope(sql`own`, scope)} AND own.revoked_at IS NULL)`
    : sql`TRUE`

type NewKey = ListedApiKey & { key_hash: string }

const insertKey = (key: NewKey, condition: SQL): SQL => sql`
  INSERT INTO api_keys (key_id, tenant_id, mode, name, key_hash, hint, permissions, created_at, created_by)
  SELECT ${key.key_id}, ${key.tenant_id}, ${key.mode}, ${key.name}, ${key.key_hash}, ${key.hint},
         ${JSON.stringify(key.permissions)}, ${key.created_at},
         ${key.created_by === null ? null : JSON.stringify(key.created_by)}
  WHERE ${condition}`

const insertKept = (scope: TenantScope, key: NewKey, kept: KeptBy, condition: SQL): SQL[] => [
  keepCall(scope, kept, { subject: { id: key.key_id, version: 1 }, error: null }, condition),
  insertKey(key, isOwnCall(scope, kept)),
  selectKept(scope, kept),
  sql`SELECT ${KEY_COLUMNS} FROM idempotency_keys AS k JOIN api_keys AS key
        ON key.key_id = k.subject_id AND key.tenant_id = k.tenant_id AND key.mode = k.mode
      WHERE ${isKept(scope, kept)}`,
]

function readIssued(
  kept: KeptBy,
  row: Row | undefined,
  made: Row | undefined,
): 'issued' | 'too_many' | KeptOutcome<ListedApiKey> {
  if (row === undefined) return 'too_many'
  if (row['call_id'] === kept.call_id) return 'issued'
  return readKept(row, made === undefined ? null : readKey(made))
}

function readKey(row: Row): ListedApiKey {
  const mode = MODES.find((known) => known === row['mode'])
  if (mode === undefined) throw new Error('D1: api_keys.mode is neither live nor test')
  return {
    key_id: textOf(row, 'key_id'),
    tenant_id: textOf(row, 'tenant_id'),
    mode,
    name: textOf(row, 'name'),
    permissions: readPermissions(textOf(row, 'permissions')),
    hint: textOf(row, 'hint'),
    created_at: numberOf(row, 'created_at'),
    created_by: row['created_by'] === null ? null : JSON.parse(textOf(row, 'created_by')),
    revoked_at: row['revoked_at'] === null ? null : numberOf(row, 'revoked_at'),
  }
}
