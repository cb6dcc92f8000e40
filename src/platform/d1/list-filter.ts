// A list's filter as SQL over `s` (sessions): what must hold, and which of it can drive the search. A driver is an equality
// with an index that ends in created_key: its values are read in order and merged. All else is tested row by row.

import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { SessionFilter } from '../../application/ports.ts'
import { complianceStatusOf, SESSION_STATUSES, type SessionStatus } from '../../domain/session/status.ts'
import type { CreatedBound } from './created-bounds.ts'
import { createdKeyPrefix, searchable } from './session-columns.ts'
import { allOf, inScope, isOneOf } from './statement.ts'
import type { Range } from './update-spans.ts'

/** The most selective first. */
export const DRIVERS = ['client', 'parent', 'tag', 'workflow', 'decision', 'status', 'risk'] as const
export type Seek = { index: SQL; equals: SQL }
export type Driver = {
  name: (typeof DRIVERS)[number]
  /** Disjoint, one for each value. */
  seeks: Seek[]
  /** The seeks find a little too much: the test stays. */
  isCoarse: boolean
  /** So few rows that they are better sorted than another order walked until enough of them came by. */
  isNarrow: boolean
}
export type FilterPlan = {
  /** False when the filter contradicts itself: nothing can match. */
  isPossible: boolean
  conditions: { test: SQL; driver: Driver | null }[]
  createdBounds: CreatedBound[]
  /** A prefix, lower-case. */
  search: string | null
  tags: string[]
  /** A driver of its own kind (list-updated.ts), for want of a better one. */
  updated: Partial<Range> | null
}

/** More values than this are tested row by row: each seek costs some of the statement's length. */
const MAX_SEEKS = 40
const MAX_RISK = 100

export function planFilter(scope: TenantScope, filter: SessionFilter): FilterPlan {
  const statuses = statusesOf(filter)
  const tags = [...new Set(filter.tag ?? [])]
  const plan: FilterPlan = {
    isPossible: (statuses === null || statuses.length > 0) && !isEmptyRange(filter),
    conditions: [],
    createdBounds: createdBounds(filter),
    search: filter.q === undefined ? null : searchable(filter.q),
    tags,
    updated: updatedRange(filter),
  }
  const add = (test: SQL, name: Driver['name'] | null, seeks: Driver['seeks'], is: Partial<Driver> = {}): void => {
    const isUsable = name !== null && seeks.length > 0 && seeks.length <= MAX_SEEKS
    plan.conditions.push({ test, driver: isUsable ? { name, seeks, isCoarse: false, isNarrow: false, ...is } : null })
  }
  const seeksOf = (index: SQL, column: SQL, values: readonly string[]): Driver['seeks'] =>
    [...new Set(values)].map((value) => ({ index, equals: sql`${column} = ${value}` }))

  const { client_id, parent_session_id, workflow_id, final_decision, updated_from, updated_to } = filter
  if (client_id !== undefined) {
    // A partial index is used only where the column is plainly not null.
    const test = sql`s.client_id IS NOT NULL AND ${isOneOf(sql`s.client_id`, client_id)}`
    add(test, 'client', seeksOf(sql`sessions_by_client`, sql`s.client_id`, client_id), { isNarrow: true })
  }
  if (parent_session_id !== undefined) {
    const isRoot = parent_session_id === 'none'
    const test = isRoot ? sql`s.parent_session_id IS NULL` : sql`s.parent_session_id = ${parent_session_id}`
    add(test, 'parent', [{ index: sql`sessions_by_parent`, equals: test }], { isNarrow: !isRoot })
  }
  if (tags.length > 0) add(hasAnyTag(scope, tags), 'tag', seeksOf(sql`session_tags`, sql`g.tag`, tags))
  if (workflow_id !== undefined) {
    add(
      isOneOf(sql`s.workflow_id`, workflow_id),
      'workflow',
      seeksOf(sql`sessions_by_workflow`, sql`s.workflow_id`, workflow_id),
    )
  }
  if (final_decision !== undefined) {
    const seeks = [...new Set(final_decision)].map((decision) => ({
      index: sql`sessions_by_decision`,
      equals: decision === 'none' ? sql`s.final_decision IS NULL` : sql`s.final_decision = ${decision}`,
    }))
    add(isOneOf(sql`coalesce(s.final_decision, 'none')`, final_decision), 'decision', seeks)
  }
  if (statuses !== null) {
    add(isOneOf(sql`s.status`, statuses), 'status', seeksOf(sql`sessions_by_status`, sql`s.status`, statuses))
  }
  if (filter.risk_min !== undefined || filter.risk_max !== undefined) {
    add(riskTest(filter), 'risk', riskSeeks(filter), { isCoarse: true })
  }
  if (updated_from !== undefined) add(sql`s.updated_at >= ${updated_from}`, null, [])
  if (updated_to !== undefined) add(sql`s.updated_at < ${updated_to}`, null, [])
  return plan
}

export const hasAnyTag = (scope: TenantScope, tags: string[]): SQL => sql`EXISTS (
  SELECT 1 FROM session_tags AS held
  WHERE ${inScope(sql`held`, scope)} AND ${isOneOf(sql`held.tag`, tags)} AND held.created_key = s.created_key)`

/** `status` and `compliance_status` narrow the same column. Null = neither was asked for. */
function statusesOf({ status, compliance_status }: SessionFilter): SessionStatus[] | null {
  if (status === undefined && compliance_status === undefined) return null
  return SESSION_STATUSES.filter(
    (candidate) =>
      (status === undefined || status.includes(candidate)) &&
      (compliance_status === undefined || compliance_status.includes(complianceStatusOf(candidate))),
  )
}

const isEmptyRange = ({ updated_from, updated_to }: SessionFilter): boolean =>
  updated_from !== undefined && updated_to !== undefined && updated_from >= updated_to

function updatedRange({ updated_from: from, updated_to: to }: SessionFilter): FilterPlan['updated'] {
  if (from === undefined && to === undefined) return null
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

const createdBounds = ({ created_from, created_to }: SessionFilter): CreatedBound[] => [
  ...(created_from === undefined ? [] : [{ is: '>=' as const, key: createdKeyPrefix(created_from) }]),
  ...(created_to === undefined ? [] : [{ is: '<' as const, key: createdKeyPrefix(created_to) }]),
]

const riskTest = ({ risk_min, risk_max }: SessionFilter): SQL =>
  allOf([
    sql`s.risk_score IS NOT NULL`,
    ...(risk_min === undefined ? [] : [sql`s.risk_score >= ${risk_min}`]),
    ...(risk_max === undefined ? [] : [sql`s.risk_score <= ${risk_max}`]),
  ])

/** Whole tens by an index of their own, the ends one by one: at most 19 seeks. A score of 30.5 lies in unit 30. */
function riskSeeks({ risk_min, risk_max }: SessionFilter): Driver['seeks'] {
  const to = Math.min(MAX_RISK, Math.floor(risk_max ?? MAX_RISK))
  const seeks: Driver['seeks'] = []
  let unit = Math.max(0, Math.floor(risk_min ?? 0))
  while (unit <= to) {
    const isWholeTen = unit % 10 === 0 && unit + 9 <= to
    seeks.push(
      isWholeTen
        ? { index: sql`sessions_by_risk_ten`, equals: sql`s.risk_ten = ${unit / 10}` }
        : { index: sql`sessions_by_risk_unit`, equals: sql`s.risk_unit = ${unit}` },
    )
    unit += isWholeTen ? 10 : 1
  }
  return seeks
}
