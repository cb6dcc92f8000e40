import type { LivenessVerdict } from '../../domain/decision/check-results.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err } from '../../domain/result.ts'
import type { LivenessAttempts, SessionState } from '../../domain/session/state.ts'
import type { LivenessStep } from '../../domain/workflow/definition.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'
import { livenessStepOf } from './liveness-step.ts'
import type { LinkReadDeps } from './read-by-link.ts'
import { readByLink } from './read-by-link.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'
import type { LivenessInput } from './start-liveness.ts'
import { noLivenessStep } from './start-liveness.ts'

type Frames = LivenessInput & { nonce: string; frameDocIds: string[] }

/** The frames are judged first, then handed in with the verdict: the session decides whether they count. */
export async function completeLiveness(
  deps: LinkReadDeps & LinkWriteDeps & Pick<Deps, 'livenessJudge' | 'log'>,
  input: Frames,
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
    verdict: await judgedFrames(deps, read.value.state, step, input),
  })
}

const NOT_JUDGED: LivenessVerdict = {
  state: 'error',
  message: 'The frames could not be judged; a person has to look at them.',
  passed: false,
  confidence: null,
  reasons: [],
  best_frame_doc_id: null,
}

/** Only frames of the open challenge cost the engine's time; the session refuses all others whatever is said of them. */
async function judgedFrames(
  { livenessJudge, log }: Pick<Deps, 'livenessJudge' | 'log'>,
  state: SessionState,
  { definition, liveness }: { definition: LivenessStep; liveness: LivenessAttempts | null },
  input: Frames,
): Promise<LivenessVerdict> {
  const open = liveness?.open ?? null
  const areUploaded = input.frameDocIds.every((id) =>
    state.documents.some(
      ({ doc_id, step_id, status, document_type }) =>
        doc_id === id && step_id === definition.step_id && status === 'uploaded' && document_type === 'liveness_frame',
    ),
  )
  if (open === null || open.nonce !== input.nonce || input.frameDocIds.length === 0 || !areUploaded) return NOT_JUDGED
  try {
    return await livenessJudge.judge({
      session_id: state.session_id,
      frame_doc_ids: input.frameDocIds,
      challenges: open.challenges,
      min_confidence: definition.liveness_config.min_confidence,
    })
  } catch (cause) {
    const error_name = cause instanceof Error ? cause.name : typeof cause
    log.warn('liveness.not_judged', { session_id: state.session_id, error_name })
    return NOT_JUDGED
  }
}
