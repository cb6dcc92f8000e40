// What events make of a parent's memory of its children. A child's decision never changes the parent's status.

import { unreachable } from '../result.ts'
import type { EpochMs } from '../time.ts'
import type { SessionEvent } from './events.ts'
import { begun, changeStep } from './evolve-steps.ts'
import type { SessionState } from './state.ts'

type SubsessionEvent = Extract<SessionEvent, { type: 'subsession_added' | 'subsession_removed' | 'subsession_noted' }>

export function evolveSubsessions(state: SessionState, event: SubsessionEvent, at: EpochMs): SessionState {
  switch (event.type) {
    case 'subsession_added': {
      const next = { ...state, subsessions: [...state.subsessions, event.subsession] }
      const stepId = event.subsession.step_id
      return stepId === null ? next : changeStep(next, stepId, (step) => begun(step, at))
    }
    case 'subsession_removed':
      return { ...state, subsessions: state.subsessions.filter((child) => child.session_id !== event.session_id) }
    case 'subsession_noted':
      return {
        ...state,
        subsessions: state.subsessions.map((child) =>
          child.session_id === event.subsession.session_id ? event.subsession : child,
        ),
      }
    default:
      return unreachable(event)
  }
}
