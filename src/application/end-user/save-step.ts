import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { FormData } from '../../domain/session/state.ts'
import type { LinkCall } from '../call.ts'
import type { SessionSnapshot } from '../ports.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'

export const saveStep = (
  deps: LinkWriteDeps,
  input: LinkCall & { stepId: string; formData: FormData },
): Promise<Result<SessionSnapshot, DomainError>> =>
  runByLink(deps, input, { type: 'save_step', step_id: input.stepId, form_data: input.formData })
