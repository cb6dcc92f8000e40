import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { Defer, LinkCall } from '../call.ts'
import type { SessionSnapshot } from '../ports.ts'
import type { LinkReadDeps } from './read-by-link.ts'
import { readByLink } from './read-by-link.ts'

/** What the person sees first; changes nothing but the access log. */
export const openSession = (
  deps: LinkReadDeps,
  input: LinkCall & { defer: Defer; via: 'api' | 'page' },
): Promise<Result<SessionSnapshot, DomainError>> =>
  readByLink(deps, { ...input, operation: input.via === 'page' ? 'link.page_opened' : 'link.opened' })
