import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'

export const sessionClosed = (): DomainError =>
  domainError('SESSION_CLOSED', 'Everything was handed in; nothing can be changed unless corrections are asked for.')
