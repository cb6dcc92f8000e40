import { eventOf } from '../../domain/audit/chain.ts'
import type { DomainError } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { bornChild } from '../../domain/session/born-child.ts'
import type { SessionState } from '../../domain/session/state.ts'
import type { TenantCall } from '../call.ts'
import { sessionNotFound } from '../not-found.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'
import { accessLine } from '../sessions/access-line.ts'
import { withLink, type CreatedSession } from '../sessions/create-session.ts'

type ReplayDeps = Pick<
  Deps,
  | 'clock'
  | 'ids'
  | 'tokens'
  | 'workflows'
  | 'directory'
  | 'erasures'
  | 'sessionObjects'
  | 'idempotencyKeys'
  | 'publicBaseUrl'
>

const WHOLE_TRAIL = 100_000

/** `parent` is as the first call left it: its youngest child is that call's. The child is shown as it was born. */
export async function replaySubsession(
  deps: ReplayDeps,
  call: TenantCall,
  parent: SessionSnapshot,
): Promise<Result<CreatedSession, DomainError>> {
  const childId = parent.state.subsessions.at(-1)?.session_id
  if (childId === undefined || call.idempotency === undefined) return err(sessionNotFound())
  const state = (await bornInDirectory(deps, call, childId)) ?? (await bornInTrail(deps, call, parent.state, childId))
  if (state === null) return err(sessionNotFound())
  const workflow = await workflowOf(deps, call, state)
  const made = { state, workflow: workflow.definition, tenant: parent.tenant }
  return ok(await withLink(deps, made, await deps.idempotencyKeys.open(call.idempotency)))
}

async function bornInDirectory(deps: ReplayDeps, call: TenantCall, childId: string): Promise<SessionState | null> {
  const line = accessLine(deps, call, 'subsession.create', childId)
  const trail = await deps.directory.readEvents(call.actor.scope, childId, { after: 0, limit: 1 }, line)
  const first = trail?.events[0]
  const born = first === undefined ? null : eventOf(first).event
  return born?.type === 'session_created' ? born.initial : null
}

/** D1 did not take the seed yet: the parent owes it, and its trail has all that the child was born with. */
async function bornInTrail(
  deps: ReplayDeps,
  call: TenantCall,
  parent: SessionState,
  childId: string,
): Promise<SessionState | null> {
  const { scope } = call.actor
  if ((await deps.erasures.find(scope, childId)) !== null) return null
  const page = { after: 0, limit: WHOLE_TRAIL }
  const trail = await deps.sessionObjects.events(parent.session_id, { by: 'tenant', scope }, page)
  if (trail === 'not_hydrated' || !trail.ok) return null
  const told = trail.value.events.map(eventOf)
  if (told.some(({ event }) => event.type === 'subsession_removed' && event.session_id === childId)) return null
  for (const recorded of told) {
    const added = recorded.event
    if (added.type !== 'subsession_added' || added.subsession.session_id !== childId) continue
    const { workflow_id } = added.subsession
    const workflow = await workflowOf(deps, call, { workflow_id, workflow_version: added.workflow_version })
    const newEventId = () => `evt_${deps.ids.short()}`
    return bornChild({ parent, added, told: recorded, workflow, newEventId }).state
  }
  return null
}

async function workflowOf(
  deps: ReplayDeps,
  { actor }: TenantCall,
  { workflow_id, workflow_version }: Pick<SessionState, 'workflow_id' | 'workflow_version'>,
) {
  const versions = await deps.workflows.versions(actor.scope, workflow_id)
  const workflow = versions.find(({ version }) => version === workflow_version)
  if (workflow === undefined) throw new Error('replaySubsession: the workflow of a subsession is gone')
  return workflow
}
