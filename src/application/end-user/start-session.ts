import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { LinkCall } from '../call.ts'
import type { SessionSnapshot } from '../ports.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'

export const startSession = (
  deps: LinkWriteDeps,
  input: LinkCall & { consent: boolean; consentVersion: string | null },
): Promise<Result<SessionSnapshot, DomainError>> =>
  runByLink(deps, input, { type: 'start', consent: input.consent, consent_version: input.consentVersion })
