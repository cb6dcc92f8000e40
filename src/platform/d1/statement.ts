import { type SQL, sql } from 'drizzle-orm'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import type { TenantScope } from '../../application/actor.ts'

const dialect = new SQLiteAsyncDialect()

/**
 * Compiles a statement for D1. Equal values share one numbered parameter: D1 allows 100 per statement
 * (developers.cloudflare.com/d1/platform/limits), and a merged list repeats its scope in every part.
 */
export function prepare(db: D1Database, query: SQL): D1PreparedStatement {
  const compiled = dialect.sqlToQuery(query)
  const values: unknown[] = []
  let next = 0
  // No text of ours has a `?` of its own: values are always bound.
  const text = compiled.sql.replaceAll('?', () => {
    const value = compiled.params[next]
    next += 1
    const known = values.findIndex((other) => Object.is(other, value))
    return `?${known === -1 ? values.push(value) : known + 1}`
  })
  return db.prepare(text).bind(...values)
}

export const allOf = (conditions: readonly SQL[]): SQL => sql.join([...conditions], sql` AND `)
export const commaSeparated = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `)

/** `column IN (…)` with one parameter, however long the list. */
export const isOneOf = (column: SQL, values: readonly (string | number)[]): SQL =>
  sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`

export const inScope = (alias: SQL, scope: TenantScope): SQL =>
  sql`${alias}.tenant_id = ${scope.tenantId} AND ${alias}.mode = ${scope.mode}`

/** Holds for a session that was never deleted. Every write that may come late carries it. */
export const notErased = (sessionId: string): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM tombstones WHERE session_id = ${sessionId})`

/** Bound text may have 2 MB; a list that is written by one statement is cut well below. */
const MAX_CHUNK_CHARACTERS = 256 * 1024

/** Cuts a list into JSON arrays, each for one `json_each(?)`. */
export function jsonChunks(items: readonly unknown[]): string[] {
  const chunks: string[] = []
  let parts: string[] = []
  let size = 0
  for (const item of items) {
    const part = JSON.stringify(item)
    if (size + part.length > MAX_CHUNK_CHARACTERS && parts.length > 0) {
      chunks.push(`[${parts.join(',')}]`)
      parts = []
      size = 0
    }
    parts.push(part)
    size += part.length
  }
  if (parts.length > 0) chunks.push(`[${parts.join(',')}]`)
  return chunks
}
