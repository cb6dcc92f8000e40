import type { Grant } from '../../application/ports.ts'
import { domainError, type DomainError } from '../../domain/errors.ts'
import type { SessionState } from '../../domain/session/state.ts'

/** Whether the caller's proof opens this session. A link is good for its own generation and nonce only. */
export function grantFits(grant: Grant, state: SessionState): boolean {
  switch (grant.by) {
    case 'system':
      return true
    case 'tenant':
      return grant.scope.tenantId === state.tenant_id && grant.scope.mode === state.mode
    case 'link':
      return (
        grant.link.session_id === state.session_id &&
        grant.link.generation === state.link.generation &&
        grant.link.nonce_hash === state.link.nonce_hash
      )
  }
}

/** The same words for a session that is not there and one that is not the caller's. */
export const notFound = (grant: Grant): DomainError =>
  grant.by === 'link'
    ? domainError('LINK_NOT_FOUND', 'This link is not valid. Ask the company that sent it for a new one.')
    : domainError('SESSION_NOT_FOUND', 'No session has this id. Check the id and the key that you call with.')
