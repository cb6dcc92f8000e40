import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { LivenessConfig } from '../../domain/workflow/definition.ts'
import type { Deps } from '../ports.ts'
import { livenessStepOf } from './liveness-step.ts'
import type { LinkRead, LinkReadDeps } from './read-by-link.ts'
import { readByLink } from './read-by-link.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'

/** `open` is null once the step is done with: passed to a person, or every attempt used up. */
export type StartedLiveness = {
  stepId: string
  open: { nonce: string; challenges: string[]; expires_at: EpochMs } | null
  attemptsLeft: number
}

export type LivenessInput = Omit<LinkRead, 'operation'> & { stepId: string | null }

/** Draws the challenges; the session keeps an open one instead, so that nobody asks until an easy one comes. */
export async function startLiveness(
  deps: LinkReadDeps & LinkWriteDeps & Pick<Deps, 'tokens'>,
  input: LivenessInput,
): Promise<Result<StartedLiveness, DomainError>> {
  const read = await readByLink(deps, { ...input, operation: 'liveness.start' })
  if (!read.ok) return read
  const asked = { stepId: input.stepId, nonce: null }
  const step = livenessStepOf(read.value, asked)
  if (step === null) return err(noLivenessStep(input.stepId))
  const { step_id, liveness_config } = step.definition
  const started = await runByLink(deps, input, {
    type: 'start_liveness',
    step_id,
    nonce: deps.tokens.hashNonce(deps.tokens.newNonce()).slice(0, 32),
    challenges: drawChallenges(liveness_config, deps.tokens.newNonce()),
  })
  if (!started.ok) return started
  const liveness = livenessStepOf(started.value, { stepId: step_id, nonce: null })?.liveness ?? null
  const open = liveness?.open ?? null
  const used = liveness?.used ?? 0
  return ok({ stepId: step_id, open, attemptsLeft: open === null ? 0 : liveness_config.max_retries + 1 - used })
}

/** All that the workflow names, in an order that no recording can know. Two bytes a draw: its bias is below 0.01 %. */
export function drawChallenges({ challenge_type, challenges }: LivenessConfig, random: Uint8Array): string[] {
  if (challenge_type === 'passive') return []
  const left: string[] = [...challenges]
  return challenges.flatMap((_, draw) => {
    const number = (random[2 * draw] ?? 0) * 256 + (random[2 * draw + 1] ?? 0)
    return left.splice(number % left.length, 1)
  })
}

export const noLivenessStep = (stepId: string | null): DomainError =>
  stepId === null
    ? domainError('STEP_NOT_FOUND', 'This session has no liveness step.')
    : domainError('STEP_NOT_FOUND', `This session has no liveness step "${stepId}".`)
