import { describe, expect, it } from 'vitest'
import { eventOf } from '../../../src/domain/audit/chain.ts'
import { TRANSITIONS } from '../../../src/domain/session/transitions.ts'
import type { SessionStatus } from '../../../src/domain/session/status.ts'
import { update } from '../../support/fixtures/session.ts'
import { asEndUser, asTenant, makeWorld, newSession, objectOf, storedRow, trailOf } from '../../support/world.ts'

const TARGETS: SessionStatus[] = ['approved', 'rejected', 'manual_review', 'active', 'expired']

describe('50 conflicting transitions at once', () => {
  it('make one legal history, a clear error for each loser, and a D1 row equal to the object', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const id = session.state.session_id
    await asEndUser(session, { type: 'complete_step', step_id: 'person', form_data: { full_name: 'Anna Eriksson' } })

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        asTenant(
          world,
          id,
          update({
            status: TARGETS[index % TARGETS.length] ?? 'approved',
            reason: index % 3 === 0 ? `reason ${index}` : null,
          }),
        ),
      ),
    )

    const losers = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]))
    expect(losers.length).toBeGreaterThan(0)
    expect(answers.some((answer) => answer.ok)).toBe(true)
    for (const { code, message } of losers) {
      expect(['INVALID_STATUS_TRANSITION', 'INVALID_REQUEST', 'STEP_INCOMPLETE']).toContain(code)
      expect(message.length).toBeGreaterThan(20)
    }

    const { events } = await trailOf(id)
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1))
    let status: SessionStatus = 'draft'
    for (const { event } of events.map(eventOf)) {
      if (event.type !== 'status_changed') continue
      expect(event.from).toBe(status)
      expect(TRANSITIONS.some((row) => row.from === event.from && row.to === event.to && row.by === event.by)).toBe(
        true,
      )
      status = event.to
    }
    const seen = await objectOf(id).read({ by: 'system' })
    if (seen === 'not_hydrated' || !seen.ok) throw new Error('no state')
    expect(seen.value.state.status).toBe(status)
    const row = await storedRow(id)
    expect(JSON.parse(row?.state ?? '{}')).toEqual(seen.value.state)
  })
})
