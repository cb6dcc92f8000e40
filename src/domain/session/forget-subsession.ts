// What a parent's trail goes on saying of a subsession that was deleted: that it was there, under which id and workflow.
// The name, the address and the metadata of the person died with it. This is the one edit that events ever get; the
// state that the trail folds to is the same, since the removal comes after.

import type { RecordedEvent } from './events.ts'

/** Null for an event that says nothing personal of that subsession. D1's copy is edited by the same rule (platform/d1/write-session.ts). */
export function withoutSubsession(recorded: RecordedEvent, sessionId: string): RecordedEvent | null {
  const { event } = recorded
  if (event.type !== 'subsession_added' && event.type !== 'subsession_noted') return null
  if (event.subsession.session_id !== sessionId) return null
  const subsession = { ...event.subsession, name: null }
  return {
    ...recorded,
    event:
      event.type === 'subsession_added'
        ? { ...event, subsession, email: null, metadata: {} }
        : { ...event, subsession },
  }
}

export const removedSubsessions = (recorded: readonly RecordedEvent[]): string[] =>
  recorded.flatMap(({ event }) => (event.type === 'subsession_removed' ? [event.session_id] : []))
