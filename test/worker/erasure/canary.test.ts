// After a deletion nothing of a person is found anywhere. What stays is named here, and nowhere else.

import { listDurableObjectIds, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { handleSchedule } from '../../../src/cron/handle-schedule.ts'
import { MINUTE_MS } from '../../../src/domain/time.ts'
import { clientOf, linkOf } from '../../support/api.ts'
import { canary, findEverywhere, listenToLogs, type Found } from '../../support/canary.ts'
import { recorder } from '../../support/instrument.ts'
import { composed } from '../../support/world.ts'
import { liveALife, plantedWords } from './canary-life.ts'

const cronAfter = (minutes: number): Promise<void> => {
  const { deps } = composed()
  const now = () => Date.now() + minutes * MINUTE_MS
  return handleSchedule({ ...deps, clock: { ...deps.clock, system: now } }, 0)
}

const placesOf = (found: readonly Found[]): string[] => [...new Set(found.map(({ place }) => place))]
const said = ({ place, word }: Found): string => `${place}: ${word}`

/** The contract lets `.deleted` name the client id and the tags; the workflow is the tenant's and goes on. */
const WHAT_STAYS = [
  `D1 webhook_events.body: ${canary('client')}`,
  `D1 webhook_events.body: ${canary('tag')}`,
  `D1 workflow_versions.definition: ${canary('tag')}`,
]

it('a session that has been through everything leaves nothing of its person', async () => {
  recorder.reset()
  const logged = listenToLogs()
  const { world, id, childId, token } = await liveALife()
  const words = plantedWords()

  // The search sees: before the deletion, the words are in all the places that hold a session.
  const before = await findEverywhere({ words })
  expect(placesOf(before)).toEqual(
    expect.arrayContaining([
      'D1 session_events.payload',
      'D1 session_states.state',
      'D1 session_tags.tag',
      'D1 sessions.client_id',
      'D1 sessions.row',
      'D1 sessions.user_email_lower',
      'D1 webhook_events.body',
      'object events.recorded',
      'object session.state',
    ]),
  )
  expect(placesOf(before).some((place) => place.startsWith(`R2 ${id}/`))).toBe(true)
  expect(before.some(({ word }) => word === canary('removedname'))).toBe(false)

  const deleted = await clientOf(world.key).delete(`/kyc/sessions/${id}`)
  expect(deleted.data).toMatchObject({ deleted: true, subsessions_deleted: 1 })
  await cronAfter(0)
  await env.DOCUMENTS.put(`${id}/doc_late`, canary('late'))
  await cronAfter(60)

  const left = await findEverywhere({ words: [...words, canary('late')], logged })
  expect(left.map(said)).toEqual(WHAT_STAYS)

  for (const objectId of await listDurableObjectIds(env.SESSIONS)) {
    await runInDurableObject(env.SESSIONS.get(objectId), async (_object, { storage }) => {
      expect((await storage.list()).size).toBe(0)
      expect(await storage.getAlarm()).toBeNull()
      const tables = storage.sql.exec(`SELECT name FROM sqlite_master WHERE name NOT GLOB '_cf_*'`).toArray()
      expect(tables).toEqual([])
    })
  }
  for (const gone of [id, childId]) {
    expect((await env.DOCUMENTS.list({ prefix: `${gone}/` })).objects).toEqual([])
    const line = await env.DB.prepare('SELECT phase FROM tombstones WHERE session_id = ?').bind(gone).first()
    expect(line).toEqual({ phase: 'done' })
  }
  expect((await linkOf(token)('')).status).toBe(404)
}, 60_000)
