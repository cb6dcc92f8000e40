// The prefix search of lists. Few matches are found by four index ranges and sorted; when there are many, walking the list's
// own order meets them soon. Which of the two holds is known only to SQLite, so both statements are sent and one is empty.

import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import { inScope } from './statement.ts'

const MANY = 500
/** Sorts after every text that begins with what stands before it. */
const LAST_CHARACTER = '\u{10FFFF}'

const SEARCHED = [
  { column: sql`s.session_id`, index: sql`sessions_by_id` },
  { column: sql`s.client_id_lower`, index: sql`sessions_by_client_lower` },
  { column: sql`s.user_email_lower`, index: sql`sessions_by_email` },
  { column: sql`s.user_name_lower`, index: sql`sessions_by_name` },
]

const beginsWith = (column: SQL, prefix: string): SQL =>
  sql`${column} >= ${prefix} AND ${column} < ${prefix + LAST_CHARACTER}`

/** For one row of `s`. */
export const matchesSearch = (prefix: string): SQL =>
  sql`(${sql.join(
    SEARCHED.map(({ column }) => beginsWith(column, prefix)),
    sql` OR `,
  )})`

/** `found(id)`: all that match, or with `few` no more of each kind than says that there are many. */
export function foundBySearch(scope: TenantScope, prefix: string, { few }: { few: boolean }): SQL {
  const limit = few ? sql`LIMIT ${MANY + 1}` : sql``
  const parts = SEARCHED.map(
    ({ column, index }) => sql`
      SELECT id FROM (SELECT s.id FROM sessions AS s INDEXED BY ${index}
                      WHERE ${inScope(sql`s`, scope)} AND ${beginsWith(column, prefix)} ${limit})`,
  )
  return sql`WITH found (id) AS MATERIALIZED (${sql.join(parts, sql` UNION `)})`
}

/**
 * For the LIMIT of either statement: 0 ends it before its first row. In WHERE the count would be compared row by row.
 */
export const limitIfFew = (limit: number): SQL =>
  sql`(SELECT CASE WHEN count(*) <= ${MANY} THEN ${limit} ELSE 0 END FROM found)`
export const limitIfMany = (limit: number): SQL =>
  sql`(SELECT CASE WHEN count(*) > ${MANY} THEN ${limit} ELSE 0 END FROM found)`
