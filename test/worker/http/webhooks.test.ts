import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handleSchedule } from '../../../src/cron/handle-schedule.ts'
import { handleBatch } from '../../../src/queue/handle-batch.ts'
import type { WebhookWake } from '../../../src/application/ports.ts'
import { clientOf, expectError, textAt, valueAt, type Answer } from '../../support/api.ts'
import { answered, fakeReceiver, setEndpoint } from '../../support/endpoint.ts'
import { recorder } from '../../support/instrument.ts'
import { asTenant, composed, eventually, makeWorld, newSession, type World } from '../../support/world.ts'

const CHANNELS = '/kyc/tenants/me/notification-channels'

let world: World
beforeEach(async () => {
  world = await makeWorld()
  // Nothing is delivered behind a test's back: the messages are lost.
  recorder.fault = ({ binding }) => (binding === 'QUEUE webhooks' ? 'lost' : null)
})
afterEach(() => recorder.reset())

const client = () => clientOf(world.key)
const sequences = (answer: Answer): unknown[] => {
  const list = valueAt(answer.data, 'deliveries')
  return Array.isArray(list) ? list.map((one) => valueAt(one, 'sequence')) : []
}

describe('notification channels', () => {
  it('of a tenant that set none are off', async () => {
    const { data } = await client().get(CHANNELS)
    expect(valueAt(data, 'notification_config')).toEqual({
      webhook_url: null,
      webhook_secret: null,
      previous_secret_valid_until: null,
      notification_emails: [],
      slack_webhook_url: null,
      batch_notifications_enabled: false,
      delivery: { webhook: 'off', email: 'off', slack: 'off', batch: 'off' },
    })
  })

  it('say plainly what is kept and not delivered, and show no credential', async () => {
    const slack = 'https://hooks.slack.com/services/T000/B000/abcdefghijkl'
    const changed = await client().patch(CHANNELS, {
      notification_emails: ['a@example.com'],
      slack_webhook_url: slack,
      batch_notifications_enabled: true,
    })
    expect(valueAt(changed.data, 'notification_config')).toMatchObject({
      slack_webhook_url: `${'*'.repeat(28)}ijkl`,
      delivery: { webhook: 'off', email: 'not_configured', slack: 'not_configured', batch: 'not_configured' },
    })
    const stored = await env.DB.prepare('SELECT * FROM notification_channels').all()
    expect(JSON.stringify(stored.results)).not.toContain('abcdefgh')
  })

  it('take a given secret, show it masked, and keep it sealed', async () => {
    const webhook_secret = composed().deps.webhookSigner.newSecret()
    const changed = await client().patch(CHANNELS, { webhook_secret })
    expect(valueAt(changed.data, 'webhook_secret')).toBe(webhook_secret)
    const read = await client().get(CHANNELS)
    expect(valueAt(read.data, 'notification_config', 'webhook_secret')).toBe(
      `${'*'.repeat(28)}${webhook_secret.slice(-4)}`,
    )
    const stored = await env.DB.prepare('SELECT * FROM notification_channels').all()
    expect(JSON.stringify(stored.results)).not.toContain(webhook_secret.slice(6, 20))
  })

  it.each([
    ['webhook_secret', 'password'],
    ['webhook_url', 'http://receiver.example.com'],
    ['webhook_url', 'https://127.0.0.1/hooks'],
    ['slack_webhook_url', 'https://evil.example.com/services/T/B/x'],
    ['notification_emails', ['not an address']],
    ['unknown', 1],
  ])('refuse %s %j, and name it', async (name, value) => {
    const refused = await client().patch(CHANNELS, { [name]: value })
    expectError(refused, 400, 'INVALID_REQUEST')
    expect(refused.error?.details?.[0]?.path).toContain(name)
    expect(valueAt((await client().get(CHANNELS)).data, 'notification_config', 'webhook_secret')).toBeNull()
  })

  it('are of one mode: the other mode has its own', async () => {
    await setEndpoint(world.actor.scope)
    const live = { ...world.actor.scope, mode: 'live' as const }
    expect((await composed().deps.channels.find(live)).webhook_url).toBeNull()
  })

  it('lose no change when several come at once', async () => {
    const changes = [{ notification_emails: ['a@example.com'] }, { batch_notifications_enabled: true }]
    await Promise.all(changes.map((change) => client().patch(CHANNELS, change)))
    const { data } = await client().get(CHANNELS)
    expect(valueAt(data, 'notification_config')).toMatchObject(Object.assign({}, ...changes))
  })
})

describe('rotation of the secret', () => {
  const ROTATE = `${CHANNELS}/rotate-secret`

  it('answers the new one once; the old one signs beside it for the overlap', async () => {
    const before = await setEndpoint(world.actor.scope)
    const rotated = await client().post(ROTATE, { overlap_hours: 2 })
    const secret = textAt(rotated.data, 'webhook_secret')
    expect(secret).not.toBe(before)
    expect(valueAt(rotated.data, 'notification_config', 'previous_secret_valid_until')).not.toBeNull()
    const read = await client().get(CHANNELS)
    expect(read.text).not.toContain(secret.slice(6, -4))
  })

  it('without an overlap ends the old one at once', async () => {
    await setEndpoint(world.actor.scope)
    const rotated = await client().post(ROTATE, { overlap_hours: 0 })
    expect(valueAt(rotated.data, 'notification_config', 'previous_secret_valid_until')).toBeNull()
  })

  it('repeated under its Idempotency-Key answers the same secret and makes no other', async () => {
    await setEndpoint(world.actor.scope)
    const call = () => client().post(ROTATE, {}, { 'idempotency-key': 'rotate-1' })
    const [first, second] = [await call(), await call()]
    expect(textAt(second.data, 'webhook_secret')).toBe(textAt(first.data, 'webhook_secret'))
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    const { secret_hint } = await composed().deps.channels.find(world.actor.scope)
    expect(secret_hint).toBe(textAt(first.data, 'webhook_secret').slice(-4))
  })

  it('of nothing, or for longer than three days, is refused', async () => {
    expectError(await client().post(ROTATE, {}), 400, 'INVALID_REQUEST')
    await setEndpoint(world.actor.scope)
    expectError(await client().post(ROTATE, { overlap_hours: 73 }), 400, 'INVALID_REQUEST')
  })
})

describe('deliveries', () => {
  async function sessions(many: number): Promise<string[]> {
    await setEndpoint(world.actor.scope)
    const ids: string[] = []
    for (let made = 0; made < many; made += 1) ids.push((await newSession(world)).state.session_id)
    return ids
  }

  it('are listed page by page, the youngest first, none twice and none left out', async () => {
    const ids = await sessions(5)
    const seen: string[] = []
    for (let path: string | null = '/kyc/webhooks/deliveries?limit=2'; path !== null;) {
      const page: Answer = await client().get(path)
      const list = valueAt(page.data, 'deliveries')
      if (Array.isArray(list)) seen.push(...list.map((one) => textAt(one, 'session_id')))
      const next: unknown = valueAt(page.data, 'pagination', 'next_cursor')
      path = typeof next === 'string' ? `/kyc/webhooks/deliveries?limit=2&cursor=${next}` : null
    }
    expect(seen).toEqual(ids.toReversed())
  })

  it.each([
    ['status=pending', 2],
    ['status=delivered', 0],
    ['type=kyc.session.created', 2],
    ['type=kyc.session.deleted', 0],
    ['created_from=2001-01-01T00:00:00Z', 2],
    ['created_to=2001-01-01T00:00:00Z', 0],
  ])('are filtered by %s', async (filter, many) => {
    await sessions(2)
    expect(sequences(await client().get(`/kyc/webhooks/deliveries?${filter}`))).toHaveLength(many)
  })

  it('are filtered by session; a cursor belongs to its filters', async () => {
    const [first] = await sessions(3)
    expect(sequences(await client().get(`/kyc/webhooks/deliveries?session_id=${first}`))).toEqual([1])
    const page = await client().get('/kyc/webhooks/deliveries?limit=1')
    const cursor = textAt(page.data, 'pagination', 'next_cursor')
    expectError(await client().get(`/kyc/webhooks/deliveries?status=failed&cursor=${cursor}`), 400, 'INVALID_CURSOR')
    expectError(await client().get('/kyc/webhooks/deliveries?status=lost'), 400, 'INVALID_REQUEST')
  })

  it('of another tenant are not among them', async () => {
    await sessions(1)
    const stranger = await makeWorld()
    expect(sequences(await clientOf(stranger.key).get('/kyc/webhooks/deliveries'))).toEqual([])
  })

  it('go out again when asked for; under an Idempotency-Key once', async () => {
    await sessions(1)
    const listed = await client().get('/kyc/webhooks/deliveries')
    const path = `/kyc/webhooks/deliveries/${textAt(listed.data, 'deliveries', 0, 'delivery_id')}/redeliver`
    const done = "UPDATE webhook_deliveries SET status = 'delivered', attempts = 1"
    await env.DB.prepare(done).run()
    const call = () => client().post(path, undefined, { 'idempotency-key': 'again-1' })
    const first = await call()
    expect(first.data).toMatchObject({ status: 'pending', attempts: 0 })
    await env.DB.prepare(done).run()
    const second = await call()
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.data).toMatchObject({ status: 'delivered', attempts: 1 })
  })

  it.each(['dlv_x', 'dlv_01kb2v8x5nf6b8m1q4r7t0w3y6', 'evt_01kb2v8x5nf6b8m1q4r7t0w3y6'])(
    'by the unknown id %s are a path that leads nowhere',
    async (id) => {
      expectError(await client().post(`/kyc/webhooks/deliveries/${id}/redeliver`), 404, 'ROUTE_NOT_FOUND')
    },
  )

  it('of a stretch of time go out again, counted', async () => {
    await sessions(3)
    await setEndpoint(world.actor.scope, null)
    await setEndpoint(world.actor.scope)
    const range = { from: '2001-01-01T00:00:00Z', to: '2101-01-01T00:00:00Z' }
    expect((await client().post('/kyc/webhooks/redeliver', range)).data).toEqual({ redelivered: 3, next_from: null })
    expect((await client().post('/kyc/webhooks/redeliver', range)).data).toEqual({ redelivered: 0, next_from: null })
    const backwards = { from: range.to, to: range.from }
    expectError(await client().post('/kyc/webhooks/redeliver', backwards), 400, 'INVALID_REQUEST')
  })
})

describe('a change that owes a webhook', () => {
  it('sends one message of ids, and without an endpoint none', async () => {
    const sent = () => recorder.hops.filter(({ binding }) => binding === 'QUEUE webhooks').length
    const session = await newSession(world)
    await asTenant(world, session.state.session_id, { type: 'start', consent: false, consent_version: null })
    await composed().deps.sessionObjects.project(session.state.session_id)
    expect(sent()).toBe(0)
    await setEndpoint(world.actor.scope)
    const other = await newSession(world)
    expect(sent()).toBe(1)
    await asTenant(world, other.state.session_id, { type: 'start', consent: false, consent_version: null })
    await eventually(async () => sent() === 2, 'the object sent its message')
  })

  it('is delivered by the consumer of the queue; a message that D1 fails is tried again', async () => {
    await setEndpoint(world.actor.scope)
    const { state } = await newSession(world)
    const receiver = fakeReceiver(() => answered(200))
    const work: Promise<unknown>[] = []
    const outcome: string[] = []
    const message = (queue: string) => {
      const body: WebhookWake = { tenant_id: state.tenant_id, mode: state.mode, session_id: state.session_id }
      const one: Message<WebhookWake> = {
        id: 'm',
        timestamp: new Date(),
        attempts: 1,
        body,
        ack: () => void outcome.push('ack'),
        retry: () => void outcome.push('retry'),
      }
      const metadata = { metrics: { backlogCount: 0, backlogBytes: 0 } }
      const batch = {
        queue,
        messages: [one],
        metadata,
        ackAll: () => void outcome.push('ackAll'),
        retryAll: () => undefined,
      }
      return handleBatch({ ...composed().deps, outbound: receiver }, batch, (one) => void work.push(one))
    }
    recorder.fault = ({ binding }) => (binding === 'D1' ? new Error('D1 is down') : null)
    await message('kyc-webhooks')
    recorder.fault = () => null
    await message('kyc-webhooks')
    await Promise.all(work)
    await message('kyc-webhooks-dead')
    expect(outcome).toEqual(['retry', 'ack', 'ackAll'])
    expect(receiver.sequences()).toEqual([1])
  })

  it('is found by cron when its message was lost', async () => {
    await setEndpoint(world.actor.scope)
    const { state } = await newSession(world)
    const woken: WebhookWake[] = []
    const webhookWakes = {
      send: async () => undefined,
      sendAll: async (wakes: readonly WebhookWake[]) => void woken.push(...wakes),
    }
    await handleSchedule({ ...composed().deps, webhookWakes }, 60_000)
    expect(woken).toContainEqual({ tenant_id: state.tenant_id, mode: state.mode, session_id: state.session_id })
  })
})

describe('the pull feed', () => {
  const pull = (after: unknown, limit = 2) =>
    client().get(`/kyc/webhooks/events?limit=${limit}${typeof after === 'string' ? `&after=${after}` : ''}`)
  const idsIn = (answer: Answer): string[] => {
    const list = valueAt(answer.data, 'events')
    return Array.isArray(list) ? list.map((one) => textAt(one, 'data', 'session_id')) : []
  }

  it('gives every event once, in order of arrival, without an endpoint too', async () => {
    const made: string[] = []
    for (let count = 0; count < 5; count += 1) made.push((await newSession(world)).state.session_id)
    const seen: string[] = []
    let after: unknown = null
    for (let page = 0; page < 3; page += 1) {
      const answer = await pull(after)
      seen.push(...idsIn(answer))
      after = valueAt(answer.data, 'next_after')
      expect(valueAt(answer.data, 'has_more')).toBe(page < 2)
    }
    expect(seen).toEqual(made)
    const empty = await pull(after)
    expect(empty.data).toEqual({ events: [], next_after: after, has_more: false })
  })

  it('never skips an event that happened earlier and arrives later', async () => {
    await newSession(world)
    const first = await pull(null)
    const late = await newSession(world)
    await env.DB.prepare('UPDATE webhook_events SET created_at = created_at - 3600000 WHERE session_id = ?')
      .bind(late.state.session_id)
      .run()
    expect(idsIn(await pull(valueAt(first.data, 'next_after')))).toEqual([late.state.session_id])
  })

  it('says of an erased session only that it is erased, and that it was deleted', async () => {
    const { state } = await newSession(world)
    await client().delete(`/kyc/sessions/${state.session_id}`)
    const { data } = await pull(null)
    expect(valueAt(data, 'events', 0)).toEqual({ session_id: state.session_id, erased: true })
    expect(valueAt(data, 'events', 1, 'type')).toBe('kyc.session.deleted')
  })

  it('is of one tenant and mode; a place of another one, or a damaged one, is refused', async () => {
    await newSession(world)
    const after = textAt((await pull(null)).data, 'next_after')
    const stranger = clientOf((await makeWorld()).key)
    expect(valueAt((await stranger.get('/kyc/webhooks/events')).data, 'events')).toEqual([])
    expectError(await stranger.get(`/kyc/webhooks/events?after=${after}`), 400, 'INVALID_CURSOR')
    expectError(await pull('x'), 400, 'INVALID_CURSOR')
  })

  it('keeps 30 days; what is older goes, with what became of it, once it is over', async () => {
    await setEndpoint(world.actor.scope)
    const made: string[] = []
    for (let count = 0; count < 3; count += 1) made.push((await newSession(world)).state.session_id)
    const [over, pending, young] = made
    const ageOf = (sessionId: string | undefined, days: number) =>
      env.DB.prepare('UPDATE webhook_events SET created_at = ? WHERE session_id = ?').bind(
        Date.now() - days * 86_400_000,
        sessionId,
      )
    await env.DB.batch([ageOf(over, 31), ageOf(pending, 31)])
    await env.DB.prepare(
      `UPDATE webhook_deliveries SET status = 'delivered'
       WHERE position = (SELECT position FROM webhook_events WHERE session_id = ?)`,
    )
      .bind(over)
      .run()
    const swept = () => handleSchedule(composed().deps, 0)
    await swept()
    const left = await env.DB.prepare(
      'SELECT e.session_id FROM webhook_events AS e JOIN webhook_deliveries AS d ON d.position = e.position WHERE e.tenant_id = ? ORDER BY e.position',
    )
      .bind(world.tenant.tenant_id)
      .all()
    expect(left.results).toEqual([{ session_id: pending }, { session_id: young }])
    expect(idsIn(await pull(null))).toEqual([young])
    await ageOf(pending, 40).run()
    await swept()
    expect(
      (await env.DB.prepare('SELECT 1 FROM webhook_events WHERE session_id = ?').bind(pending).all()).results,
    ).toEqual([])
  })
})

describe('a test event', () => {
  it('without an endpoint is refused; with one that cannot be reached says so, and is kept nowhere', async () => {
    expectError(await client().post('/kyc/webhooks/test'), 400, 'INVALID_REQUEST')
    await setEndpoint(world.actor.scope)
    const tested = await client().post('/kyc/webhooks/test')
    expect(tested.data).toMatchObject({ outcome: 'refused', status: null })
    expect(valueAt((await client().get('/kyc/webhooks/events')).data, 'events')).toEqual([])
  })
})
