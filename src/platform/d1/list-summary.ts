import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { SessionFilter, SessionSummary } from '../../application/ports.ts'
import {
  COMPLIANCE_STATUSES,
  complianceStatusOf,
  SESSION_STATUSES,
  type SessionStatus,
} from '../../domain/session/status.ts'
import { CHECK_NAMES, type CheckName } from '../../domain/workflow/definition.ts'
import { planFilter } from './list-filter.ts'
import { testsOf } from './list-page.ts'
import { foundBySearch } from './list-search.ts'
import { checksBitmask } from './session-columns.ts'
import { allOf, commaSeparated } from './statement.ts'
import { numberOf, type Row } from './stored.ts'

/** One row. Counted by column, since a GROUP BY would sort, and so read, every session once more. Null when nothing can match. */
export function summaryStatement(scope: TenantScope, filter: SessionFilter): SQL | null {
  const plan = planFilter(scope, filter)
  if (!plan.isPossible) return null
  const counts = [
    ...SESSION_STATUSES.map((status) => sql`total(s.status = ${status}) AS ${sql.identifier(statusColumn(status))}`),
    ...CHECK_NAMES.map(
      (check) => sql`total(s.checks_ended & ${checksBitmask([check])} <> 0) AS ${sql.identifier(checkColumn(check))}`,
    ),
  ]
  // The risk index holds these columns: when nothing else is asked for, the sessions' rows are not touched.
  const { status, compliance_status, risk_min, risk_max, ...others } = filter
  const isCovered = Object.values(others).every((value) => value === undefined)
  const from =
    plan.search === null
      ? sql`FROM sessions AS s ${isCovered ? sql`INDEXED BY sessions_by_risk` : sql``}`
      : sql`FROM found CROSS JOIN sessions AS s ON s.id = found.id`
  return sql`
    ${plan.search === null ? sql`` : foundBySearch(scope, plan.search, { few: false })}
    SELECT count(*) AS sessions, count(s.risk_score) AS scored, total(s.risk_score) AS risk, ${commaSeparated(counts)}
    ${from} WHERE ${allOf(testsOf(scope, plan))}`
}

const statusColumn = (status: SessionStatus): string => `status_${status}`
const checkColumn = (check: CheckName): string => `check_${check}`

/** Without a row nothing matched. */
export function readSummary(row: Row | undefined): SessionSummary {
  const valueOf = (column: string): number => (row === undefined ? 0 : numberOf(row, column))
  const countOf = (status: SessionStatus): number => valueOf(statusColumn(status))
  const scored = valueOf('scored')
  return {
    status_counts: tally(SESSION_STATUSES, countOf),
    inbox_counts: tally(COMPLIANCE_STATUSES, (inbox) =>
      SESSION_STATUSES.filter((status) => complianceStatusOf(status) === inbox).reduce(
        (total, status) => total + countOf(status),
        0,
      ),
    ),
    total: valueOf('sessions'),
    avg_risk_score: scored === 0 ? null : Math.round((valueOf('risk') / scored) * 10) / 10,
    sessions_with_risk_score: scored,
    validation_counts: tally(CHECK_NAMES, (check) => valueOf(checkColumn(check))),
  }
}

function tally<K extends string>(keys: readonly K[], count: (key: K) => number): Record<K, number> {
  const counts: Partial<Record<K, number>> = {}
  for (const key of keys) counts[key] = count(key)
  const hasAll = (some: Partial<Record<K, number>>): some is Record<K, number> =>
    keys.every((key) => some[key] !== undefined)
  if (!hasAll(counts)) throw new Error('tally: a key was left out')
  return counts
}
