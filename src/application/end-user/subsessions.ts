import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { publicStatus } from '../../domain/session/public-view.ts'
import { isDone } from '../../domain/session/steps.ts'
import type { SubsessionRef } from '../../domain/session/state.ts'
import { endUserRef, linkGrant } from '../call.ts'
import { subsessionNotFound } from '../not-found.ts'
import type { Deps, Grant, SessionSnapshot } from '../ports.ts'
import type { NewSubsession, SubsessionDeps } from '../sessions/add-subsession.ts'
import { addSubsession } from '../sessions/add-subsession.ts'
import type { CreatedSession } from '../sessions/create-session.ts'
import { DEFAULT_PLACEMENT } from '../sessions/create-session.ts'
import type { GeneratedLink } from '../sessions/generate-link.ts'
import type { LinkRead, LinkReadDeps } from './read-by-link.ts'
import { readByLink } from './read-by-link.ts'
import { sessionClosed } from './session-closed.ts'

type Call = Omit<LinkRead, 'operation'>
type Wanted = Pick<NewSubsession, 'relationship' | 'name' | 'email' | 'step_id'>

/** The person names who is to come; which workflow and for how long is the tenant's to say. */
export async function addSubsessionByLink(
  deps: LinkReadDeps & SubsessionDeps,
  input: Call & { wanted: Wanted },
): Promise<Result<CreatedSession, DomainError>> {
  const parent = await readByLink(deps, { ...input, operation: 'subsession.create' })
  if (!parent.ok) return parent
  if (publicStatus(parent.value.state) === 'completed') return err(sessionClosed())
  const { wanted } = input
  const subsession = {
    ...wanted,
    step_id: wanted.step_id ?? collectingStep(parent.value),
    workflow_id: null,
    ttl_days: null,
    metadata: {},
  }
  const actor = endUserRef(input.link)
  const { requestId } = input
  const added = await addSubsession(deps, {
    parent: parent.value,
    grant: linkGrant(input),
    actor,
    requestId,
    subsession,
  })
  if (added.ok) deps.knownOwners.remember(input.link.session_id)
  return added
}

/** The first collecting step that is not done, else the last; null when there is none, which the session refuses. */
function collectingStep({ state, workflow }: SessionSnapshot): string | null {
  const steps = workflow.steps.filter((step) => step.type === 'subsession_collection')
  const open = steps.find(({ step_id }) => state.steps.some((step) => step.step_id === step_id && !isDone(step)))
  return (open ?? steps.at(-1))?.step_id ?? null
}

export async function listSubsessionsByLink(
  deps: LinkReadDeps,
  input: Call,
): Promise<Result<SubsessionRef[], DomainError>> {
  const parent = await readByLink(deps, { ...input, operation: 'subsession.list' })
  return parent.ok ? ok(parent.value.state.subsessions) : parent
}

/** Only while nobody has begun it: later the link is that other person's, and not for the parent to take. */
export async function regenerateSubsessionLinkByLink(
  deps: LinkReadDeps & Pick<Deps, 'ids' | 'tokens' | 'publicBaseUrl'>,
  input: Call & { childId: string },
): Promise<Result<GeneratedLink, DomainError>> {
  const parent = await readByLink(deps, { ...input, operation: 'subsession.regenerate_link' })
  if (!parent.ok) return parent
  if (publicStatus(parent.value.state) === 'completed') return err(sessionClosed())
  const child = parent.value.state.subsessions.find((one) => one.session_id === input.childId)
  if (child === undefined) return err(subsessionNotFound())
  const counted = await deps.sessionObjects.attempt(input.link.session_id, linkGrant(input), 'renew_subsession_link')
  if (!counted.ok) return counted
  const known = await deps.sessionObjects.read(child.session_id, grantOf(parent.value))
  if (known !== 'not_hydrated' && !known.ok) return err(subsessionNotFound())
  const { status, version } =
    known === 'not_hydrated' ? { status: child.status, version: child.known_version } : known.value.state
  return status === 'draft' ? renew(deps, { ...input, grant: grantOf(parent.value) }, version) : err(alreadyBegun())
}

async function renew(
  deps: LinkReadDeps & Pick<Deps, 'ids' | 'tokens' | 'publicBaseUrl'>,
  input: Call & { childId: string; grant: Grant },
  version: number,
): Promise<Result<GeneratedLink, DomainError>> {
  const nonce = deps.tokens.newNonce()
  const renewed = await deps.sessionObjects.execute(input.childId, {
    grant: input.grant,
    command: { type: 'renew_link', ttl_days: null, nonce_hash: deps.tokens.hashNonce(nonce) },
    actor: endUserRef(input.link),
    request_id: input.requestId,
    id: deps.ids.short(),
    // Whoever begins it between the look and this is not locked out.
    expected_version: version,
    awaits_projection: true,
  })
  if (!renewed.ok) {
    const isGone = renewed.error.code === 'SESSION_NOT_FOUND' || renewed.error.code === 'LINK_NOT_FOUND'
    if (isGone) return err(subsessionNotFound())
    return renewed.error.code === 'VERSION_CONFLICT' ? err(alreadyBegun()) : renewed
  }
  const { link, expires_at } = renewed.value.state
  const placement = DEFAULT_PLACEMENT
  const { token } = await deps.tokens.mint({ session_id: input.childId, generation: link.generation, placement }, nonce)
  const accessLink = `${deps.publicBaseUrl}/v/${token}`
  return ok({ sessionId: input.childId, accessToken: token, accessLink, expiresAt: expires_at })
}

const alreadyBegun = (): DomainError =>
  domainError('SESSION_CLOSED', 'This subsession was begun already: its link stays as it is.')

/** The parent's link does not fit the child; that it is the parent's child was seen before. */
const grantOf = ({ state }: SessionSnapshot): Grant => ({
  by: 'tenant',
  scope: { tenantId: state.tenant_id, mode: state.mode },
})
