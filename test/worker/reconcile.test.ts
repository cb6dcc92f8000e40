// The walk that compares D1's copies with their objects: what it mends, what it costs when there is nothing to mend, and
// that it goes on where it stopped.

import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PAUSE_MS, reconcileRows, ROWS_CURSOR, ROWS_PER_RUN } from '../../src/application/operations/reconcile-rows.ts'
import { handleSchedule } from '../../src/cron/handle-schedule.ts'
import { createCursors } from '../../src/platform/d1/cursors.ts'
import { update } from '../support/fixtures/session.ts'
import { recorder } from '../support/instrument.ts'
import {
  asTenant,
  composed,
  makeDue,
  makeWorld,
  newSession,
  objectOf,
  storedRow,
  type World,
} from '../support/world.ts'

let world: World
beforeEach(async () => {
  await env.DB.exec('DELETE FROM session_states; DELETE FROM sessions; DELETE FROM session_events; DELETE FROM cursors')
  world = await makeWorld()
  recorder.reset()
})
afterEach(() => recorder.reset())

const deps = () => composed().deps
const rewind = () => env.DB.exec('DELETE FROM cursors')

/** Written to, and all of it in D1. */
async function settledSession(): Promise<string> {
  const session = await newSession(world)
  const noted = await asTenant(world, session.state.session_id, update({ notes: 'first' }))
  if (!noted.ok) throw new Error(noted.error.message)
  await runInDurableObject(objectOf(session.state.session_id), () => null)
  return session.state.session_id
}

const copiesOf = async (id: string): Promise<unknown> => ({
  state: await storedRow(id),
  row: await env.DB.prepare('SELECT version, status, row FROM sessions WHERE session_id = ?').bind(id).first(),
  events: (await env.DB.prepare('SELECT sequence, payload FROM session_events WHERE session_id = ?').bind(id).all())
    .results,
})
const exec = (sql: string, id: string) => env.DB.prepare(sql).bind(id).run()

describe('when nothing is wrong', () => {
  it('a run asks each object once and writes nothing to D1 but its cursor', async () => {
    const ids = [await settledSession(), await settledSession()]
    await newSession(world)
    const before = await Promise.all(ids.map(copiesOf))
    recorder.reset()
    expect(await reconcileRows(deps())).toEqual({ not_hydrated: 0, level: 2, written: 0, owed: 0, failed: 0 })
    expect(recorder.hops).toEqual([
      { by: 'worker', binding: 'D1', call: expect.any(String) },
      { by: 'worker', binding: 'D1', call: expect.any(String) },
      { by: 'worker', binding: 'OBJECT', call: 'projectIfBehind' },
      { by: 'worker', binding: 'OBJECT', call: 'projectIfBehind' },
      { by: 'worker', binding: 'D1', call: expect.any(String) },
    ])
    expect(await Promise.all(ids.map(copiesOf))).toEqual(before)
  })

  it('the next run waits for a quarter of an hour', async () => {
    await settledSession()
    const at = deps().clock.system()
    await reconcileRows({ ...deps(), clock: { ...deps().clock, system: () => at } })
    const runAt = (system: number) => reconcileRows({ ...deps(), clock: { ...deps().clock, system: () => system } })
    expect(await runAt(at + PAUSE_MS - 1)).toBeNull()
    expect(await runAt(at + PAUSE_MS)).toMatchObject({ level: 1 })
  })
})

describe('a walk that saw an older version than D1 has by now', () => {
  it('makes the object look once more, and write nothing', async () => {
    const id = await settledSession()
    const before = await copiesOf(id)
    recorder.reset()
    expect(await objectOf(id).projectIfBehind(1)).toBe('level')
    expect(recorder.ofObjects()).toEqual(['D1 first'])
    expect(await copiesOf(id)).toEqual(before)
  })

  it('leaves alone what the object owes and sends by itself', async () => {
    const id = await settledSession()
    recorder.fault = (hop) => (hop.by === 'object' && hop.binding === 'D1' ? new Error('D1 is down') : null)
    expect(await asTenant(world, id, update({ notes: 'second' }))).toMatchObject({ ok: true })
    expect(await reconcileRows(deps())).toMatchObject({ level: 1, written: 0, owed: 0 })
  })
})

describe('a copy in D1 that is', () => {
  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'behind, as after a restore',
      async (id) => {
        await exec('UPDATE session_states SET version = 1 WHERE session_id = ?', id)
        await exec('UPDATE sessions SET version = 1 WHERE session_id = ?', id)
        await exec('DELETE FROM session_events WHERE session_id = ? AND sequence > 1', id)
      },
    ],
    ['without its row', (id) => exec('DELETE FROM sessions WHERE session_id = ?', id)],
    ['with an older row than state', (id) => exec('UPDATE sessions SET version = 1 WHERE session_id = ?', id)],
    ['with an older state than row', (id) => exec('UPDATE session_states SET version = 1 WHERE session_id = ?', id)],
    [
      'without the end of its trail',
      (id) => exec('DELETE FROM session_events WHERE session_id = ? AND sequence = 2', id),
    ],
  ])('%s is mended by the next run, and the one after it finds nothing', async (_what, damage) => {
    const id = await settledSession()
    const whole = await copiesOf(id)
    await damage(id)
    expect(await copiesOf(id)).not.toEqual(whole)
    expect(await reconcileRows(deps())).toMatchObject({ written: 1, level: 0 })
    expect(await copiesOf(id)).toEqual(whole)
    expect(await reconcileRows(deps())).toMatchObject({ written: 0, level: 1 })
  })

  it('behind because D1 does not take it stays owed, and the walk goes on', async () => {
    const [broken, healthy] = [await settledSession(), await settledSession()]
    await exec('DELETE FROM sessions WHERE session_id = ?', broken)
    recorder.fault = (hop) => (hop.by === 'object' && hop.call === 'batch' ? new Error('D1 is full') : null)
    expect(await reconcileRows(deps())).toMatchObject({ owed: 1, level: 1 })
    recorder.reset()
    await makeDue(broken)
    await runDurableObjectAlarm(objectOf(broken))
    await rewind()
    expect(await reconcileRows(deps())).toMatchObject({ level: 2 })
    expect(await storedRow(healthy)).not.toBeNull()
  })

  it('of a deleted session is left alone', async () => {
    const id = await settledSession()
    await deps().erasures.begin(world.actor.scope, id, world.actor.ref, deps().clock.system())
    expect(await reconcileRows(deps())).toMatchObject({ level: 0, written: 0, not_hydrated: 0 })
  })
})

describe('the walk', () => {
  it('leaves out an object that fails, and tells the log which', async () => {
    await settledSession()
    await settledSession()
    let isFirst = true
    recorder.fault = (hop) => {
      if (hop.call !== 'projectIfBehind' || !isFirst) return null
      isFirst = false
      return new Error('the object is gone')
    }
    const warned: unknown[] = []
    const log = { ...deps().log, warn: (event: string, fields: unknown) => warned.push([event, fields]) }
    expect(await reconcileRows({ ...deps(), log })).toMatchObject({ failed: 1, level: 1 })
    expect(warned).toEqual([
      ['reconcile.object_failed', { session_id: expect.stringMatching(/^[0-9a-f-]{36}$/), error_name: 'Error' }],
    ])
  })

  it('takes a share at a time, goes on after a run that was killed, and begins anew at the end', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const asked: string[] = []
    const cursors = createCursors(env.DB)
    let killed = false
    const run = (system: number) =>
      reconcileRows({
        ...deps(),
        clock: { ...deps().clock, system: () => system },
        cursors: {
          ...cursors,
          async move(name, to) {
            if (killed) throw new Error('killed')
            await cursors.move(name, to)
          },
        },
        sessionCopies: {
          async after(id, limit) {
            expect(limit).toBe(ROWS_PER_RUN)
            const share = ids.filter((one) => one > id).slice(0, 2)
            const owned = share.map((session_id) => ({ session_id, version: 1 }))
            return { owned, last: share.length < 2 ? null : (share[1] ?? null) }
          },
        },
        sessionObjects: {
          ...deps().sessionObjects,
          async projectIfBehind(id) {
            asked.push(id)
            return 'level'
          },
        },
      })
    await run(0)
    killed = true
    await expect(run(PAUSE_MS)).rejects.toThrow('killed')
    killed = false
    await run(PAUSE_MS)
    await run(2 * PAUSE_MS)
    await run(3 * PAUSE_MS)
    expect(asked).toEqual(['a', 'b', 'c', 'd', 'c', 'd', 'e', 'a', 'b'])
    expect(await cursors.read(ROWS_CURSOR)).toEqual({ after: 'b', due_at: 4 * PAUSE_MS })
  })

  it('begins anew when its cursor cannot be read', async () => {
    await settledSession()
    for (const position of ['not json', '{}', '{"after":7,"due_at":0}']) {
      await env.DB.prepare('INSERT OR REPLACE INTO cursors VALUES (?, ?)').bind(ROWS_CURSOR, position).run()
      expect(await reconcileRows(deps())).toMatchObject({ level: 1 })
    }
  })

  it('is run by the cron', async () => {
    const id = await settledSession()
    await exec('DELETE FROM sessions WHERE session_id = ?', id)
    await handleSchedule(deps(), 1_000_000 * 60_000)
    expect(await env.DB.prepare('SELECT version FROM sessions WHERE session_id = ?').bind(id).first()).toEqual({
      version: 2,
    })
  })
})
