// Where a session stands among its steps: which one is meant, which are done, which comes next. What a step needs to be
// done is step-completeness.ts.

import type { WorkflowDefinition, WorkflowStep } from '../workflow/definition.ts'
import type { SessionState, StepState } from './state.ts'

export type SessionStep = { index: number; state: StepState; definition: WorkflowStep }

export function findStep(state: SessionState, workflow: WorkflowDefinition, stepId: string): SessionStep | null {
  const index = state.steps.findIndex((step) => step.step_id === stepId)
  const step = state.steps[index]
  const definition = workflow.steps.find((candidate) => candidate.step_id === stepId)
  return step === undefined || definition === undefined ? null : { index, state: step, definition }
}

export const isDone = (step: StepState): boolean => step.status === 'completed' || step.status === 'skipped'

export const allStepsDone = (state: SessionState): boolean => state.steps.every(isDone)

export const totalSteps = (state: SessionState): number => state.steps.length

export const completedSteps = (state: SessionState): number =>
  state.steps.filter((step) => step.status === 'completed').length

/** The first step to work on; the number of steps when there is none. */
export function currentStepIndex(state: SessionState): number {
  const inCorrection = state.status === 'awaiting_client_correction'
  const index = state.steps.findIndex((step) => (inCorrection ? step.status === 'needs_correction' : !isDone(step)))
  return index === -1 ? state.steps.length : index
}

/** Required steps that nobody has ever finished; one in correction counts as done with its last finished data. */
export function unfinishedRequiredSteps(state: SessionState, workflow: WorkflowDefinition): WorkflowStep[] {
  return workflow.steps.filter((definition) => {
    const step = state.steps.find((candidate) => candidate.step_id === definition.step_id)
    if (step === undefined || !definition.required) return false
    return !isDone(step) && !(step.status === 'needs_correction' && step.completed_at !== null)
  })
}
