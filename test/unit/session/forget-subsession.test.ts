import { describe, expect, it } from 'vitest'
import type { RecordedEvent } from '../../../src/domain/session/events.ts'
import { evolve } from '../../../src/domain/session/evolve.ts'
import { removedSubsessions, withoutSubsession } from '../../../src/domain/session/forget-subsession.ts'
import type { SessionState } from '../../../src/domain/session/state.ts'
import { completedRich, subsession, type PlayedSession } from '../../support/fixtures/session.ts'
import { richWorkflow } from '../../support/fixtures/workflow.ts'

const person = { name: 'Ulla Owner', email: 'ulla@example.com', metadata: { passport: 'X1' }, step_id: null }

function parentOfTwo(): PlayedSession {
  const parent = completedRich(richWorkflow())
  for (const id of ['child-1', 'child-2']) parent.do(subsession(id, person))
  const known = parent.state.subsessions.find(({ session_id }) => session_id === 'child-1')
  if (known === undefined) throw new Error('no child')
  parent.do({ ...known, type: 'note_subsession', known_version: 2, status: 'active' })
  parent.do({ type: 'remove_subsession', session_id: 'child-1' })
  return parent
}
const forgotten = (trail: readonly RecordedEvent[]) =>
  trail.map((recorded) => withoutSubsession(recorded, 'child-1') ?? recorded)

describe('a trail that forgets a removed subsession', () => {
  it('keeps that it was there, and nothing of the person', () => {
    const { trail } = parentOfTwo()
    const speakingOfIt = forgotten(trail).filter((recorded) => JSON.stringify(recorded).includes('child-1'))
    expect(speakingOfIt.map(({ event }) => event.type)).toEqual([
      'subsession_added',
      'subsession_noted',
      'subsession_removed',
    ])
    expect(JSON.stringify(speakingOfIt)).not.toMatch(/Ulla|ulla@|X1/)
    expect(removedSubsessions(trail)).toEqual(['child-1'])
  })

  it('keeps what it says of the others', () => {
    const { trail } = parentOfTwo()
    const other = (events: readonly RecordedEvent[]) =>
      events.filter((recorded) => JSON.stringify(recorded).includes('child-2'))
    expect(other(forgotten(trail))).toEqual(other(trail))
    expect(JSON.stringify(other(trail))).toContain('ulla@example.com')
  })

  it('leads to the same state', () => {
    const { trail, state } = parentOfTwo()
    expect(forgotten(trail).reduce<SessionState | null>(evolve, null)).toEqual(state)
  })
})
