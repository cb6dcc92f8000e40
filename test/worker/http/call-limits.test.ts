// The limits a minute, against the platform's own limiter as it runs locally. Its minutes are those of the wall clock: in
// twice the limit and one more call, at least one is too many.

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { expectError, send, type Answer } from '../../support/api.ts'
import { recorder } from '../../support/instrument.ts'
import { composed, makeWorld, newSession } from '../../support/world.ts'

// Over a thousand calls, where a minute ends in the midst of them.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(() => recorder.reset())

const from = (address: string) => ({ 'cf-connecting-ip': address })
let lastAddress = 0
const newAddress = (): string => `2001:db8::${(lastAddress += 1).toString(16)}`

/** The first answer that was one too many, with what it cost. */
async function untilRefused(limit: number, call: (n: number) => Promise<Answer>) {
  for (let n = 0; n <= 2 * limit; n += 1) {
    recorder.reset()
    const answer = await call(n)
    const hops = { worker: recorder.ofWorker(), objects: recorder.ofObjects(), limiters: recorder.ofLimiters() }
    if (answer.status === 429) return { answer, hops, admitted: n }
    expect(answer.headers.get('x-ratelimit-limit')).toMatch(/^\d+$/)
    expect(answer.headers.has('x-ratelimit-remaining')).toBe(false)
    expect(answer.headers.has('x-ratelimit-reset')).toBe(false)
  }
  throw new Error(`nothing was refused in ${2 * limit + 1} calls`)
}

function expectTooMany(answer: Answer, limit: number): void {
  expectError(answer, 429, 'RATE_LIMITED')
  const wait = Number(answer.headers.get('retry-after'))
  expect(answer.error?.retry_after).toBe(wait)
  expect(wait).toBeGreaterThanOrEqual(1)
  expect(wait).toBeLessThanOrEqual(60)
  expect(answer.headers.get('x-ratelimit-limit')).toBe(String(limit))
  expect(answer.headers.get('x-ratelimit-remaining')).toBe('0')
  const inSeconds = Number(answer.headers.get('x-ratelimit-reset')) - Math.floor(composed().deps.clock.system() / 1_000)
  expect(inSeconds).toBeGreaterThanOrEqual(0)
  expect(inSeconds).toBeLessThanOrEqual(61)
}

describe('calls with one token', () => {
  it('are refused past 200 a minute before anything but the limiter is asked; other tokens go on', async () => {
    const [busy, other] = [await makeWorld(), await makeWorld()]
    const { answer, hops, admitted } = await untilRefused(200, () => send('GET', '/kyc/sessions', { key: busy.key }))
    expectTooMany(answer, 200)
    expect(admitted).toBeGreaterThanOrEqual(200)
    expect(hops).toEqual({ worker: [], objects: [], limiters: ['LIMIT_TOKEN'] })
    expect((await send('GET', '/kyc/sessions', { key: other.key })).status).toBe(200)
  })
})

describe('calls with one link', () => {
  it('are refused past 200 a minute without waking the object; the next link goes on', async () => {
    const world = await makeWorld()
    const [busy, other] = [await newSession(world), await newSession(world)]
    await send('POST', `/public/sessions/${busy.accessToken}/start`, { body: {} })
    const open = () => send('GET', `/public/sessions/${busy.accessToken}`, { headers: from(newAddress()) })
    const { answer, hops } = await untilRefused(200, open)
    expectTooMany(answer, 200)
    expect(hops).toEqual({ worker: [], objects: [], limiters: ['LIMIT_LINK'] })
    expect((await send('GET', `/public/sessions/${other.accessToken}`)).status).toBe(200)
    const { answer: page } = await untilRefused(200, () => send('GET', `/v/${busy.accessToken}`))
    expect([page.status, page.headers.get('content-type')]).toEqual([429, expect.stringMatching(/^text\/html/)])
    expect(page.headers.get('retry-after')).toBe('60')
    expect(page.headers.get('x-ratelimit-remaining')).toBe('0')
  })
})

describe('calls from one address', () => {
  it('are refused past 600 a minute where no credential is needed; the next address goes on', async () => {
    const address = newAddress()
    const { answer } = await untilRefused(600, () => send('GET', '/healthz', { headers: from(address) }))
    expectTooMany(answer, 600)
    const session = await newSession(await makeWorld())
    const link = `/public/sessions/${session.accessToken}`
    const open = async () => send('GET', (n += 1) % 50 === 1 ? link : '/healthz', { headers: from(address) })
    let n = 0
    expectTooMany((await untilRefused(600, open)).answer, 600)
    expect((await send('GET', link, { headers: from(newAddress()) })).status).toBe(200)
    expect((await send('GET', '/healthz')).status).toBe(200)
  })
})

describe('guessing', () => {
  const keyNumber = (n: number): string => `sk_test_${String(n).padStart(43, '0')}`

  it('at keys shuts the door on new credentials of the address, not on those that have proved themselves', async () => {
    const [known, unknown] = [await makeWorld(), await makeWorld()]
    const headers = from(newAddress())
    expect((await send('GET', '/kyc/sessions', { key: known.key, headers })).status).toBe(200)
    const guess = (n: number) => send('GET', '/kyc/sessions', { key: keyNumber(n), headers })
    const { answer, hops, admitted } = await untilRefused(30, guess)
    expectTooMany(answer, 30)
    expect(admitted).toBeGreaterThan(30)
    expect(hops).toEqual({ worker: [], objects: [], limiters: [] })
    expectTooMany(await send('GET', '/kyc/sessions', { key: unknown.key, headers }), 30)
    expect((await send('GET', '/kyc/sessions', { key: known.key, headers })).status).toBe(200)
    expect((await send('GET', '/kyc/sessions', { key: unknown.key, headers: from(newAddress()) })).status).toBe(200)
  })

  it('at links is slowed down by address, and a true link of that address still opens', async () => {
    const session = await newSession(await makeWorld())
    const headers = from(newAddress())
    const forge = (n: number) =>
      send('GET', `/public/sessions/${session.accessToken.slice(0, -4)}${String(n).padStart(4, 'A')}`, { headers })
    const { answer, hops } = await untilRefused(30, forge)
    expectTooMany(answer, 30)
    expect(hops).toEqual({ worker: [], objects: [], limiters: ['LIMIT_FAILURES'] })
    expect((await send('GET', `/public/sessions/${session.accessToken}`, { headers })).status).toBe(200)
    const { answer: page } = await untilRefused(30, () => send('GET', '/v/not-a-link', { headers }))
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
  })
})

describe('a refusal for too many calls', () => {
  it('can be read by a browser of an allowed origin', async () => {
    const world = await makeWorld({ allowedOrigins: ['https://shop.example'] })
    const { accessToken } = await newSession(world)
    const headers = { origin: 'https://shop.example' }
    const { answer } = await untilRefused(200, () => send('GET', `/public/sessions/${accessToken}`, { headers }))
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example')
    expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After')
  })
})
