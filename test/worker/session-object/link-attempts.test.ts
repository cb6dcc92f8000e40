// The exact limits of a link, on real objects.

import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { ATTEMPT_LIMITS } from '../../../src/domain/access/link-attempts.ts'
import type { SessionCommand } from '../../../src/domain/session/commands.ts'
import { expectError, linkOf, send, textAt } from '../../support/api.ts'
import { richWorkflow, workflowOf } from '../../support/fixtures/workflow.ts'
import { asEndUser, asTenant, makeWorld, newSession, objectOf, type World } from '../../support/world.ts'

// Some have over a hundred calls.
vi.setConfig({ testTimeout: 30_000 })

const save = (full_name: string): SessionCommand => ({ type: 'save_step', step_id: 'person', form_data: { full_name } })
const emptyStep: SessionCommand = { type: 'complete_step', step_id: 'person', form_data: {} }

async function versionAndTrail(sessionId: string) {
  const read = await objectOf(sessionId).read({ by: 'system' })
  const trail = await objectOf(sessionId).events({ by: 'system' }, { after: 0, limit: 1_000 })
  if (read === 'not_hydrated' || !read.ok || trail === 'not_hydrated' || !trail.ok) throw new Error('no session')
  return { version: read.value.state.version, events: trail.value.events.length }
}

/** As if the present minutes of this link were over. */
const minutesPass = (sessionId: string): Promise<void> =>
  runInDurableObject(objectOf(sessionId), (_object, { storage }) => {
    storage.sql.exec('UPDATE link_attempts SET minute_started_at = minute_started_at - 60000')
  })

/** Only its `owners` step: who else is to come. */
function ownersFirst() {
  const owners = richWorkflow().steps.find((step) => step.type === 'subsession_collection')
  if (owners === undefined) throw new Error('fixture')
  return workflowOf([{ ...owners, order: 1, max: 50 }])
}

const invite = (world: World, n: number): SessionCommand => ({
  type: 'add_subsession',
  session_id: crypto.randomUUID(),
  relationship: 'ubo',
  name: `Owner ${n}`,
  email: null,
  step_id: 'owners',
  workflow_id: world.workflowId,
  workflow_version: 1,
  workflow_name: 'W',
  total_steps: 1,
  ttl_days: 7,
  metadata: {},
  nonce_hash: 'a'.repeat(64),
})

describe('attempts through one link', () => {
  it('50 at once: exactly as many pass as may, and the refused ones leave no trace', async () => {
    const world = await makeWorld({ definition: ownersFirst() })
    const session = await newSession(world)
    const id = session.state.session_id
    await asEndUser(session, { type: 'start', consent: false, consent_version: null })
    const before = await versionAndTrail(id)
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => asEndUser(session, invite(world, n))))
    const { perMinute } = ATTEMPT_LIMITS.add_subsession
    expect(answers.filter((answer) => answer.ok)).toHaveLength(perMinute)
    for (const answer of answers) {
      if (!answer.ok) expect(answer.error).toMatchObject({ code: 'RATE_LIMITED', limit: perMinute })
    }
    expect(await versionAndTrail(id)).toEqual({
      version: before.version + perMinute,
      events: before.events + perMinute,
    })
  })

  it('are counted across evictions', async () => {
    const session = await newSession(await makeWorld())
    const id = session.state.session_id
    const { perMinute } = ATTEMPT_LIMITS.failed_step
    for (let n = 0; n < perMinute; n += 1) {
      expect(await asEndUser(session, emptyStep)).toMatchObject({ ok: false, error: { code: 'STEP_INCOMPLETE' } })
      if (n % 7 === 0) await evictDurableObject(objectOf(id))
    }
    await evictDurableObject(objectOf(id))
    const refused = await asEndUser(session, emptyStep)
    expect(refused).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED', limit: perMinute } })
    // Other work goes on, and the step can be completed a minute later.
    expect(await asEndUser(session, save('Anna'))).toMatchObject({ ok: true })
    await minutesPass(id)
    const right: SessionCommand = { type: 'complete_step', step_id: 'person', form_data: { full_name: 'Anna' } }
    expect(await asEndUser(session, right)).toMatchObject({ ok: true })
  })

  it('cost no version and no line of the trail, whether they fail or are refused', async () => {
    const session = await newSession(await makeWorld())
    const id = session.state.session_id
    await asEndUser(session, save('Anna'))
    const before = await versionAndTrail(id)
    for (let n = 0; n < ATTEMPT_LIMITS.failed_step.perMinute + 5; n += 1) {
      await asEndUser(session, { type: 'complete_step', step_id: 'nowhere', form_data: {} })
    }
    expect(await versionAndTrail(id)).toEqual(before)
  })

  it('begin anew with a new link, and a tenant is not counted', async () => {
    const world = await makeWorld()
    const session = await newSession(world)
    const id = session.state.session_id
    const { perMinute } = ATTEMPT_LIMITS.write
    const saved = Array.from({ length: perMinute }, (_, n) => asEndUser(session, save(`Anna ${n}`)))
    for (const answer of await Promise.all(saved)) expect(answer).toMatchObject({ ok: true })
    expect(await asEndUser(session, save('x'))).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } })
    expect(await asTenant(world, id, { type: 'extend', ttl_days: 1, expires_at: null })).toMatchObject({ ok: true })
    const renewed = await send('POST', `/kyc/sessions/${id}/generate-link`, { key: world.key, body: {} })
    const link = linkOf(textAt(renewed.data, 'access_token'))
    expect((await link('/step/person/save', { form_data: { full_name: 'Anna' } })).status).toBe(200)
  })

  it('are refused with 429 and the exact wait', async () => {
    const session = await newSession(await makeWorld())
    const link = linkOf(session.accessToken)
    const { perMinute } = ATTEMPT_LIMITS.failed_step
    for (let n = 0; n < perMinute; n += 1) {
      expectError(await link('/step/person/complete', { form_data: {} }), 400, 'STEP_INCOMPLETE')
    }
    const refused = await link('/step/person/complete', { form_data: {} })
    expectError(refused, 429, 'RATE_LIMITED')
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(60)
    expect(refused.headers.get('x-ratelimit-limit')).toBe(String(perMinute))
  })

  it('count what is done outside of the object too: readings of a document and links of others', async () => {
    const session = await newSession(await makeWorld())
    const id = session.state.session_id
    await asEndUser(session, save('Anna'))
    const before = await versionAndTrail(id)
    const tries = Array.from({ length: 50 }, () => objectOf(id).attempt({ by: 'system' }, 'extract'))
    const answers = await Promise.all(tries)
    expect(answers.filter((answer) => answer.ok)).toHaveLength(ATTEMPT_LIMITS.extract.perMinute)
    expect(await objectOf(id).attempt({ by: 'system' }, 'renew_subsession_link')).toEqual({ ok: true, value: null })
    expect(await versionAndTrail(id)).toEqual(before)
  })
})
