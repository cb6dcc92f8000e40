import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/time.ts'
import { countsAsTimeOut, isHalfOpen } from '../../../src/domain/webhook/breaker.ts'
import { DELIVERY_OUTCOMES, outcomeOfStatus, verdictOf } from '../../../src/domain/webhook/outcome.ts'
import { nextAttemptAt } from '../../../src/domain/webhook/schedule.ts'

const T = 1_800_000_000_000

/** The instants of all attempts of a delivery that is never acknowledged, from the first one on. */
function attemptsOf(jitter: number): number[] {
  const times = [0]
  for (let now: number | null = T; now !== null;) {
    now = nextAttemptAt({ attempts: times.length, firstAttemptAt: T, now, jitter })
    if (now !== null) times.push(now - T)
  }
  return times
}

describe('the schedule of retries', () => {
  it('grows from seconds to a day, and its last attempt is 72 hours after the first', () => {
    const times = attemptsOf(0.5)
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(waits.slice(0, 8)).toEqual([
      5 * SECOND_MS,
      30 * SECOND_MS,
      2 * MINUTE_MS,
      10 * MINUTE_MS,
      HOUR_MS,
      3 * HOUR_MS,
      6 * HOUR_MS,
      12 * HOUR_MS,
    ])
    expect(waits.slice(8, 10)).toEqual([24 * HOUR_MS, 24 * HOUR_MS])
    expect(times.at(-1)).toBe(72 * HOUR_MS)
  })

  it('spreads each wait by a tenth to either side, and never past the end', () => {
    const wait = (jitter: number) => nextAttemptAt({ attempts: 5, firstAttemptAt: T, now: T, jitter })
    expect([wait(0), wait(1)]).toEqual([T + 0.9 * HOUR_MS, T + 1.1 * HOUR_MS])
    for (const jitter of [0, 0.25, 0.5, 0.75, 1]) {
      const times = attemptsOf(jitter)
      expect(times.at(-1)).toBe(72 * HOUR_MS)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      expect(times.length).toBeLessThanOrEqual(14)
    }
  })
})

describe('what a receiver’s answer means', () => {
  const tried = { attempts: 1, firstAttemptAt: T, now: T, jitter: 0.5 }

  it.each([
    [200, 'acknowledged'],
    [204, 'acknowledged'],
    [299, 'acknowledged'],
    [199, 'rejected'],
    [301, 'redirected'],
    [308, 'redirected'],
    [400, 'rejected'],
    [410, 'gone'],
    [429, 'rejected'],
    [503, 'rejected'],
  ] as const)('%i is %s', (status, outcome) => {
    expect(outcomeOfStatus(status)).toBe(outcome)
  })

  it('only a 2xx delivers; all but 410 is tried again', () => {
    const verdicts = Object.fromEntries(DELIVERY_OUTCOMES.map((outcome) => [outcome, verdictOf(outcome, tried).status]))
    expect(verdicts).toEqual({
      acknowledged: 'delivered',
      gone: 'failed',
      rejected: 'pending',
      redirected: 'pending',
      timed_out: 'pending',
      unreachable: 'pending',
      refused: 'pending',
    })
  })

  it('after 72 hours a failure is the last one, and the endpoint is not gone for it', () => {
    const late = { ...tried, attempts: 12, now: T + 72 * HOUR_MS }
    expect(verdictOf('timed_out', late)).toEqual({ status: 'failed', endpointIsGone: false })
    expect(verdictOf('acknowledged', late)).toEqual({ status: 'delivered' })
  })
})

describe('an endpoint', () => {
  it('is half-open after five time-outs in a row; nothing else counts', () => {
    expect([0, 4, 5, 6].map(isHalfOpen)).toEqual([false, false, true, true])
    expect(DELIVERY_OUTCOMES.filter(countsAsTimeOut)).toEqual(['timed_out'])
  })
})
