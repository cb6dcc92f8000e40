import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * The tables of a session object, in the order they came to be. Append only: objects out there hold any prefix of this
 * list, and one whose recorded hash differs from the list refuses to open rather than guess.
 */
export const OBJECT_MIGRATIONS: readonly { name: string; sql: string }[] = [
  {
    name: '0001_session',
    sql: `
      CREATE TABLE session (
        singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
        state TEXT NOT NULL,
        workflow TEXT NOT NULL,
        tenant TEXT NOT NULL,
        recent_commands TEXT NOT NULL,
        projected_version INTEGER NOT NULL
      );
      CREATE TABLE events (sequence INTEGER PRIMARY KEY, recorded TEXT NOT NULL);
      CREATE TABLE webhooks (sequence INTEGER PRIMARY KEY, webhook TEXT NOT NULL);
      CREATE TABLE results (result_key TEXT PRIMARY KEY, result TEXT NOT NULL);
      CREATE TABLE outbox (
        entry_key TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        payload TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        due_at INTEGER NOT NULL
      );`,
  },
  {
    name: '0002_idempotency',
    sql: `
      CREATE TABLE idempotency (
        key_hash TEXT PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        call_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        sealed TEXT,
        error TEXT,
        at INTEGER NOT NULL
      );
      CREATE INDEX idempotency_by_age ON idempotency (at);`,
  },
  {
    // Events from before it have neither: their chain begins at the next one (docs/audit.md).
    name: '0003_audit_chain',
    sql: `
      ALTER TABLE events ADD COLUMN salt TEXT;
      ALTER TABLE events ADD COLUMN link TEXT;`,
  },
  {
    name: '0004_link_attempts',
    sql: `
      CREATE TABLE link_attempts (
        kind TEXT PRIMARY KEY,
        generation INTEGER NOT NULL,
        minute_started_at INTEGER NOT NULL,
        in_minute INTEGER NOT NULL,
        day_started_at INTEGER NOT NULL,
        in_day INTEGER NOT NULL
      );`,
  },
]

type Migration = (typeof OBJECT_MIGRATIONS)[number]

const hashOf = (migration: Migration): string => bytesToHex(sha256(utf8ToBytes(migration.sql)))

export function hasTables(sql: SqlStorage): boolean {
  return (
    sql.exec(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'object_migrations'`).toArray().length > 0
  )
}

/** Call inside `transactionSync`. */
export function migrate(sql: SqlStorage, migrations: readonly Migration[] = OBJECT_MIGRATIONS): void {
  sql.exec(
    'CREATE TABLE IF NOT EXISTS object_migrations (position INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)',
  )
  const applied = sql
    .exec<{ name: string; hash: string }>('SELECT name, hash FROM object_migrations ORDER BY position')
    .toArray()
  if (applied.length > migrations.length) throw new Error('object migrations: storage is newer than this code')
  for (const [position, migration] of migrations.entries()) {
    const known = applied[position]
    if (known === undefined) {
      sql.exec(migration.sql)
      sql.exec('INSERT INTO object_migrations VALUES (?, ?, ?)', position, migration.name, hashOf(migration))
    } else if (known.hash !== hashOf(migration)) {
      throw new Error(`object migrations: ${known.name} was edited after it had been applied`)
    }
  }
}
