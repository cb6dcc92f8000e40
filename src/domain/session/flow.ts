// How a session flows once something was written: from step to step, through the steps that the service does itself,
// to completed, and on to a run where the workflow processes by itself.

import { startRun } from './run.ts'
import { allStepsDone, currentStepIndex } from './steps.ts'
import { emit, moveTo } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'
import { settleValidation, startValidation } from './validation.ts'

/** Turns a draft into an active session; every write of the end user passes here. */
export function firstWrite(turn: Turn): Refusal {
  if (turn.state.status !== 'draft') return null
  return moveTo(turn, 'active', 'first_write') ?? advance(turn)
}

/** Call after anything that may have finished a step of an active session. */
export function advance(turn: Turn): Refusal {
  if (turn.state.status !== 'active') return null
  if (allStepsDone(turn.state)) return moveTo(turn, 'completed', 'all_steps_done') ?? processIfAutomatic(turn)
  const step = turn.context.workflow.steps[currentStepIndex(turn.state)]
  if (step === undefined || step.type !== 'validation') return null
  const isRunning = turn.state.validations.some((one) => one.status === 'running' && one.step_id === step.step_id)
  if (isRunning) return null
  const id = startValidation(turn, { checks: step.validations, explain_misses: false, step_id: step.step_id })
  return finishValidation(turn, id)
}

/**
 * Ends a validation whose results are all in. A step's validation that ends while the session is not active leaves the
 * step undone: it runs again when the session comes back, so that no gate is passed unseen.
 */
export function finishValidation(turn: Turn, validationId: string): Refusal {
  const ended = settleValidation(turn, validationId)
  if (ended === null || ended.step_id === null || turn.state.status !== 'active') return null
  emit(turn, { type: 'step_completed', step_id: ended.step_id, form_data: {} })
  if (ended.blocked_by.length === 0) return advance(turn)
  return moveTo(turn, 'manual_review', 'blocking_result', `Step ${ended.step_id}: ${ended.blocked_by.join(', ')}`)
}

export function processIfAutomatic(turn: Turn): Refusal {
  const { enabled, auto_process } = turn.context.workflow.validation_config.automation_rules
  return turn.state.status === 'completed' && enabled && auto_process ? startRun(turn, 'auto_process') : null
}

/** What a later `validation` step found holds only for what was handed in then: it runs again. */
export function reopenValidationsAfter(turn: Turn, stepIndex: number): void {
  const step_ids = turn.state.steps
    .slice(stepIndex + 1)
    .filter((step) => step.type === 'validation' && (step.status === 'completed' || step.status === 'in_progress'))
    .map((step) => step.step_id)
  if (step_ids.length > 0) emit(turn, { type: 'steps_reopened', step_ids })
}
