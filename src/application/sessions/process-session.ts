import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { SECOND_MS } from '../../domain/time.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { tenantGrant } from '../call.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'

/** Starts a run, or joins the one under way, and waits for its end as long as the caller wants. */
export async function processSession(
  deps: Pick<Deps, 'ids' | 'sessionObjects'>,
  input: TenantCall & { sessionId: string; rerun: boolean; waitSeconds: number; expectedVersion: number | null },
): Promise<Result<SessionSnapshot, DomainError>> {
  const permitted = permit(input.actor, 'kyc:session')
  if (!permitted.ok) return permitted
  const started = await deps.sessionObjects.execute(input.sessionId, {
    grant: tenantGrant(input),
    command: { type: 'process', rerun: input.rerun },
    actor: input.actor.ref,
    request_id: input.requestId,
    id: deps.ids.short(),
    expected_version: input.expectedVersion,
    awaits_projection: true,
  })
  if (!started.ok) return started
  const { status, run } = started.value.state
  if (status !== 'processing' || run === null || input.waitSeconds === 0) return started
  return deps.sessionObjects.awaitChecks(input.sessionId, tenantGrant(input), run.run_id, input.waitSeconds * SECOND_MS)
}
