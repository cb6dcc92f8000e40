import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations')

/** SQLite in memory with the tables of D1, as the project's own migrations make them. */
export function migratedDatabase(): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'))
  for (const file of files.toSorted()) db.exec(readFileSync(resolve(MIGRATIONS, file), 'utf8'))
  return db
}
