import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { Defer, LinkCall } from '../call.ts'
import { endUserRef, linkGrant } from '../call.ts'
import { linkNotFound } from '../not-found.ts'
import type { AccessLine, Deps, SessionSnapshot, StoredSession } from '../ports.ts'
import type { KnownOwners } from './known-owners.ts'

export type LinkReadDeps = Pick<Deps, 'clock' | 'log' | 'directory' | 'sessionObjects'> & { knownOwners: KnownOwners }
/** `operation`: what the access log says; null where nothing of the session is shown. */
export type LinkRead = LinkCall & { operation: string | null; defer: Defer }

/**
 * Opens a link without changing anything: scanners and chat previews open every link, so a session nobody wrote to is
 * read from D1 and its object stays unborn. With D1 down, opened sessions are read from their objects.
 */
export async function readByLink(deps: LinkReadDeps, input: LinkRead): Promise<Result<SessionSnapshot, DomainError>> {
  const found = await readAnyByLink(deps, input)
  if (!found.ok) return found
  const { state } = found.value
  if (deps.clock.now({ tenantId: state.tenant_id, mode: state.mode }) >= state.expires_at) return err(linkExpired())
  return found
}

/** Out of time or not. */
export async function readAnyByLink(
  deps: LinkReadDeps,
  input: LinkRead,
): Promise<Result<SessionSnapshot, DomainError>> {
  const sessionId = input.link.session_id
  if (deps.knownOwners.has(sessionId)) {
    const read = await readFromObject(deps, input)
    if (read !== 'not_hydrated') return read
    deps.knownOwners.forget(sessionId)
  }
  const stored = await readFromDirectory(deps, input)
  if (stored.outcome === 'unavailable') {
    const read = await readFromObject(deps, input)
    if (read === 'not_hydrated') throw stored.cause
    return read
  }
  if (stored.session === null) {
    // A link made a moment ago may be ahead of D1's copy; asking wakes nothing that was never written to.
    const read = await readFromObject(deps, input)
    return read === 'not_hydrated' ? err(linkNotFound()) : read
  }
  if (stored.session.owner === 'seed') return ok(stored.session)
  const read = await deps.sessionObjects.read(sessionId, linkGrant(input))
  if (read === 'not_hydrated') return ok(stored.session)
  if (read.ok) deps.knownOwners.remember(sessionId)
  return read
}

type DirectoryRead = { outcome: 'read'; session: StoredSession | null } | { outcome: 'unavailable'; cause: unknown }

async function readFromDirectory(deps: LinkReadDeps, input: LinkRead): Promise<DirectoryRead> {
  try {
    const line = lineOf(deps, input)
    return { outcome: 'read', session: await deps.directory.readByLink(input.link, line) }
  } catch (cause) {
    deps.log.warn('directory_unavailable', {
      request_id: input.requestId,
      session_id: input.link.session_id,
      error_name: cause instanceof Error ? cause.name : 'unknown',
    })
    return { outcome: 'unavailable', cause }
  }
}

/** An object-side read has no D1 batch to carry its access line: that follows after the answer. */
async function readFromObject(
  deps: LinkReadDeps,
  input: LinkRead,
): Promise<Result<SessionSnapshot, DomainError> | 'not_hydrated'> {
  const read = await deps.sessionObjects.read(input.link.session_id, linkGrant(input))
  if (read === 'not_hydrated' || !read.ok) return read
  deps.knownOwners.remember(input.link.session_id)
  const { state } = read.value
  const scope = { tenantId: state.tenant_id, mode: state.mode }
  const line = lineOf(deps, input)
  if (line !== null) input.defer(deps.directory.recordAccess({ scope, ...line }))
  return read
}

/** The tenant is not known before the read; the line is dated by the service's own clock. */
const lineOf = (deps: LinkReadDeps, { link, requestId, operation }: LinkRead): Omit<AccessLine, 'scope'> | null =>
  operation === null
    ? null
    : {
        at: deps.clock.system(),
        actor: endUserRef(link),
        request_id: requestId,
        operation,
        session_id: link.session_id,
      }

export const linkExpired = (): DomainError =>
  domainError('LINK_EXPIRED', 'The time of this link has run out: ask whoever sent it to extend it or send a new one.')
