// Who sends what next, in the real D1: order, leases, schedule, breaker.

import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TenantScope } from '../../../src/application/actor.ts'
import type { WebhookWake } from '../../../src/application/ports.ts'
import {
  claimDelivery,
  deliverEvents,
  LEASE_MS,
  type DeliveryDeps,
} from '../../../src/application/webhooks/deliver-events.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/time.ts'
import { newSalt } from '../../../src/platform/crypto/ids.ts'
import { createSessionDirectory } from '../../../src/platform/d1/session-directory.ts'
import { createWebhookSending } from '../../../src/platform/d1/webhook-sending.ts'
import { answered, fakeReceiver, setEndpoint, type FakeReceiver } from '../../support/endpoint.ts'
import { composed } from '../../support/world.ts'
import {
  acme,
  acmeTest,
  count,
  db,
  erasures,
  makeTenants,
  metered,
  newEventId,
  newSession,
  NOW,
  reviewer,
  rival,
  seeded,
  sessionRows,
  started,
  webhookOf,
  type Made,
} from '../d1/directory-of-tests.ts'

let now = NOW
beforeEach(async () => {
  now = NOW
  await makeTenants()
})
afterEach(reset)

const scopeOf = ({ tenant_id, mode }: WebhookWake): TenantScope => ({ tenantId: tenant_id, mode })
const wakeOf = ({ state }: Made): WebhookWake => ({
  tenant_id: state.tenant_id,
  mode: state.mode,
  session_id: state.session_id,
})

type Sender = DeliveryDeps & { outbound: FakeReceiver; sent: { wake: WebhookWake; delaySeconds: number }[] }

function senderTo(outbound: FakeReceiver): Sender {
  const { deps } = composed()
  const sent: Sender['sent'] = []
  return {
    ...deps,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    outbound,
    random: () => 0.5,
    clock: { now: () => now, system: () => now },
    sent,
    webhookWakes: {
      send: async (wake, delaySeconds = 0) => void sent.push({ wake, delaySeconds }),
      sendAll: async (wakes) => void sent.push(...wakes.map((wake) => ({ wake, delaySeconds: 0 }))),
    },
  }
}

/** What a message does. True when there was something to claim. */
async function handle(sender: Sender, wake: WebhookWake): Promise<boolean> {
  const claimed = await claimDelivery(sender, wake)
  if (claimed !== null) await deliverEvents(sender, wake, claimed)
  return claimed !== null
}

/** A session with this many events. */
async function sessionWith(events: number, scope: TenantScope = acme): Promise<Made> {
  const made = await seeded({ scope })
  if (events > 1) {
    const { state, events: trail } = started(made.state)
    const webhooks = Array.from({ length: events - 1 }, (_, index) => webhookOf(state, index + 2))
    await sessionRows.project({ state, events: trail, webhooks })
  }
  return made
}

type Row = { sequence: number; status: string; attempts: number; next_attempt_at: number | null }
async function rowsOf({ state }: Made): Promise<Row[]> {
  const { results } = await db
    .prepare(
      `SELECT e.sequence, d.status, d.attempts, d.next_attempt_at FROM webhook_events AS e
       JOIN webhook_deliveries AS d ON d.position = e.position WHERE e.session_id = ? ORDER BY e.sequence`,
    )
    .bind(state.session_id)
    .all<Row>()
  return results
}
const statusesOf = async (made: Made): Promise<string[]> => (await rowsOf(made)).map(({ status }) => status)

describe('an event is owed', () => {
  test('where an endpoint is set, in the batch that writes the event, and nowhere else', async () => {
    await setEndpoint(acme)
    const owed = await sessionWith(2)
    await seeded({ scope: acmeTest })
    await seeded({ scope: rival })
    expect(await statusesOf(owed)).toEqual(['pending', 'pending'])
    expect(await count('webhook_deliveries')).toBe(2)
    expect(await count('webhook_events')).toBe(4)
  })

  test('once, however often its change is written', async () => {
    await setEndpoint(acme)
    const made = await seeded()
    const { state, events } = started(made.state)
    const change = { state, events, webhooks: [webhookOf(state, 2)] }
    for (let time = 0; time < 3; time += 1) expect(await sessionRows.project(change)).toBe('projected_owing')
    expect(await count('webhook_deliveries')).toBe(2)
  })

  test('no more once the endpoint is switched off, and what was pending is cancelled', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(2)
    await setEndpoint(acme, null)
    expect(await statusesOf(made)).toEqual(['cancelled', 'cancelled'])
    await seeded()
    expect(await count('webhook_deliveries')).toBe(2)
  })

  test('no more of an erased session, but that it is deleted', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(2)
    await erasures.begin(acme, made.state.session_id, reviewer, NOW)
    const { state, events } = started(made.state)
    await sessionRows.project({ state, events, webhooks: [webhookOf(state, 9)] })
    expect(await statusesOf(made)).toEqual(['cancelled', 'cancelled', 'pending'])
    const sender = senderTo(fakeReceiver(() => answered(200)))
    await handle(sender, wakeOf(made))
    expect(sender.outbound.requests.map(({ body }) => new TextDecoder().decode(body ?? undefined))).toEqual([
      expect.stringContaining('"kyc.session.deleted"'),
    ])
  })
})

describe('what a delivery costs', () => {
  test('in rows written: nothing without an endpoint; four when an event is made, three until it is delivered', async () => {
    const meter = metered(db)
    const directory = createSessionDirectory(meter.db, { newEventId, newSalt })
    const cost = async (write: () => Promise<unknown>): Promise<number> => {
      meter.reset()
      await write()
      return meter.rowsWritten()
    }
    const without = await cost(() => directory.insertSeed(newSession()))
    await setEndpoint(acme)
    const made = newSession()
    expect(await cost(() => directory.insertSeed(made))).toBe(without + 4)
    const sending = createWebhookSending(meter.db)
    const sender = { ...senderTo(fakeReceiver(() => answered(200))), webhookSending: sending }
    expect(await cost(() => handle(sender, wakeOf(made)))).toBe(3)
    expect(await cost(() => handle(sender, wakeOf(made)))).toBe(0)
  })
})

describe('the events of one session', () => {
  test('go out in order, one message for all', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(5)
    const sender = senderTo(fakeReceiver(() => answered(204)))
    expect(await handle(sender, wakeOf(made))).toBe(true)
    expect(sender.outbound.sequences()).toEqual([1, 2, 3, 4, 5])
    expect(await statusesOf(made)).toEqual(Array.from({ length: 5 }, () => 'delivered'))
    expect(await handle(sender, wakeOf(made))).toBe(false)
  })

  test('of a long one queue up again behind other sessions', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(23)
    const sender = senderTo(fakeReceiver(() => answered(204)))
    for (let message = 0; message < 3; message += 1) await handle(sender, wakeOf(made))
    expect(sender.outbound.sequences()).toEqual(Array.from({ length: 23 }, (_, index) => index + 1))
    expect(sender.sent).toEqual([
      { wake: wakeOf(made), delaySeconds: 0 },
      { wake: wakeOf(made), delaySeconds: 0 },
    ])
  })

  test('are never sent by two consumers at once, nor out of order', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(6)
    let open = 0
    let most = 0
    const receiver = fakeReceiver(async () => {
      most = Math.max(most, (open += 1))
      await new Promise((resolve) => setTimeout(resolve, 5))
      open -= 1
      return answered(200)
    })
    const sender = senderTo(receiver)
    await Promise.all(Array.from({ length: 8 }, () => handle(sender, wakeOf(made))))
    expect(receiver.sequences()).toEqual([1, 2, 3, 4, 5, 6])
    expect(most).toBe(1)
  })

  test('wait behind one that is not acknowledged, until its time has come', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(3)
    const sender = senderTo(fakeReceiver((_request, call) => answered(call === 1 ? 503 : 200)))
    await handle(sender, wakeOf(made))
    expect(await rowsOf(made)).toMatchObject([
      { status: 'pending', attempts: 1, next_attempt_at: NOW + 5 * SECOND_MS },
      { status: 'pending', attempts: 0, next_attempt_at: null },
      { status: 'pending', attempts: 0, next_attempt_at: null },
    ])
    expect(sender.sent).toEqual([{ wake: wakeOf(made), delaySeconds: 5 }])
    expect(await handle(sender, wakeOf(made))).toBe(false)
    now += 5 * SECOND_MS
    expect(await handle(sender, wakeOf(made))).toBe(true)
    expect(sender.outbound.sequences()).toEqual([1, 1, 2, 3])
  })

  test('take their turn when the one before them is given up after 72 hours', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(2)
    const sender = senderTo(fakeReceiver((request) => answered(request.headers['webhook-id'] === first() ? 500 : 200)))
    const first = () => made.webhooks[0]?.event_id
    const waits: number[] = []
    for (let attempt = 1; (await statusesOf(made))[0] === 'pending'; attempt += 1) {
      expect(attempt).toBeLessThan(20)
      await handle(sender, wakeOf(made))
      const [row] = await rowsOf(made)
      if (row === undefined || row.status !== 'pending' || row.next_attempt_at === null) break
      waits.push((row.next_attempt_at - now) / SECOND_MS)
      now = row.next_attempt_at
    }
    expect(waits.slice(0, 9)).toEqual([5, 30, 120, 600, 3_600, 10_800, 21_600, 43_200, 86_400])
    expect(now - NOW).toBe(72 * HOUR_MS)
    expect(await statusesOf(made)).toEqual(['failed', 'delivered'])
  })
})

describe('a consumer that dies', () => {
  test('keeps the event for its lease; then another one sends it', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(1)
    const sender = senderTo(fakeReceiver(() => answered(200)))
    expect(await claimDelivery(sender, wakeOf(made))).not.toBeNull()
    now += LEASE_MS - 1
    expect(await handle(sender, wakeOf(made))).toBe(false)
    now += 1
    expect(await handle(sender, wakeOf(made))).toBe(true)
    expect(await rowsOf(made)).toMatchObject([{ status: 'delivered', attempts: 2 }])
  })

  test('and wakes up late changes nothing that the other one found', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(1)
    const sender = senderTo(fakeReceiver(() => answered(200)))
    const late = await claimDelivery(sender, wakeOf(made))
    if (late === null) throw new Error('nothing was claimed')
    now += LEASE_MS
    await handle(sender, wakeOf(made))
    const failing = senderTo(fakeReceiver(() => ({ outcome: 'unreachable' })))
    await deliverEvents(failing, wakeOf(made), late)
    expect(await statusesOf(made)).toEqual(['delivered'])
  })

  test('and wakes up late leaves the event behind it to be found by cron', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(2)
    const sender = senderTo(fakeReceiver(() => ({ outcome: 'unreachable' })))
    const late = await claimDelivery(sender, wakeOf(made))
    now += LEASE_MS
    const successor = await claimDelivery(sender, wakeOf(made))
    if (late === null || successor === null) throw new Error('nothing was claimed')
    const acknowledged = { outcome: 'acknowledged', status: 200, duration_ms: 5 } as const
    await sender.webhookSending.record(wakeOf(made), successor, acknowledged, { status: 'delivered' }, now)
    await deliverEvents(sender, wakeOf(made), late)
    expect(await statusesOf(made)).toEqual(['delivered', 'pending'])
    expect(await sender.webhookSending.due(now, { perEndpoint: 100, total: 1_000 })).toEqual([wakeOf(made)])
  })
})

describe('cron', () => {
  test('wakes what is due, each session once, and nothing that waits', async () => {
    await setEndpoint(acme)
    await setEndpoint(rival)
    const [due, waiting, others] = [await sessionWith(3), await sessionWith(3), await sessionWith(1, rival)]
    const sender = senderTo(fakeReceiver(() => answered(500)))
    await handle(sender, wakeOf(waiting))
    const limits = { perEndpoint: 100, total: 1_000 }
    const found = await sender.webhookSending.due(now, limits)
    expect(found.toSorted(bySession)).toEqual([wakeOf(due), wakeOf(others)].toSorted(bySession))
    now += 5 * SECOND_MS
    expect(await sender.webhookSending.due(now, limits)).toContainEqual(wakeOf(waiting))
  })

  test('gives one endpoint no more than its share', async () => {
    await setEndpoint(acme)
    await setEndpoint(rival)
    for (let session = 0; session < 5; session += 1) await sessionWith(1)
    const others = await sessionWith(1, rival)
    const found = await composed().deps.webhookSending.due(NOW, { perEndpoint: 2, total: 1_000 })
    expect(found.filter((wake) => scopeOf(wake).tenantId === acme.tenantId)).toHaveLength(2)
    expect(found).toContainEqual(wakeOf(others))
  })
})

const bySession = (one: WebhookWake, other: WebhookWake): number => (one.session_id < other.session_id ? -1 : 1)

describe('an endpoint that does not answer in time', () => {
  async function timedOutFiveTimes(): Promise<Sender> {
    await setEndpoint(acme)
    const sender = senderTo(fakeReceiver(() => ({ outcome: 'timed_out' })))
    for (let session = 0; session < 5; session += 1) await handle(sender, wakeOf(await sessionWith(1)))
    return sender
  }

  test('is probed by one delivery at a time after five time-outs in a row; others are not held up', async () => {
    const sender = await timedOutFiveTimes()
    await setEndpoint(rival)
    const [one, another, others] = [await sessionWith(1), await sessionWith(1), await sessionWith(1, rival)]
    const probe = await claimDelivery(sender, wakeOf(one))
    expect(probe).not.toBeNull()
    expect(await claimDelivery(sender, wakeOf(another))).toBeNull()
    expect(await claimDelivery(sender, wakeOf(others))).not.toBeNull()
    if (probe !== null) await deliverEvents(sender, wakeOf(one), probe)
    expect(await claimDelivery(sender, wakeOf(another))).not.toBeNull()
  })

  test('has one session woken by cron, however many are due', async () => {
    const sender = await timedOutFiveTimes()
    for (let session = 0; session < 4; session += 1) await sessionWith(1)
    expect(await sender.webhookSending.due(now, { perEndpoint: 100, total: 1_000 })).toHaveLength(1)
  })

  test('is trusted again after one answer, whatever it says', async () => {
    await timedOutFiveTimes()
    const sender = senderTo(fakeReceiver(() => answered(500)))
    await handle(sender, wakeOf(await sessionWith(1)))
    const [one, another] = [await sessionWith(1), await sessionWith(1)]
    expect(await claimDelivery(sender, wakeOf(one))).not.toBeNull()
    expect(await claimDelivery(sender, wakeOf(another))).not.toBeNull()
  })
})

describe('an endpoint that is gone (410)', () => {
  test('gets nothing more until its URL is set again', async () => {
    await setEndpoint(acme)
    const [made, other] = [await sessionWith(2), await sessionWith(1)]
    const sender = senderTo(fakeReceiver(() => answered(410)))
    await handle(sender, wakeOf(made))
    expect(await statusesOf(made)).toEqual(['failed', 'cancelled'])
    expect(await statusesOf(other)).toEqual(['cancelled'])
    expect(await statusesOf(await sessionWith(1))).toEqual([])
    await setEndpoint(acme)
    expect(await statusesOf(await sessionWith(1))).toEqual(['pending'])
  })
})

describe('redelivery', () => {
  const redeliver = (made: Made, scope: TenantScope = acme) =>
    composed().deps.webhookDeliveries.redeliver(scope, `dlv_${made.webhooks[0]?.event_id.slice(4)}`, null)

  test('sends what was delivered once more, with a fresh schedule', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(2)
    const sender = senderTo(fakeReceiver(() => answered(200)))
    await handle(sender, wakeOf(made))
    expect(await redeliver(made)).toMatchObject({ status: 'pending', attempts: 0, sequence: 1 })
    await handle(sender, wakeOf(made))
    expect(sender.outbound.sequences()).toEqual([1, 2, 1])
  })

  test('does not send a second time at once what is on its way', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(1)
    const sender = senderTo(fakeReceiver(() => answered(200)))
    await claimDelivery(sender, wakeOf(made))
    await redeliver(made)
    expect(await handle(sender, wakeOf(made))).toBe(false)
  })

  test('finds nothing of another tenant, of the other mode, and of an erased session', async () => {
    await setEndpoint(acme)
    const made = await sessionWith(1)
    expect(await redeliver(made, rival)).toBeNull()
    expect(await redeliver(made, acmeTest)).toBeNull()
    await erasures.begin(acme, made.state.session_id, reviewer, NOW)
    expect(await redeliver(made)).toBeNull()
  })

  test('of a stretch of time takes what failed or was cancelled in it, the oldest first, bounded', async () => {
    await setEndpoint(acme)
    const delivered = await sessionWith(1)
    const sender = senderTo(fakeReceiver(() => answered(200)))
    await handle(sender, wakeOf(delivered))
    const made = [await seeded({ at: NOW }), await seeded({ at: NOW + MINUTE_MS }), await seeded({ at: NOW + HOUR_MS })]
    await setEndpoint(acme, null)
    await setEndpoint(acme)
    const { webhookDeliveries } = composed().deps
    const range = { from: NOW, to: NOW + HOUR_MS, statuses: ['failed', 'cancelled'] as const, limit: 1 }
    const first = await webhookDeliveries.redeliverRange(acme, range)
    expect(first).toEqual({ session_ids: [made[0]?.state.session_id], next_from: NOW + MINUTE_MS })
    const second = await webhookDeliveries.redeliverRange(acme, { ...range, from: NOW + MINUTE_MS })
    expect(second).toEqual({ session_ids: [made[1]?.state.session_id], next_from: null })
    expect(await webhookDeliveries.redeliverRange(rival, range)).toEqual({ session_ids: [], next_from: null })
  })
})
