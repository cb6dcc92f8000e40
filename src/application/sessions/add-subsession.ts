import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { createSession as createState, ttlDaysOf } from '../../domain/session/create.ts'
import { subsessionMetadata } from '../../domain/session/decide-subsessions.ts'
import type { ActorRef, Metadata, SessionState } from '../../domain/session/state.ts'
import type { Relationship, WorkflowDefinition } from '../../domain/workflow/definition.ts'
import type { TenantCall } from '../call.ts'
import { newLinkNonce } from '../idempotency/link-nonce.ts'
import { replaySubsession } from '../idempotency/replay-subsession.ts'
import { workflowNotFound } from '../not-found.ts'
import type { Deps, Grant, SessionSnapshot } from '../ports.ts'
import type { CreatedSession } from './create-session.ts'
import { checkMetadataSize, DEFAULT_PLACEMENT, FIRST_GENERATION } from './create-session.ts'

export type NewSubsession = {
  relationship: Relationship
  name: string | null
  email: string | null
  workflow_id: string | null
  /** The `subsession_collection` step that it counts for. */
  step_id: string | null
  ttl_days: number | null
  metadata: Metadata
}
export type SubsessionDeps = Pick<
  Deps,
  | 'clock'
  | 'ids'
  | 'tokens'
  | 'workflows'
  | 'sessionObjects'
  | 'directory'
  | 'erasures'
  | 'idempotencyKeys'
  | 'publicBaseUrl'
>
type AddInput = {
  parent: SessionSnapshot
  grant: Grant
  actor: ActorRef
  requestId: string
  subsession: NewSubsession
  /** A tenant's call, which may come again under its Idempotency-Key. */
  call?: TenantCall
}

/** The parent's object decides and owes the child; it pays before it answers, so the link works at once. */
export async function addSubsession(
  deps: SubsessionDeps,
  input: AddInput,
): Promise<Result<CreatedSession, DomainError>> {
  const { parent, subsession, actor, requestId } = input
  const sized = checkMetadataSize(subsession.metadata)
  if (!sized.ok) return sized
  const scope = { tenantId: parent.state.tenant_id, mode: parent.state.mode }
  const workflow = await deps.workflows.find(scope, subsession.workflow_id ?? defaultWorkflow(parent, subsession))
  if (workflow === null || workflow.status === 'deleted') return err(workflowNotFound())

  const sessionId = deps.ids.uuid()
  const link = await deps.tokens.mint(
    { session_id: sessionId, generation: FIRST_GENERATION, placement: DEFAULT_PLACEMENT },
    input.call === undefined ? deps.tokens.newNonce() : await newLinkNonce(deps, input.call),
  )
  const ttlDays = ttlDaysOf(subsession.ttl_days, workflow)
  const { relationship, name, email, step_id, metadata } = subsession
  const added = await deps.sessionObjects.execute(parent.state.session_id, {
    grant: input.grant,
    command: {
      type: 'add_subsession',
      session_id: sessionId,
      relationship,
      name,
      email,
      step_id,
      workflow_id: workflow.workflow_id,
      workflow_version: workflow.version,
      workflow_name: workflow.definition.name,
      total_steps: workflow.definition.steps.length,
      ttl_days: ttlDays,
      metadata,
      nonce_hash: link.nonce_hash,
    },
    actor,
    request_id: requestId,
    id: deps.ids.short(),
    expected_version: null,
    awaits_projection: true,
  })
  if (!added.ok) return added
  if (input.call?.idempotency?.keyed.is_replay === true) return replaySubsession(deps, input.call, added.value)

  const { state } = createState({
    session_id: sessionId,
    tenant_id: scope.tenantId,
    mode: scope.mode,
    workflow,
    ttl_days: ttlDays,
    nonce_hash: link.nonce_hash,
    metadata: subsessionMetadata(subsession),
    client_id: null,
    language: parent.state.language,
    redirect_url: null,
    parent: { session_id: parent.state.session_id, relationship, depth: parent.state.depth },
    now: bornAt(added.value.state, sessionId),
    actor,
    request_id: requestId,
    newEventId: () => `evt_${deps.ids.short()}`,
  })
  return ok({
    state,
    workflow: workflow.definition,
    tenant: parent.tenant,
    accessToken: link.token,
    accessLink: `${deps.publicBaseUrl}/v/${link.token}`,
  })
}

/** The step's, else the workflow's, else the parent's own. */
function defaultWorkflow({ state, workflow }: SessionSnapshot, { step_id }: NewSubsession): string {
  return ofStep(workflow, step_id) ?? workflow.subsession_workflow_id ?? state.workflow_id
}

function ofStep(workflow: WorkflowDefinition, stepId: string | null): string | null {
  const step = workflow.steps.find((candidate) => candidate.step_id === stepId)
  return step?.type === 'subsession_collection' ? step.workflow_id : null
}

function bornAt(parent: SessionState, sessionId: string): number {
  const child = parent.subsessions.find((candidate) => candidate.session_id === sessionId)
  if (child === undefined) throw new Error('addSubsession: the parent took the child and does not have it')
  return child.created_at
}
