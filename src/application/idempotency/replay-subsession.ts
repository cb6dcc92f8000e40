import { eventOf } from '../../domain/audit/chain.ts'
import type { DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import type { TenantCall } from '../call.ts'
import { sessionNotFound } from '../not-found.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'
import { accessLine } from '../sessions/access-line.ts'
import { withLink, type CreatedSession } from '../sessions/create-session.ts'

type ReplayDeps = Pick<
  Deps,
  'clock' | 'ids' | 'tokens' | 'workflows' | 'directory' | 'idempotencyKeys' | 'publicBaseUrl'
>

/** `parent` is as the first call left it: its youngest child is that call's. The child is shown as it was born. */
export async function replaySubsession(
  deps: ReplayDeps,
  call: TenantCall,
  parent: SessionSnapshot,
): Promise<Result<CreatedSession, DomainError>> {
  const childId = parent.state.subsessions.at(-1)?.session_id
  if (childId === undefined || call.idempotency === undefined) return err(sessionNotFound())
  const { scope } = call.actor
  const line = accessLine(deps, call, 'subsession.create', childId)
  const trail = await deps.directory.readEvents(scope, childId, { after: 0, limit: 1 }, line)
  const first = trail?.events[0]
  const born = first === undefined ? null : eventOf(first).event
  if (born?.type !== 'session_created') return err(sessionNotFound())
  const state = born.initial
  const versions = await deps.workflows.versions(scope, state.workflow_id)
  const workflow = versions.find(({ version }) => version === state.workflow_version)
  if (workflow === undefined) throw new Error('replaySubsession: the workflow of a subsession is gone')
  const made = { state, workflow: workflow.definition, tenant: parent.tenant }
  return ok(await withLink(deps, made, await deps.idempotencyKeys.open(call.idempotency)))
}
