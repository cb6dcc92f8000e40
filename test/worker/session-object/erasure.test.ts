import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { eraseSession } from '../../../src/application/erasure/erase-session.ts'
import { resumeErasures } from '../../../src/application/erasure/resume-erasures.ts'
import { recorder } from '../../support/instrument.ts'
import {
  asEndUser,
  asTenant,
  composed,
  eventually,
  makeWorld,
  newSession,
  objectOf,
  storedRow,
} from '../../support/world.ts'

afterEach(() => recorder.reset())

const CANARY = 'Canary Ottilie Quandt'
const save = { type: 'save_step' as const, step_id: 'person', form_data: { full_name: CANARY } }

async function tracesOf(sessionId: string): Promise<string[]> {
  const traces: string[] = []
  for (const table of [
    'sessions',
    'session_states',
    'session_events',
    'webhook_events',
    'outbox',
    'access_log',
    'tombstones',
  ]) {
    const { results } = await env.DB.prepare(`SELECT * FROM ${table} WHERE session_id = ?`).bind(sessionId).all()
    if (JSON.stringify(results).includes(CANARY)) traces.push(table)
  }
  const files = await env.DOCUMENTS.list({ prefix: `${sessionId}/` })
  if (files.objects.length > 0) traces.push('files')
  await runInDurableObject(objectOf(sessionId), async (_object, state) => {
    const tables = state.storage.sql
      .exec(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'`)
      .toArray()
    if (tables.length > 0) traces.push('object')
    if ((await state.storage.getAlarm()) !== null) traces.push('alarm')
  })
  return traces
}

const tombstoneOf = (sessionId: string) =>
  env.DB.prepare('SELECT phase FROM tombstones WHERE session_id = ?').bind(sessionId).first<{ phase: string }>()

describe('deletion', () => {
  it('a projection in flight stays out, 20 rounds', async () => {
    const world = await makeWorld()
    for (let round = 0; round < 20; round += 1) {
      const session = await newSession(world)
      const id = session.state.session_id
      await asEndUser(session, { type: 'start', consent: false, consent_version: null })
      await env.DOCUMENTS.put(`${id}/doc_x`, CANARY)
      const [, erased] = await Promise.all([
        asEndUser(session, save).catch(() => null),
        eraseSession(composed().deps, { actor: world.actor, sessionId: id }),
      ])
      expect(erased).toMatchObject({ ok: true, value: { session_id: id } })
      await runDurableObjectAlarm(objectOf(id))
      await eventually(async () => (await tracesOf(id)).length === 0, 'nothing is left')
      expect(await storedRow(id)).toBeNull()
      expect(await asTenant(world, id, { type: 'process', rerun: false })).toMatchObject({
        ok: false,
        error: { code: 'SESSION_NOT_FOUND' },
      })
      expect(await asEndUser(session, save)).toMatchObject({ ok: false, error: { code: 'LINK_NOT_FOUND' } })
    }
  })

  it.each([
    ['objects', (binding: string, call: string) => binding === 'OBJECT' && call === 'erase'],
    ['files', (binding: string, call: string) => binding === 'R2' && call === 'list'],
  ])('that dies in its phase %s is taken up by cron', async (phase, dies) => {
    const world = await makeWorld()
    const session = await newSession(world)
    const id = session.state.session_id
    await asEndUser(session, save)
    await env.DOCUMENTS.put(`${id}/doc_x`, CANARY)
    const { deps } = composed()
    recorder.fault = (hop) => (dies(hop.binding, hop.call) ? new Error('killed') : null)
    expect(await eraseSession(deps, { actor: world.actor, sessionId: id })).toMatchObject({ ok: true })
    expect(await tombstoneOf(id)).toEqual({ phase })
    recorder.fault = () => null
    await env.DB.prepare('UPDATE tombstones SET resume_at = 0').run()
    await resumeErasures(deps)
    expect(await tombstoneOf(id)).toEqual({ phase: 'late_files' })
    expect(await tracesOf(id)).toEqual([])
  })

  it('an upload whose URL was alive at the deletion is swept once more after it ran out', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const id = session.state.session_id
    const { deps } = composed()
    await eraseSession(deps, { actor: world.actor, sessionId: id })
    await env.DOCUMENTS.put(`${id}/doc_late`, CANARY)
    const past = Date.now() - 60 * 60_000
    await env.DB.prepare('UPDATE tombstones SET erased_at = ?, resume_at = ? WHERE session_id = ?')
      .bind(past, past, id)
      .run()
    await resumeErasures(deps)
    expect(await tombstoneOf(id)).toEqual({ phase: 'done' })
    expect(await tracesOf(id)).toEqual([])
  })

  it('another tenant’s session is not found, and stays', async () => {
    const [mine, theirs] = [await makeWorld(), await makeWorld()]
    const session = await newSession(theirs)
    const id = session.state.session_id
    const answer = await eraseSession(composed().deps, { actor: mine.actor, sessionId: id })
    expect(answer).toMatchObject({ ok: false, error: { code: 'SESSION_NOT_FOUND' } })
    expect(await storedRow(id)).not.toBeNull()
  })
})
