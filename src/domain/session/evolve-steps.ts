// What events make of the steps. A step that is saved after it was done is in progress again: nothing counts as done
// with data that nobody checked.

import { unreachable } from '../result.ts'
import type { EpochMs } from '../time.ts'
import type { SessionEvent } from './events.ts'
import type { SessionState, StepState } from './state.ts'

type StepEvent = Extract<
  SessionEvent,
  { type: 'step_saved' | 'step_completed' | 'step_skipped' | 'steps_reopened' | 'liveness_changed' }
>

export const changeStep = (
  state: SessionState,
  stepId: string,
  change: (step: StepState) => StepState,
): SessionState => ({
  ...state,
  steps: state.steps.map((step) => (step.step_id === stepId ? change(step) : step)),
})

/** The first write of a step, also of one that had been skipped. */
export const begun = (step: StepState, at: EpochMs): StepState =>
  step.status === 'pending' || step.status === 'skipped'
    ? { ...step, status: 'in_progress', started_at: step.started_at ?? at }
    : step

export function evolveSteps(state: SessionState, event: StepEvent, at: EpochMs): SessionState {
  switch (event.type) {
    case 'step_saved':
      return changeStep(state, event.step_id, (step) => ({
        ...step,
        ...(step.status === 'needs_correction'
          ? {}
          : { status: 'in_progress', started_at: step.started_at ?? at, completed_at: null }),
        form_data: event.form_data,
      }))
    case 'step_completed':
      return changeStep(state, event.step_id, (step) => ({
        ...step,
        status: 'completed',
        started_at: step.started_at ?? at,
        completed_at: at,
        form_data: event.form_data,
      }))
    case 'step_skipped':
      return changeStep(state, event.step_id, (step) => ({ ...step, status: 'skipped', completed_at: null }))
    case 'steps_reopened':
      return {
        ...state,
        steps: state.steps.map((step) => (event.step_ids.includes(step.step_id) ? reopened(step) : step)),
        validations: state.validations.map((validation) =>
          validation.status === 'running' && validation.step_id !== null && event.step_ids.includes(validation.step_id)
            ? {
                ...validation,
                status: 'completed',
                completed_at: at,
                jobs: validation.jobs.map((job) => (job.status === 'done' ? job : { ...job, status: 'missed' })),
              }
            : validation,
        ),
      }
    case 'liveness_changed':
      return changeStep(state, event.step_id, (step) => ({ ...begun(step, at), liveness: event.liveness }))
    default:
      return unreachable(event)
  }
}

function reopened(step: StepState): StepState {
  const isServiceWork = step.type === 'validation' || step.status === 'skipped'
  return { ...step, status: isServiceWork ? 'pending' : 'in_progress', completed_at: null }
}
