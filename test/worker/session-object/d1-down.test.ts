import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { update } from '../../support/fixtures/session.ts'
import { recorder, type Hop } from '../../support/instrument.ts'
import { asEndUser, asTenant, makeDue, makeWorld, newSession, objectOf, storedRow } from '../../support/world.ts'

afterEach(() => recorder.reset())

const D1_IS_DOWN = (hop: Hop): Error | null => (hop.binding === 'D1' ? new Error('D1 is down') : null)
const noteOf = (text: string) => update({ notes: text })

describe('while D1 is down', () => {
  it('an opened session goes through its whole flow, survives 20 alarms, and catches up by itself', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const id = session.state.session_id
    await asEndUser(session, { type: 'start', consent: false, consent_version: null })
    await runDurableObjectAlarm(objectOf(id))

    recorder.fault = D1_IS_DOWN
    const saved = await asEndUser(session, { type: 'save_step', step_id: 'person', form_data: { full_name: 'Anna' } })
    const done = await asEndUser(session, {
      type: 'complete_step',
      step_id: 'person',
      form_data: { full_name: 'Anna Eriksson' },
    })
    const noted = await asTenant(world, id, noteOf('the answer is not an error: only the list lags'))
    expect([saved.ok, done.ok, noted.ok]).toEqual([true, true, true])

    for (let run = 0; run < 20; run += 1) {
      expect(await runDurableObjectAlarm(objectOf(id))).toBe(true)
      await runInDurableObject(objectOf(id), async (_object, state) => {
        expect(await state.storage.getAlarm()).not.toBeNull()
      })
    }
    expect((await storedRow(id))?.version).toBeLessThan(noted.ok ? noted.value.state.version : 0)

    recorder.fault = () => null
    await makeDue(id)
    await runDurableObjectAlarm(objectOf(id))
    const seen = await objectOf(id).read({ by: 'system' })
    if (seen === 'not_hydrated' || !seen.ok) throw new Error('no state')
    expect(JSON.parse((await storedRow(id))?.state ?? '{}')).toEqual(seen.value.state)
    expect(seen.value.state.status).toBe('completed')
    const events = await env.DB.prepare('SELECT count(*) AS n FROM session_events WHERE session_id = ?')
      .bind(id)
      .first<{ n: number }>()
    expect(events?.n).toBe(seen.value.state.version)
  })

  it('a first visit fails, leaves nothing behind, and works when D1 is back', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    recorder.fault = D1_IS_DOWN
    await expect(asEndUser(session, { type: 'start', consent: false, consent_version: null })).rejects.toThrow()
    recorder.fault = () => null
    expect(await objectOf(session.state.session_id).read({ by: 'system' })).toBe('not_hydrated')
    expect(await asEndUser(session, { type: 'start', consent: false, consent_version: null })).toMatchObject({
      ok: true,
    })
  })
})
