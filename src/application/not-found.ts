import type { DomainError } from '../domain/errors.ts'
import { domainError } from '../domain/errors.ts'

/** Unknown, erased and another tenant's: one answer for all three. */
export const sessionNotFound = (): DomainError =>
  domainError('SESSION_NOT_FOUND', 'There is no session with this id in your tenant.')

export const linkNotFound = (): DomainError =>
  domainError('LINK_NOT_FOUND', 'This link is not valid: ask whoever sent it for a new one.')

export const documentNotFound = (): DomainError =>
  domainError('DOCUMENT_NOT_FOUND', 'This session has no document with this id that can be downloaded.')

export const workflowNotFound = (): DomainError =>
  domainError('WORKFLOW_NOT_FOUND', 'There is no workflow with this id in your tenant.')

export const subsessionNotFound = (): DomainError =>
  domainError('SUBSESSION_NOT_FOUND', 'This session has no subsession with this id.')

/** The contract has no code of its own for a delivery: it is part of a path that leads nowhere. */
export const deliveryNotFound = (): DomainError =>
  domainError('ROUTE_NOT_FOUND', 'There is no delivery with this id in your tenant, or its session was erased.')

export const endpointIsOff = (): DomainError => {
  const message = 'is not set: set webhook_url at /kyc/tenants/me/notification-channels first'
  return domainError('INVALID_REQUEST', `Webhooks are off: webhook_url ${message}.`, [{ path: 'webhook_url', message }])
}
