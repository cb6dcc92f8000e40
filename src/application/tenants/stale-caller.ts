import { domainError, type DomainError } from '../../domain/errors.ts'

/** The key was revoked a moment ago, and this isolate did not know. */
export const staleCaller = (): DomainError =>
  domainError('INVALID_TOKEN', 'The token is not valid here any more: use an API key that is not revoked.')

export const apiKeyNotFound = (): DomainError =>
  domainError('ROUTE_NOT_FOUND', 'There is no API key with this id in your tenant and mode.')
