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
