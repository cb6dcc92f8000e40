import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { EpochMs } from '../../domain/time.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, SessionListQuery, SessionPosition, SessionRow, SessionSort, SessionSummary } from '../ports.ts'
import { accessLine } from './access-line.ts'

export type SessionListing = {
  rows: SessionRow[]
  summary: SessionSummary | null
  /** Where the next page begins; null on the last one. */
  next: SessionPosition | null
  now: EpochMs
}

export async function listSessions(
  deps: Pick<Deps, 'clock' | 'directory'>,
  input: TenantCall & { query: SessionListQuery },
): Promise<Result<SessionListing, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const { limit, sort } = input.query
  // One more than asked: whether there is a next page costs no second query.
  const query = { ...input.query, limit: limit + 1 }
  const found = await deps.directory.list(input.actor.scope, query, accessLine(deps, input, 'session.list', null))
  const rows = found.rows.slice(0, limit)
  const last = rows.at(-1)
  const next = found.rows.length > limit && last !== undefined ? positionOf(last, sort) : null
  return ok({ rows, summary: found.summary, next, now: deps.clock.now(input.actor.scope) })
}

const positionOf = (row: SessionRow, sort: SessionSort): SessionPosition => ({
  value: row[sort.column],
  session_id: row.session_id,
})
