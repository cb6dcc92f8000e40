import { isDone } from '../../domain/session/steps.ts'
import type { LivenessAttempts } from '../../domain/session/state.ts'
import type { LivenessStep } from '../../domain/workflow/definition.ts'
import type { SessionSnapshot } from '../ports.ts'

type Found = { definition: LivenessStep; liveness: LivenessAttempts | null }

/** The named liveness step; unnamed: that of the challenge, else the first that is not done, else the last. */
export function livenessStepOf(
  { state, workflow }: SessionSnapshot,
  asked: { stepId: string | null; nonce: string | null },
): Found | null {
  const steps = workflow.steps.flatMap((definition) => {
    const step = state.steps.find((one) => one.step_id === definition.step_id)
    return definition.type !== 'liveness' || step === undefined
      ? []
      : [{ definition, liveness: step.liveness, done: isDone(step) }]
  })
  if (asked.stepId !== null) return steps.find(({ definition }) => definition.step_id === asked.stepId) ?? null
  const challenged = steps.find(({ liveness }) => asked.nonce !== null && liveness?.open?.nonce === asked.nonce)
  return challenged ?? steps.find(({ done }) => !done) ?? steps.at(-1) ?? null
}
