import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { migrate, OBJECT_MIGRATIONS } from '../../../src/platform/session-object/migrations.ts'
import { asEndUser, makeWorld, newSession, objectOf } from '../../support/world.ts'

describe('the tables of a session object', () => {
  it('are made once, and a later list adds to them', async () => {
    const session = await newSession(await makeWorld())
    await asEndUser(session, { type: 'start', consent: false, consent_version: null })
    await runInDurableObject(objectOf(session.state.session_id), (_object, { storage }) => {
      const added = [...OBJECT_MIGRATIONS, { name: '9999_test', sql: 'CREATE TABLE added (id INTEGER)' }]
      migrate(storage.sql, added)
      migrate(storage.sql, added)
      expect(storage.sql.exec('SELECT count(*) AS n FROM object_migrations').one()['n']).toBe(added.length)
      expect(storage.sql.exec('SELECT * FROM added').toArray()).toEqual([])
    })
  })

  it('refuse a history that was edited, and storage newer than the code', async () => {
    const session = await newSession(await makeWorld())
    await asEndUser(session, { type: 'start', consent: false, consent_version: null })
    await runInDurableObject(objectOf(session.state.session_id), (_object, { storage }) => {
      const edited = OBJECT_MIGRATIONS.map((one) => ({ ...one, sql: `${one.sql} ` }))
      expect(() => migrate(storage.sql, edited)).toThrow('was edited')
      expect(() => migrate(storage.sql, [])).toThrow('newer than this code')
    })
  })

  it('hold the state that an evicted object comes back with', async () => {
    const session = await newSession(await makeWorld())
    const id = session.state.session_id
    const saved = await asEndUser(session, {
      type: 'save_step',
      step_id: 'person',
      form_data: { full_name: 'Zoë Müller-Łukasz 王' },
    })
    await evictDurableObject(objectOf(id))
    const seen = await objectOf(id).read({ by: 'system' })
    expect(seen).toEqual(saved)
  })
})
