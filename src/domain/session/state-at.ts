// The state that a command was answered with, from the trail: as it stood at a version. An answer is never `processing`
// for good: where the command began a run, it is the state that ended it. Decides nothing about who may see it.

import type { RecordedEvent } from './events.ts'
import { evolve } from './evolve.ts'
import type { SessionState } from './state.ts'

/** `trail` begins with the first event. Null when it is empty. */
export function stateAnsweredAt(trail: readonly RecordedEvent[], version: number): SessionState | null {
  let state: SessionState | null = null
  for (const recorded of trail) {
    if (recorded.sequence > version && state !== null && state.status !== 'processing') break
    state = evolve(state, recorded)
  }
  return state
}
