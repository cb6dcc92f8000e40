// Bounds on created_key. SQLite seeks by one bound a side and would test the others row by row, from there to the first row
// that fits: where several hold, only the tightest may be written down.

import { type SQL, sql } from 'drizzle-orm'

export type CreatedBound = { is: '>=' | '>' | '<'; key: string }

const isLower = ({ is }: CreatedBound): boolean => is !== '<'

/** At most one a side, or null when no key lies between. */
export function tightest(bounds: readonly CreatedBound[]): CreatedBound[] | null {
  const ascending = bounds.toSorted((one, other) => (one.key < other.key ? -1 : 1))
  const lower = ascending.findLast(isLower)
  const upper = ascending.find((bound) => !isLower(bound))
  if (lower !== undefined && upper !== undefined && lower.key >= upper.key) return null
  return [lower, upper].filter((bound) => bound !== undefined)
}

export const holdsFor = (createdKey: SQL, { is, key }: CreatedBound): SQL => sql`${createdKey} ${sql.raw(is)} ${key}`
