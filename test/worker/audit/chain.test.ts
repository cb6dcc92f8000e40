import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { eraseSession } from '../../../src/application/erasure/erase-session.ts'
import { verifyChain } from '../../../src/domain/audit/verify-chain.ts'
import { recorder } from '../../support/instrument.ts'
import { asEndUser, asTenant, composed, makeWorld, newSession, objectOf, trailOf } from '../../support/world.ts'

const start = { type: 'start' as const, consent: false, consent_version: null }
const save = {
  type: 'save_step' as const,
  step_id: 'person',
  form_data: { full_name: 'Zoë Müller-Łukasz 王' },
}

type Kept = { sequence: number; at: number; type: string; payload: string; salt: string | null; link: string | null }
const inD1 = async (sessionId: string): Promise<Kept[]> => {
  const { results } = await env.DB.prepare(
    'SELECT sequence, at, type, payload, salt, link FROM session_events WHERE session_id = ? ORDER BY sequence',
  )
    .bind(sessionId)
    .all<Kept>()
  return results
}

const tombstoneOf = (sessionId: string) =>
  env.DB.prepare('SELECT audit_head AS link, audit_length AS length FROM tombstones WHERE session_id = ?')
    .bind(sessionId)
    .first<{ link: string | null; length: number }>()

async function verified(sessionId: string) {
  const { events, head } = await trailOf(sessionId)
  return verifyChain({ sessionId, events, heads: [head] })
}

describe('the chain of a session', () => {
  it('begins in the seed, goes on in the object, and is the same text in D1', async () => {
    const session = await newSession(await makeWorld())
    const id = session.state.session_id
    const seed = await inD1(id)
    expect(seed).toHaveLength(1)
    await asEndUser(session, start)
    await asEndUser(session, save)
    await objectOf(id).project()
    const { events } = await trailOf(id)
    expect(events[0]).toEqual(seed[0])
    expect(await inD1(id)).toEqual(events)
    expect(await verified(id)).toMatchObject({ ok: true, value: { length: events.length, unchained: 0 } })
  })

  it('goes on over an eviction and over a seed that expired before its object was born', async () => {
    const world = await makeWorld()
    const session = await newSession(world, { ttl_days: 1 })
    const id = session.state.session_id
    await composed().deps.directory.expireSeeds(session.state.expires_at, 500)
    expect(await inD1(id)).toHaveLength(2)
    const revived = await asTenant(world, id, {
      type: 'renew_link',
      ttl_days: 3,
      nonce_hash: composed().deps.tokens.hashNonce(composed().deps.tokens.newNonce()),
    })
    expect(revived.ok).toBe(true)
    expect(await verified(id)).toMatchObject({ ok: true, value: { unchained: 0 } })
  })

  it('is begun for a child by its parent, once', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const child = composed().deps.ids.uuid()
    const added = await asTenant(world, session.state.session_id, {
      type: 'add_subsession',
      session_id: child,
      relationship: 'ubo',
      name: null,
      email: null,
      step_id: null,
      workflow_id: world.workflowId,
      workflow_version: 1,
      workflow_name: 'W',
      total_steps: 1,
      ttl_days: 3,
      metadata: {},
      nonce_hash: 'hash',
    })
    expect(added.ok).toBe(true)
    const events = await inD1(child)
    expect(verifyChain({ sessionId: child, events, heads: [] })).toMatchObject({
      ok: true,
      value: { length: 1, unchained: 0 },
    })
  })

  it('shows a change that was made past the service, in the object or in D1', async () => {
    const session = await newSession(await makeWorld())
    const id = session.state.session_id
    await asEndUser(session, start)
    await asEndUser(session, save)
    await objectOf(id).project()
    await env.DB.prepare(
      `UPDATE session_events SET payload = replace(payload, 'end_user', 'system') WHERE session_id = ?`,
    )
      .bind(id)
      .run()
    const copy = verifyChain({ sessionId: id, events: await inD1(id), heads: [] })
    expect(copy).toMatchObject({ ok: false, error: { sequence: 2 } })
    await runInDurableObject(objectOf(id), (_object, { storage }) => {
      storage.sql.exec(`UPDATE events SET recorded = replace(recorded, 'Zoë', 'Eva')`)
    })
    expect(await verified(id)).toMatchObject({ ok: false })
  })

  it('begins at the next event in an object that is older than the chain', async () => {
    const session = await newSession(await makeWorld())
    const id = session.state.session_id
    await asEndUser(session, start)
    const before = (await trailOf(id)).events.length
    await runInDurableObject(objectOf(id), (_object, { storage }) => {
      // As a release without the chain left it.
      storage.sql.exec('DELETE FROM object_migrations WHERE position >= 2')
      storage.sql.exec('DROP TABLE link_attempts')
      storage.sql.exec('ALTER TABLE events DROP COLUMN salt')
      storage.sql.exec('ALTER TABLE events DROP COLUMN link')
    })
    await env.DB.prepare('UPDATE session_events SET salt = NULL, link = NULL WHERE session_id = ?').bind(id).run()
    await evictDurableObject(objectOf(id))
    await asEndUser(session, save)
    const { events } = await trailOf(id)
    expect(events.slice(0, before).every(({ link }) => link === null)).toBe(true)
    expect(await verified(id)).toMatchObject({ ok: true, value: { length: events.length, unchained: before } })
  })
})

describe('the deletion of a session', () => {
  it('takes the events along and leaves the head that the object had, ahead of D1 or not', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const id = session.state.session_id
    await asEndUser(session, start)
    await objectOf(id).project()
    recorder.fault = (hop) => (hop.by === 'object' && hop.binding === 'D1' ? new Error('D1 is down') : null)
    await asEndUser(session, save)
    const { head } = await trailOf(id)
    recorder.reset()
    recorder.fault = (hop) => (hop.by === 'object' && hop.binding === 'D1' ? new Error('D1 is down') : null)
    await eraseSession(composed().deps, { actor: world.actor, sessionId: id })
    recorder.reset()
    expect(await inD1(id)).toEqual([])
    expect(await tombstoneOf(id)).toEqual(head)
  })

  it('of a session that was never opened leaves the head of its seed', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const id = session.state.session_id
    const [created] = await inD1(id)
    await eraseSession(composed().deps, { actor: world.actor, sessionId: id })
    expect(await inD1(id)).toEqual([])
    expect(await tombstoneOf(id)).toEqual({ link: created?.link, length: 1 })
  })
})
