import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import { field, isObject, objectsIn, textIn, type ApiClient } from '../../src/cli/api-client.ts'
import { playLife } from '../../src/cli/life.ts'
import { startHarness, type Harness } from '../support/harness.ts'
import { startReceiver, type Received, type Receiver } from '../support/receiver.ts'

const CHANNELS = '/kyc/tenants/me/notification-channels'

let harness: Harness
let workflowId = ''
let receiver: Receiver

beforeAll(async () => {
  passRedirectsOn()
  harness = await startHarness()
  workflowId = await harness.workflowFrom('basic-kyc')
})
afterAll(async () => {
  vi.restoreAllMocks()
  await harness?.stop()
})
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  await harness.api.data('PATCH', CHANNELS, { webhook_url: null })
  await receiver.stop()
})

/** The harness sends the Worker's calls on by Node's fetch, and forgets on the way that redirects are not to be followed. */
function passRedirectsOn(): void {
  const real = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    if (init === undefined || Object.getPrototypeOf(init) === Object.prototype) return real(input, init)
    const get = (request: RequestInit, name: string | symbol): unknown =>
      name === 'redirect' ? 'manual' : Reflect.get(request, name, request)
    return real(input, new Proxy(init, { get }))
  })
}

/** Waits, a bounded time, until it holds. */
async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`did not happen within 30 s: ${what}\n${harness.logs().join('\n')}`)
}

async function pointTo(url: string, api: ApiClient = harness.api): Promise<string> {
  const { webhook_secret } = await api.data('PATCH', CHANNELS, { webhook_url: url })
  if (typeof webhook_secret === 'string') return webhook_secret
  return textIn(await api.data('POST', `${CHANNELS}/rotate-secret`, { overlap_hours: 0 }), 'webhook_secret')
}

const createSession = async (api: ApiClient = harness.api, workflow = workflowId): Promise<string> =>
  textIn(await api.data('POST', '/kyc/sessions', { workflow_id: workflow, client_id: 'Zoë–北京' }), 'session_id')

const deliveriesOf = async (sessionId: string) =>
  objectsIn((await harness.api.data('GET', `/kyc/webhooks/deliveries?session_id=${sessionId}`))['deliveries'])

function headersOf({ headers }: Received): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

describe('webhooks, over HTTP to a receiver on loopback', () => {
  it('tell a whole life in order, each event signed, and its deletion last', async () => {
    const secret = await pointTo(receiver.url)
    const life = await playLife({ url: harness.url, key: harness.key, workflowId, say: () => undefined })
    await until('the decision is told', () => receiver.received.some(({ type }) => type === 'kyc.session.processed'))
    await harness.api.data('DELETE', `/kyc/sessions/${life.sessionId}`)
    await harness.runCron()
    await until('the deletion is told', () => receiver.received.at(-1)?.type === 'kyc.session.deleted')

    expect(receiver.received.map(({ sequence }) => sequence)).toEqual(receiver.received.map((_, index) => index + 1))
    expect(receiver.received.map(({ type }) => type)).toEqual([
      'kyc.session.created',
      'kyc.session.started',
      'kyc.session.completed',
      'kyc.session.processed',
      'kyc.session.manual_review',
      'kyc.session.deleted',
    ])
    for (const one of receiver.received) {
      expect(new StandardWebhook(secret).verify(one.body, headersOf(one))).toMatchObject({ type: one.type })
      expect(() => new SvixWebhook(secret).verify(one.body, headersOf(one))).not.toThrow()
      expect(one.headers['user-agent']).toBe('KYC-Webhooks/1.0')
    }
    const deliveries = await deliveriesOf(life.sessionId)
    expect(deliveries.map(({ status }) => status)).toEqual(receiver.received.map(() => 'delivered'))
  })

  it('come again when a receiver that was down is up, in order', async () => {
    await pointTo(receiver.url)
    receiver.behave(() => ({ status: 503 }))
    const sessionId = await createSession()
    await until('the first attempt', () => receiver.received.length > 0)
    await harness.api.data('PATCH', `/kyc/sessions/${sessionId}`, { status: 'rejected' })
    receiver.behave(() => ({ status: 200 }))
    await until('both events', () => receiver.acknowledged.length >= 2)
    expect(receiver.acknowledged.map(({ sequence }) => sequence)).toEqual([1, 2])
    const [second, first] = await deliveriesOf(sessionId)
    expect([first?.['status'], second?.['status']]).toEqual(['delivered', 'delivered'])
    expect(Number(first?.['attempts'])).toBeGreaterThan(1)
  })

  it('of one tenant wait for no other tenant’s slow receiver', async () => {
    const other = await harness.addTenant()
    const otherWorkflow = textIn(await other.data('POST', '/kyc/workflows/from-template/basic-kyc', {}), 'workflow_id')
    const slow = await startReceiver()
    const release = Promise.withResolvers<{ status: number }>()
    slow.behave(() => release.promise)
    await pointTo(receiver.url)
    await pointTo(slow.url, other)
    await createSession(other, otherWorkflow)
    await until('the slow one is called', () => slow.received.length > 0)
    await createSession()
    await until('the other is told', () => receiver.received.length > 0)
    // Not one call of the slow one has ended: the other went past it.
    expect(slow.acknowledged).toEqual([])
    release.resolve({ status: 200 })
    await slow.stop()
  })

  it('never follow a redirect', async () => {
    const inside = await startReceiver()
    receiver.behave(() => ({ status: 307, headers: { location: inside.url } }))
    await pointTo(receiver.url)
    const sessionId = await createSession()
    await until('it counts as not acknowledged', async () => {
      const [delivery] = await deliveriesOf(sessionId)
      const last = field(delivery, 'last_attempt')
      return isObject(last) && last['outcome'] === 'redirected' && last['status'] === 307
    })
    expect(inside.received).toEqual([])
    await inside.stop()
  })

  it('are signed with both secrets while a rotation overlaps', async () => {
    const before = await pointTo(receiver.url)
    const after = textIn(
      await harness.api.data('POST', `${CHANNELS}/rotate-secret`, { overlap_hours: 1 }),
      'webhook_secret',
    )
    await createSession()
    await until('the event', () => receiver.received.length > 0)
    const [one] = receiver.received
    if (one === undefined) throw new Error('nothing came')
    for (const secret of [before, after]) {
      expect(new StandardWebhook(secret).verify(one.body, headersOf(one))).toMatchObject({ type: one.type })
    }
    expect(String(one.headers['x-webhook-signature']).split(',')).toHaveLength(2)
  })

  it('can be tried out: the test event is signed, and the answer says what the receiver said', async () => {
    const secret = await pointTo(receiver.url)
    receiver.behave(() => ({ status: 418 }))
    const tested = await harness.api.data('POST', '/kyc/webhooks/test')
    expect(tested).toMatchObject({ outcome: 'rejected', status: 418 })
    const [one] = receiver.received
    if (one === undefined) throw new Error('nothing came')
    expect(new StandardWebhook(secret).verify(one.body, headersOf(one))).toMatchObject({
      id: tested['event_id'],
      type: 'kyc.webhook.test',
    })
  })

  it('refuse a URL inside a private network', async () => {
    const { status, body } = await harness.api.call('PATCH', CHANNELS, { webhook_url: 'https://10.0.0.7/hooks' })
    expect([status, field(field(body, 'error'), 'code')]).toEqual([400, 'INVALID_REQUEST'])
  })
})
