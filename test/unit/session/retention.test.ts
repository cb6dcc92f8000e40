import { describe, expect, it } from 'vitest'
import {
  isFamilyDue,
  RELATIONSHIP_END_KEY,
  retentionFrom,
  type RetentionFacts,
} from '../../../src/domain/session/retention.ts'
import { SESSION_STATUSES, type SessionStatus } from '../../../src/domain/session/status.ts'
import { DAY_MS } from '../../../src/domain/time.ts'

const CHANGED = Date.UTC(2020, 5, 1, 12)
const LONG_AFTER = CHANGED + 3_000 * DAY_MS

const facts = (status: SessionStatus, changes: Partial<RetentionFacts> = {}): RetentionFacts => ({
  session_id: `session-${status}`,
  version: 7,
  status,
  updated_at: CHANGED,
  legal_hold: false,
  metadata: {},
  ...changes,
})
const approvedUntil = (ended: string) => facts('approved', { metadata: { [RELATIONSHIP_END_KEY]: ended } })

describe('the time of retention', () => {
  it.each(SESSION_STATUSES)(
    'of a session that is %s counts from its last change only where that was the end',
    (status) => {
      const isTheEnd = status === 'rejected' || status === 'expired'
      expect(retentionFrom(facts(status))).toBe(isTheEnd ? CHANGED : null)
    },
  )

  it('of an approved session counts from the day after the relationship ended', () => {
    expect(retentionFrom(approvedUntil('2024-02-29'))).toBe(Date.UTC(2024, 2, 1))
  })

  it.each(['', '2024-02-30', 'soon', '2024-1-1'])('does not count from "%s", which is no date', (ended) => {
    expect(retentionFrom(approvedUntil(ended))).toBeNull()
  })

  it('counts from nothing under legal hold', () => {
    expect(retentionFrom(facts('rejected', { legal_hold: true }))).toBeNull()
  })
})

describe('a family is due', () => {
  it('on the very instant, and not before', () => {
    expect(isFamilyDue(facts('rejected'), [], CHANGED)).toBe(true)
    expect(isFamilyDue(facts('rejected'), [], CHANGED - 1)).toBe(false)
  })

  it.each(SESSION_STATUSES)('with a subsession that is %s only where nobody is waited for', (status) => {
    const isFinal = ['approved', 'rejected', 'expired'].includes(status)
    expect(isFamilyDue(facts('rejected'), [facts('expired'), facts(status)], LONG_AFTER)).toBe(isFinal)
  })

  it('not while one of them is held or changed later', () => {
    const root = facts('expired')
    expect(isFamilyDue(root, [facts('approved', { legal_hold: true })], LONG_AFTER)).toBe(false)
    expect(isFamilyDue(root, [facts('approved', { updated_at: LONG_AFTER + 1 })], LONG_AFTER)).toBe(false)
    expect(isFamilyDue(root, [facts('approved', { updated_at: LONG_AFTER })], LONG_AFTER)).toBe(true)
  })
})
