import { evictDurableObject, listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../src/domain/time.ts'
import { announceBill, confirm, update } from '../../support/fixtures/session.ts'
import { papersStep, workflowOf } from '../../support/fixtures/workflow.ts'
import { recorder } from '../../support/instrument.ts'
import {
  asEndUser,
  asTenant,
  composed,
  envelopeOf,
  linkEnvelopeOf,
  makeDue,
  makeWorld,
  newSession,
  objectOf,
  storedRow,
} from '../../support/world.ts'

afterEach(() => recorder.reset())

const answers = (full_name: string) => ({ type: 'save_step' as const, step_id: 'person', form_data: { full_name } })
const noteOf = (text: string) => update({ notes: text })

describe('a session changes owner once', () => {
  it('two first writes at once: one claim, no change lost, 20 rounds', async () => {
    const world = await makeWorld()
    for (let round = 0; round < 20; round += 1) {
      const session = await newSession(world)
      const id = session.state.session_id
      const [left, right] = await Promise.all([
        asTenant(world, id, noteOf('left')),
        asEndUser(session, answers('Anna Maria Eriksson')),
      ])
      expect([left.ok, right.ok]).toEqual([true, true])
      const seen = await objectOf(id).read({ by: 'system' })
      if (seen === 'not_hydrated' || !seen.ok) throw new Error('the object has no state')
      expect(seen.value.state.notes.map((note) => note.text)).toEqual(['left'])
      expect(seen.value.state.steps[0]?.form_data).toEqual({ full_name: 'Anna Maria Eriksson' })
      expect(seen.value.state.status).toBe('active')
    }
  })

  it('a first write against the expiry sweep: whoever is first, nothing is lost and one event says expired, 20 rounds', async () => {
    const world = await makeWorld()
    for (let round = 0; round < 20; round += 1) {
      const session = await newSession(world, { ttl_days: 1 })
      const id = session.state.session_id
      const later = session.state.expires_at + 1
      const [swept, written] = await Promise.all([
        composed().deps.directory.expireSeeds(later, 500),
        asTenant(world, id, noteOf('kept')),
      ])
      expect(swept).toBeGreaterThanOrEqual(0)
      expect(written.ok).toBe(true)
      const seen = await objectOf(id).read({ by: 'system' })
      if (seen === 'not_hydrated' || !seen.ok) throw new Error('the object has no state')
      expect(seen.value.state.notes.map((note) => note.text)).toEqual(['kept'])
      const row = await storedRow(id)
      expect(row?.owner).toBe('object')
      expect(JSON.parse(row?.state ?? '{}')).toEqual(seen.value.state)
      const expired = await env.DB.prepare(
        `SELECT count(*) AS n FROM webhook_events WHERE session_id = ? AND type = 'kyc.session.expired'`,
      )
        .bind(id)
        .first<{ n: number }>()
      expect(expired?.n).toBe(seen.value.state.status === 'expired' ? 1 : 0)
    }
  })

  it('an id that is nobody’s, or another tenant’s, leaves no storage behind', async () => {
    const [mine, theirs] = [await makeWorld(), await makeWorld()]
    const session = await newSession(theirs)
    for (const id of [session.state.session_id, composed().deps.ids.uuid()]) {
      const answer = await asTenant(mine, id, noteOf('mine now'))
      expect(answer).toMatchObject({ ok: false, error: { code: 'SESSION_NOT_FOUND' } })
      await runInDurableObject(objectOf(id), (_object, state) => {
        expect(
          state.storage.sql
            .exec(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'`)
            .toArray(),
        ).toEqual([])
      })
    }
    expect(await storedRow(session.state.session_id)).toMatchObject({ owner: 'seed', version: 1 })
  })

  it('opening a link wakes no object', async () => {
    const world = await makeWorld()
    const before = (await listDurableObjectIds(env.SESSIONS)).length
    const session = await newSession(world)
    const link = await composed().deps.tokens.verify(session.accessToken)
    if (link === null) throw new Error('the token does not verify')
    await composed().deps.directory.readByLink(link, {
      at: Date.now(),
      actor: { type: 'end_user', id: link.session_id, name: null },
      request_id: 'req_test',
      operation: 'link.opened',
      session_id: link.session_id,
    })
    expect((await listDurableObjectIds(env.SESSIONS)).length).toBe(before)
  })

  it('a first command sent twice at once has one effect, 20 rounds', async () => {
    const world = await makeWorld()
    for (let round = 0; round < 20; round += 1) {
      const object = objectOf((await newSession(world)).state.session_id)
      const envelope = envelopeOf(world, noteOf('once'))
      const answers = await Promise.all([object.execute(envelope), object.execute(envelope), object.execute(envelope)])
      for (const answer of answers) expect(answer.ok && answer.value.state.notes).toHaveLength(1)
    }
  })

  it('a command sent again after a lost answer has one effect', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const envelope = envelopeOf(world, noteOf('once'))
    const first = await objectOf(session.state.session_id).execute(envelope)
    const again = await objectOf(session.state.session_id).execute(envelope)
    expect(again).toEqual(first)
    expect(first.ok && first.value.state.notes).toHaveLength(1)
  })

  it('an upload that was refused is refused again when its command is sent again', async () => {
    const world = await makeWorld({ definition: workflowOf([papersStep()]) })
    const session = await newSession(world)
    await asEndUser(session, announceBill('doc_1'))
    const observed = { size: 4, sha256: 'ab'.repeat(32), mime_type: null, problem: null }
    const envelope = await linkEnvelopeOf(session, confirm('doc_1', observed))
    const first = await objectOf(session.state.session_id).execute(envelope)
    const again = await objectOf(session.state.session_id).execute(envelope)
    expect(first).toMatchObject({ ok: false, error: { code: 'FILE_REJECTED' } })
    expect(again).toEqual(first)
  })
})

describe('eviction loses nothing', () => {
  it('right after each answer: what is owed is done without another visit', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const id = session.state.session_id
    expect(await asTenant(world, id, noteOf('born'))).toMatchObject({ ok: true })
    const commands = [
      () => asEndUser(session, { type: 'start', consent: false, consent_version: null }),
      () => asEndUser(session, answers('Anna')),
      () => asEndUser(session, { type: 'complete_step', step_id: 'person', form_data: { full_name: 'Anna Eriksson' } }),
      () => asTenant(world, id, { ...noteOf('looks good'), status: 'approved' }),
    ]
    for (const run of commands) {
      // D1 is away while the answer goes out, and the object is gone before it can try again.
      recorder.fault = (hop) => (hop.by === 'object' && hop.binding === 'D1' ? new Error('D1 is away') : null)
      const answer = await run()
      if (!answer.ok) throw new Error(answer.error.message)
      await evictDurableObject(objectOf(id))
      recorder.fault = () => null
      await makeDue(id)
      await runDurableObjectAlarm(objectOf(id))
      expect(await storedRow(id)).toMatchObject({ version: answer.value.state.version })
    }
    const row = await storedRow(id)
    const seen = await objectOf(id).read({ by: 'system' })
    if (seen === 'not_hydrated' || !seen.ok) throw new Error('the object has no state')
    expect(JSON.parse(row?.state ?? '{}')).toEqual(seen.value.state)
    expect(seen.value.state.status).toBe('approved')
    expect(seen.value.state.expires_at).toBe(session.state.created_at + 7 * DAY_MS)
  })

  it('a claim that reached D1 and died before the object stored it is made again', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const id = session.state.session_id
    await env.DB.prepare(`UPDATE session_states SET owner = 'object' WHERE session_id = ?`).bind(id).run()
    expect(await asTenant(world, id, noteOf('still here'))).toMatchObject({ ok: true })
  })
})
