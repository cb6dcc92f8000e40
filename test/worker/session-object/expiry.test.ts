import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { expireDueSessions } from '../../../src/application/expiry/expire-due-sessions.ts'
import type { CreatedSession } from '../../../src/application/sessions/create-session.ts'
import type { SessionState } from '../../../src/domain/session/state.ts'
import { asEndUser, composed, makeWorld, newSession, objectOf } from '../../support/world.ts'

const START = { type: 'start', consent: false, consent_version: null } as const

async function openedSession(): Promise<CreatedSession> {
  const session = await newSession(await makeWorld())
  const started = await asEndUser(session, START)
  if (!started.ok) throw new Error(started.error.message)
  return session
}

/** As if the time of the link had run out since the last call. */
async function runOut(sessionId: string): Promise<void> {
  await runInDurableObject(objectOf(sessionId), (_object, { storage }) => {
    const stored: SessionState = JSON.parse(
      storage.sql.exec<{ state: string }>('SELECT state FROM session').one().state,
    )
    storage.sql.exec('UPDATE session SET state = ?', JSON.stringify({ ...stored, expires_at: Date.now() - 1 }))
  })
  await evictDurableObject(objectOf(sessionId))
}

async function expiredEvents(sessionId: string): Promise<number> {
  await objectOf(sessionId).project()
  const row = await env.DB.prepare(
    `SELECT count(*) AS n FROM webhook_events WHERE session_id = ? AND type = 'kyc.session.expired'`,
  )
    .bind(sessionId)
    .first<{ n: number }>()
  return row?.n ?? 0
}

const statusOf = async (sessionId: string): Promise<string> => {
  const seen = await objectOf(sessionId).read({ by: 'system' })
  return seen !== 'not_hydrated' && seen.ok ? seen.value.state.status : 'unreadable'
}

describe('a session whose time runs out', () => {
  it('has its alarm set for that moment', async () => {
    const session = await openedSession()
    const id = session.state.session_id
    await objectOf(id).project()
    await runInDurableObject(objectOf(id), async (_object, { storage }) => {
      expect(await storage.getAlarm()).toBe(session.state.expires_at)
    })
  })

  it('expires by the alarm alone, once', async () => {
    const id = (await openedSession()).state.session_id
    await runOut(id)
    await runDurableObjectAlarm(objectOf(id))
    expect(await statusOf(id)).toBe('expired')
    expect(await expiredEvents(id)).toBe(1)
  })

  it('expires at the first access after it, which is refused, and once however many come', async () => {
    const session = await openedSession()
    const id = session.state.session_id
    await runOut(id)
    const answers = await Promise.all([asEndUser(session, START), asEndUser(session, START), statusOf(id)])
    expect(answers[0]).toMatchObject({ ok: false, error: { code: 'LINK_EXPIRED' } })
    expect(answers[1]).toMatchObject({ ok: false, error: { code: 'LINK_EXPIRED' } })
    await runDurableObjectAlarm(objectOf(id))
    await expireDueSessions(composed().deps)
    expect(await statusOf(id)).toBe('expired')
    expect(await expiredEvents(id)).toBe(1)
  })

  it('never opened: the sweep ends it in D1, and no object is born', async () => {
    const session = await newSession(await makeWorld())
    const id = session.state.session_id
    await composed().deps.directory.expireSeeds(session.state.expires_at + 1, 500)
    expect(await objectOf(id).read({ by: 'system' })).toBe('not_hydrated')
    const row = await env.DB.prepare('SELECT status FROM sessions WHERE session_id = ?').bind(id).first()
    expect(row).toEqual({ status: 'expired' })
  })
})
