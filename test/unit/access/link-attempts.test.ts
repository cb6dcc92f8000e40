import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttemptCount, AttemptKind } from '../../../src/domain/access/link-attempts.ts'
import {
  ATTEMPT_LIMITS,
  attemptRefusal,
  attemptsOf,
  countAttempt,
  isFailedStep,
  watchedBy,
} from '../../../src/domain/access/link-attempts.ts'
import { domainError } from '../../../src/domain/errors.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const KINDS = Object.keys(ATTEMPT_LIMITS) as AttemptKind[]

/** A link as the session object keeps it: tries at an instant, and says how it went. */
function link() {
  let counts: AttemptCount[] = []
  return (kind: AttemptKind, now: number, generation = 1) => {
    const refusal = attemptRefusal(counts, [kind], { generation, now })
    if (refusal !== null) return refusal
    const counted = countAttempt(counts, kind, { generation, now })
    counts = [...counts.filter((one) => one.kind !== kind), counted]
    return null
  }
}

describe('the attempts of one link', () => {
  it.each(KINDS)('%s: exactly so many a minute, and the wait that is told is the one that is needed', (kind) => {
    const attempt = link()
    const { perMinute } = ATTEMPT_LIMITS[kind]
    for (let n = 0; n < perMinute; n += 1) expect(attempt(kind, 1_000 + n)).toBeNull()
    expect(attempt(kind, 31_000)).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 30, limit: perMinute })
    expect(attempt(kind, 60_999)).toMatchObject({ retryAfterSeconds: 1 })
    expect(attempt(kind, 61_000)).toBeNull()
  })

  it.each(KINDS)('%s: exactly so many a day', (kind) => {
    const attempt = link()
    const { perMinute, perDay } = ATTEMPT_LIMITS[kind]
    let now = 0
    for (let n = 0; n < perDay; n += 1) {
      if (n % perMinute === 0) now += MINUTE
      expect(attempt(kind, now)).toBeNull()
    }
    now += MINUTE
    const refused = attempt(kind, now)
    expect(refused).toMatchObject({ limit: perDay, retryAfterSeconds: (MINUTE + DAY - now) / 1_000 })
    expect(attempt(kind, MINUTE + DAY - 1)).not.toBeNull()
    expect(attempt(kind, MINUTE + DAY)).toBeNull()
  })

  it('of a new link begin at none, and an old count never comes back', () => {
    const attempt = link()
    for (let n = 0; n < ATTEMPT_LIMITS.extract.perMinute; n += 1) attempt('extract', 0)
    expect(attempt('extract', 1)).not.toBeNull()
    expect(attempt('extract', 1, 2)).toBeNull()
    expect(attempt('extract', 2, 2)).toBeNull()
  })

  it('in whatever order and pace, are never more than the limit from the first to its minute, and refusals are free', () => {
    const pace = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(pace, (waits) => {
        const attempt = link()
        let now = 0
        const admitted: number[] = []
        for (const wait of waits) {
          now += wait
          const refusal = attempt('liveness_start', now)
          if (refusal === null) admitted.push(now)
          else expect(refusal.retryAfterSeconds).toBeGreaterThan(0)
        }
        let windowStart = admitted[0] ?? 0
        let inWindow = 0
        for (const at of admitted) {
          if (at >= windowStart + MINUTE) [windowStart, inWindow] = [at, 0]
          inWindow += 1
          expect(inWindow).toBeLessThanOrEqual(ATTEMPT_LIMITS.liveness_start.perMinute)
        }
        expect(admitted.length).toBeLessThanOrEqual(ATTEMPT_LIMITS.liveness_start.perDay)
      }),
      { numRuns: 200, seed: 20_261_124 },
    )
  })

  it('survive a clock that goes back without locking anyone out', () => {
    const attempt = link()
    for (let n = 0; n < ATTEMPT_LIMITS.extract.perMinute; n += 1) attempt('extract', 10 * DAY)
    expect(attempt('extract', 5)).toBeNull()
  })

  it('told of two waits, say the longer one', () => {
    const moment = { generation: 1, now: 30_000 }
    const full = (kind: AttemptKind, minute_started_at: number): AttemptCount => {
      const { perMinute: in_minute } = ATTEMPT_LIMITS[kind]
      return { kind, generation: 1, minute_started_at, in_minute, day_started_at: 0, in_day: 0 }
    }
    const counts = [full('write', 0), full('failed_step', 20_000)]
    expect(attemptRefusal(counts, ['write', 'failed_step'], moment)).toMatchObject({ retryAfterSeconds: 50, limit: 20 })
    expect(attemptRefusal(counts, ['write'], moment)).toMatchObject({ retryAfterSeconds: 30, limit: 120 })
  })
})

describe('a command through a link', () => {
  it('is a write, and what is costly is counted besides', () => {
    expect(attemptsOf('save_step')).toEqual(['write'])
    expect(attemptsOf('start_liveness')).toEqual(['write', 'liveness_start'])
    expect(attemptsOf('add_subsession')).toEqual(['write', 'add_subsession'])
    expect(watchedBy('complete_step')).toEqual(['failed_step'])
    expect(watchedBy('save_step')).toEqual([])
  })

  it('that fails to complete a step is a failed one, but not at a closed door', () => {
    expect(isFailedStep('complete_step', domainError('STEP_INCOMPLETE', 'm'))).toBe(true)
    expect(isFailedStep('complete_step', domainError('SESSION_CLOSED', 'm'))).toBe(false)
    expect(isFailedStep('save_step', domainError('INVALID_REQUEST', 'm'))).toBe(false)
  })
})
