import { describe, expect, it } from 'vitest'
import { createGuessGuard, limitCalls } from '../../../src/application/access/limit-calls.ts'
import type { CallLimiter, LimitKey } from '../../../src/application/ports.ts'
import { createCallLimiter } from '../../../src/platform/call-limiter.ts'

const MINUTE = 60_000
const ADDRESS = '192.0.2.7'

/** Two failures an address, for good: what is looked at here is the guard's own minute. */
function guarded() {
  let now = 0
  const counted = new Map<string, number>()
  const callLimiter: CallLimiter = {
    perMinute: { token: 200, link: 200, address: 600, failures: 2 },
    keyOf: (text) => `#${text}` as LimitKey,
    admit: async (_limit, key) => {
      counted.set(key, (counted.get(key) ?? 0) + 1)
      return (counted.get(key) ?? 0) <= 2
    },
  }
  const guard = createGuessGuard({ callLimiter, clock: { now: () => now, system: () => now } })
  return {
    guard,
    wait: (ms: number) => {
      now += ms
    },
    shut: async () => {
      for (const wrong of ['a', 'b', 'c']) await guard.failed(ADDRESS, wrong)
    },
  }
}

describe('the guard against guessing', () => {
  it('lets an address try as often as the limiter says, then shuts the door for what is left of a minute', async () => {
    const { guard, wait, shut } = guarded()
    await guard.failed(ADDRESS, 'a')
    expect(guard.refuse(ADDRESS, 'b')).toBeNull()
    await shut()
    expect(guard.refuse(ADDRESS, 'new')).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 60, limit: 2 })
    wait(59_001)
    expect(guard.refuse(ADDRESS, 'new')).toMatchObject({ retryAfterSeconds: 1 })
    wait(999)
    expect(guard.refuse(ADDRESS, 'new')).toBeNull()
  })

  it('never shuts out a credential that has proved itself, until that one fails', async () => {
    const { guard, shut } = guarded()
    guard.proved('good')
    await shut()
    expect(guard.refuse(ADDRESS, 'good')).toBeNull()
    await guard.failed(ADDRESS, 'good')
    expect(guard.refuse(ADDRESS, 'good')).not.toBeNull()
  })

  it('a client that finds the door open once is not shut out again by those who go on guessing', async () => {
    const { guard, wait, shut } = guarded()
    await shut()
    wait(MINUTE)
    expect(guard.refuse(ADDRESS, 'client')).toBeNull()
    guard.proved('client')
    await shut()
    expect(guard.refuse(ADDRESS, 'client')).toBeNull()
    expect(guard.refuse(ADDRESS, 'another')).not.toBeNull()
  })

  it('knows nothing of other addresses, and counts none where there is none', async () => {
    const { guard, shut } = guarded()
    await shut()
    expect(guard.refuse('192.0.2.8', 'new')).toBeNull()
    for (let tries = 0; tries < 5; tries += 1) await guard.failed(null, 'x')
    expect(guard.refuse(null, 'x')).toBeNull()
  })
})

describe('the limiter', () => {
  const perMinute = { token: 1, link: 1, address: 1, failures: 1 }
  const logged: [string, object][] = []
  const note = (event: string, fields: object = {}) => void logged.push([event, fields])
  const log = { info: note, warn: note, error: note }
  const withLimit = (limit: RateLimit['limit']) =>
    createCallLimiter({
      bindings: { token: { limit }, link: { limit }, address: { limit }, failures: { limit } },
      perMinute,
      log,
    })

  it('is told a hash, never the credential or the address', async () => {
    const keys: (string | undefined)[] = []
    const limiter = withLimit(async ({ key }) => {
      keys.push(key)
      return { success: true }
    })
    await limitCalls({ callLimiter: limiter }, 'token', 'Bearer sk_live_secret')
    await limitCalls({ callLimiter: limiter }, 'address', ADDRESS)
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)])
  })

  it('that does not answer stops nobody, and is told of in the log', async () => {
    const limiter = withLimit(() => Promise.reject(new TypeError('down')))
    expect(await limitCalls({ callLimiter: limiter }, 'link', 'x')).toBeNull()
    expect(logged).toEqual([
      ['call_limiter_unavailable', expect.objectContaining({ error_name: 'TypeError', kind: 'link' })],
    ])
  })
})
