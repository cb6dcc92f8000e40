import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { SessionFilter, SessionSummary } from '../../application/ports.ts'
import { COMPLIANCE_STATUSES, complianceStatusOf, SESSION_STATUSES } from '../../domain/session/status.ts'
import { CHECK_NAMES } from '../../domain/workflow/definition.ts'
import { planFilter } from './list-filter.ts'
import { testsOf } from './list-page.ts'
import { foundBySearch } from './list-search.ts'
import { checksBitmask } from './session-columns.ts'
import { allOf, commaSeparated } from './statement.ts'
import { numberOf, type Row } from './stored.ts'

/** One row per status that occurs. Null when nothing can match. */
export function summaryStatement(scope: TenantScope, filter: SessionFilter): SQL | null {
  const plan = planFilter(scope, filter)
  if (!plan.isPossible) return null
  const checks = CHECK_NAMES.map((check) => sql`sum(s.checks_ended & ${checksBitmask([check])} <> 0) AS ${sql.identifier(check)}`)
  // The risk index holds these columns: when nothing else is asked for, the sessions' rows are not touched.
  const { status, compliance_status, risk_min, risk_max, ...others } = filter
  const isCovered = Object.values(others).every((value) => value === undefined)
  const from =
    plan.search === null
      ? sql`FROM sessions AS s ${isCovered ? sql`INDEXED BY sessions_by_risk` : sql``}`
      : sql`FROM found CROSS JOIN sessions AS s ON s.id = found.id`
  return sql`
    ${plan.search === null ? sql`` : foundBySearch(scope, plan.search, { few: false })}
    SELECT s.status, count(*) AS sessions, count(s.risk_score) AS scored, total(s.risk_score) AS risk, ${commaSeparated(checks)}
    ${from} WHERE ${allOf(testsOf(scope, plan))} GROUP BY s.status`
}

export function readSummary(rows: readonly Row[]): SessionSummary {
  const byStatus = new Map(rows.map((row) => [row['status'], row]))
  const sum = (column: string): number => rows.reduce((total, row) => total + numberOf(row, column), 0)
  const countOf = (status: string): number => {
    const row = byStatus.get(status)
    return row === undefined ? 0 : numberOf(row, 'sessions')
  }
  const scored = sum('scored')
  return {
    status_counts: tally(SESSION_STATUSES, countOf),
    inbox_counts: tally(COMPLIANCE_STATUSES, (inbox) =>
      SESSION_STATUSES.filter((status) => complianceStatusOf(status) === inbox).reduce((total, status) => total + countOf(status), 0),
    ),
    total: sum('sessions'),
    avg_risk_score: scored === 0 ? null : Math.round((sum('risk') / scored) * 10) / 10,
    sessions_with_risk_score: scored,
    validation_counts: tally(CHECK_NAMES, sum),
  }
}

function tally<K extends string>(keys: readonly K[], count: (key: K) => number): Record<K, number> {
  const counts: Partial<Record<K, number>> = {}
  for (const key of keys) counts[key] = count(key)
  const hasAll = (some: Partial<Record<K, number>>): some is Record<K, number> => keys.every((key) => some[key] !== undefined)
  if (!hasAll(counts)) throw new Error('tally: a key was left out')
  return counts
}
