import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { AccessPage, AccessPosition, Deps } from '../ports.ts'
import { accessLine } from '../sessions/access-line.ts'

export type AccessLogPage = Pick<AccessPage, 'lines' | 'seals'> & { next: AccessPosition | null }

/** Who read what on one UTC day, with the seals that a verifier holds the lines against. */
export async function readAccessLog(
  deps: Pick<Deps, 'clock' | 'accessLog'>,
  input: TenantCall & { day: string; limit: number; position: AccessPosition | null },
): Promise<Result<AccessLogPage, DomainError>> {
  const permitted = permit(input.actor, 'tenant:manage')
  if (!permitted.ok) return permitted
  const { day, limit, position } = input
  // One more than asked: whether there is a next page costs no second query.
  const query = { day, limit: limit + 1, position }
  const line = accessLine(deps, input, 'audit.access_log', null)
  const page = await deps.accessLog.readDay(input.actor.scope, query, line)
  const lines = page.lines.slice(0, limit)
  const last = lines.at(-1)
  const next = page.lines.length > limit && last !== undefined ? { after: last.id, until: page.until } : null
  return ok({ lines, seals: page.seals, next })
}
