import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err } from '../../domain/result.ts'
import type { SessionSnapshot } from '../ports.ts'
import { livenessStepOf } from './liveness-step.ts'
import type { LinkReadDeps } from './read-by-link.ts'
import { readByLink } from './read-by-link.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'
import type { LivenessInput } from './start-liveness.ts'
import { noLivenessStep } from './start-liveness.ts'

export async function completeLiveness(
  deps: LinkReadDeps & LinkWriteDeps,
  input: LivenessInput & { nonce: string; frameDocIds: string[] },
): Promise<Result<SessionSnapshot, DomainError>> {
  const read = await readByLink(deps, { ...input, operation: 'liveness.complete' })
  if (!read.ok) return read
  const step = livenessStepOf(read.value, input)
  if (step === null) return err(noLivenessStep(input.stepId))
  return runByLink(deps, input, {
    type: 'complete_liveness',
    step_id: step.definition.step_id,
    nonce: input.nonce,
    frame_doc_ids: input.frameDocIds,
  })
}
