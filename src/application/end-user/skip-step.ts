import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { LinkCall } from '../call.ts'
import type { SessionSnapshot } from '../ports.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'

export const skipStep = (
  deps: LinkWriteDeps,
  input: LinkCall & { stepId: string },
): Promise<Result<SessionSnapshot, DomainError>> => runByLink(deps, input, { type: 'skip_step', step_id: input.stepId })
