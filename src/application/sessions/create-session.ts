import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { createSession as createState } from '../../domain/session/create.ts'
import type { Metadata } from '../../domain/session/state.ts'
import type { WorkflowVersion } from '../../domain/workflow/definition.ts'
import { permit } from '../access/permit.ts'
import type { Defer, TenantCall } from '../call.ts'
import { newLinkNonce } from '../idempotency/link-nonce.ts'
import { keptBy, replayed } from '../idempotency/replay.ts'
import { sessionNotFound, workflowNotFound } from '../not-found.ts'
import type { Deps, KeptBy, KeptOutcome, SessionSnapshot, Tenant } from '../ports.ts'
import { wakeSession } from '../webhooks/wake-session.ts'
import { checkRedirect } from './redirects.ts'

/** The only jurisdiction and shard so far; it is in the link and can never change for a session. */
export const DEFAULT_PLACEMENT = 0
export const FIRST_GENERATION = 1
export const MAX_METADATA_BYTES = 16 * 1024

export type NewSession = {
  workflow_id: string
  ttl_days: number | null
  metadata: Metadata
  client_id: string | null
  language: string | null
  redirect_url: string | null
}
/** The link is in this answer and nowhere else: only its nonce's hash is kept. */
export type CreatedSession = SessionSnapshot & { accessToken: string; accessLink: string }

type CreateDeps = Pick<
  Deps,
  | 'clock'
  | 'ids'
  | 'log'
  | 'tokens'
  | 'workflows'
  | 'directory'
  | 'publicBaseUrl'
  | 'idempotencyKeys'
  | 'urlRules'
  | 'webhookWakes'
>
type CreateInput = TenantCall & { tenant: Tenant; session: NewSession; defer: Defer }

export async function createSession(
  deps: CreateDeps,
  input: CreateInput,
): Promise<Result<CreatedSession, DomainError>> {
  const permitted = permit(input.actor, 'kyc:session')
  if (!permitted.ok) return permitted
  const created = await create(deps, input)
  const by = keptBy(deps, input)
  if (created.ok || by === null || by.keyed.is_replay) return created
  // What is refused now may have been made by the first call under this key: then that is the answer.
  const kept = await deps.directory.keptSeed(input.actor.scope, by)
  return kept === null || kept.error !== null ? created : replaySeed(deps, input, by, kept)
}

async function create(deps: CreateDeps, input: CreateInput): Promise<Result<CreatedSession, DomainError>> {
  if (input.session.redirect_url !== null) {
    const { allowed_redirects } = input.tenant.settings
    const redirect = checkRedirect(input.session.redirect_url, allowed_redirects, deps.urlRules)
    if (!redirect.ok) return redirect
  }
  const sized = checkMetadataSize(input.session.metadata)
  if (!sized.ok) return sized

  const { scope } = input.actor
  const cached = await deps.workflows.current(scope, input.session.workflow_id)
  if (cached === null) return err(workflowNotFound())
  const created = await insert(deps, input, cached)
  if (created !== null) return created

  // The version in memory was not the newest any more: once more with what D1 says now.
  const fresh = await deps.workflows.find(scope, input.session.workflow_id)
  if (fresh === null || fresh.status === 'deleted') return err(workflowNotFound())
  return (await insert(deps, input, fresh)) ?? err(workflowNotFound())
}

/** Null when the version is not the current one any more. */
async function insert(
  deps: CreateDeps,
  input: CreateInput,
  workflow: WorkflowVersion,
): Promise<Result<CreatedSession, DomainError> | null> {
  const { actor, requestId, tenant, session } = input
  const sessionId = deps.ids.uuid()
  const nonce = await newLinkNonce(deps, input)
  const { state, recorded, webhooks } = createState({
    session_id: sessionId,
    tenant_id: actor.scope.tenantId,
    mode: actor.scope.mode,
    workflow,
    ttl_days: session.ttl_days,
    nonce_hash: deps.tokens.hashNonce(nonce),
    metadata: session.metadata,
    client_id: session.client_id,
    language: session.language,
    redirect_url: session.redirect_url,
    parent: null,
    now: deps.clock.now(actor.scope),
    actor: actor.ref,
    request_id: requestId,
    newEventId: () => `evt_${deps.ids.short()}`,
  })
  const seed = { state, created: recorded, webhooks }
  const made = { state, workflow: workflow.definition, tenant }
  const by = keptBy(deps, input)
  const outcome = by === null ? await deps.directory.insertSeed(seed) : await deps.directory.insertKeyedSeed(seed, by)
  if (outcome === 'not_current') return null
  if (by !== null && typeof outcome === 'object') return replaySeed(deps, input, by, outcome)
  if (outcome === 'inserted_owing') input.defer(wakeSession(deps, actor.scope, sessionId))
  return ok(await withLink(deps, made, nonce))
}

async function replaySeed(
  deps: CreateDeps,
  input: CreateInput,
  by: KeptBy,
  kept: KeptOutcome<SessionSnapshot>,
): Promise<Result<CreatedSession, DomainError>> {
  const first = replayed(by, kept, sessionNotFound())
  if (!first.ok || input.idempotency === undefined) return first.ok ? err(sessionNotFound()) : first
  return ok(await withLink(deps, first.value, await deps.idempotencyKeys.open(input.idempotency)))
}

export async function withLink(
  deps: Pick<Deps, 'tokens' | 'publicBaseUrl'>,
  made: SessionSnapshot,
  nonce: Uint8Array,
): Promise<CreatedSession> {
  const { session_id } = made.state
  const link = await deps.tokens.mint({ session_id, generation: FIRST_GENERATION, placement: DEFAULT_PLACEMENT }, nonce)
  return { ...made, accessToken: link.token, accessLink: `${deps.publicBaseUrl}/v/${link.token}` }
}

export function checkMetadataSize(metadata: Metadata): Result<null, DomainError> {
  const bytes = new TextEncoder().encode(JSON.stringify(metadata)).length
  if (bytes <= MAX_METADATA_BYTES) return ok(null)
  const message = `must be at most ${MAX_METADATA_BYTES} bytes of JSON, this is ${bytes}`
  return err(domainError('INVALID_REQUEST', `metadata ${message}.`, [{ path: 'metadata', message }]))
}
