import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { EndUserCommand } from '../../domain/session/commands.ts'
import type { LinkCall } from '../call.ts'
import { endUserRef, linkGrant } from '../call.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'
import type { KnownOwners } from './known-owners.ts'

export type LinkWriteDeps = Pick<Deps, 'ids' | 'sessionObjects'> & { knownOwners: KnownOwners }

/** One object call: a person in the middle of a session depends on nothing else. */
export async function runByLink(
  deps: LinkWriteDeps,
  call: LinkCall,
  command: EndUserCommand,
): Promise<Result<SessionSnapshot, DomainError>> {
  const done = await deps.sessionObjects.execute(call.link.session_id, {
    grant: linkGrant(call),
    command,
    actor: endUserRef(call.link),
    request_id: call.requestId,
    id: deps.ids.short(),
    expected_version: null,
    awaits_projection: false,
  })
  if (done.ok) deps.knownOwners.remember(call.link.session_id)
  return done
}
