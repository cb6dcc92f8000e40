import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../src/domain/time.ts'
import { PlayedSession, START, completedSimple, subsession, update } from '../../support/fixtures/session.ts'
import { richWorkflow, simpleWorkflow } from '../../support/fixtures/workflow.ts'

const fresh = () => new PlayedSession(simpleWorkflow({ ttl_days: 10 }))
const expired = () => {
  const session = fresh()
  session.start()
  session.wait(11 * DAY_MS).do({ type: 'expire' })
  return session
}

describe('a new link', () => {
  it('keeps a future expiry, and kills the old link', () => {
    const session = fresh()
    session.wait(DAY_MS).do({ type: 'renew_link', ttl_days: null, nonce_hash: 'hash-2' })
    expect(session.state.link).toEqual({ generation: 2, nonce_hash: 'hash-2', ttl_days: 10, issued_at: session.now })
    expect(session.state.expires_at).toBe(START + 10 * DAY_MS)
  })

  it('runs the first ttl again when the old one ran out, and brings the session back', () => {
    const session = expired()
    session.do({ type: 'renew_link', ttl_days: null, nonce_hash: 'hash-2' })
    expect(session.state).toMatchObject({ status: 'active', expires_at: session.now + 10 * DAY_MS })
    expect(session.webhooks.at(-1)?.type).toBe('kyc.session.reactivated')
  })

  it('runs as long as it is told to, from now', () => {
    const session = fresh()
    session.do({ type: 'renew_link', ttl_days: 2, nonce_hash: 'hash-2' })
    expect(session.state.expires_at).toBe(session.now + 2 * DAY_MS)
    expect(session.refusal({ type: 'renew_link', ttl_days: 366, nonce_hash: 'h' }).details).toMatchObject([
      { path: 'ttl_days' },
    ])
  })
})

describe('extending', () => {
  it('counts from the later of now and the present expiry', () => {
    const session = fresh()
    session.do({ type: 'extend', ttl_days: 5, expires_at: null })
    expect(session.state.expires_at).toBe(START + 15 * DAY_MS)
    const late = expired()
    late.do({ type: 'extend', ttl_days: 5, expires_at: null })
    expect(late.state).toMatchObject({ status: 'active', expires_at: late.now + 5 * DAY_MS })
  })

  it('is never shorter, never past and never more than a year ahead', () => {
    const session = fresh()
    for (const expires_at of [START - 1, START + 9 * DAY_MS, START + 366 * DAY_MS]) {
      expect(session.refusal({ type: 'extend', ttl_days: null, expires_at }).details).toMatchObject([
        { path: 'expires_at' },
      ])
    }
    expect(session.do({ type: 'extend', ttl_days: null, expires_at: START + 10 * DAY_MS })).toEqual([])
    session.do({ type: 'extend', ttl_days: null, expires_at: START + 12 * DAY_MS })
    expect(session.state.expires_at).toBe(START + 12 * DAY_MS)
  })

  it('takes exactly one of its two ways', () => {
    const session = fresh()
    expect(session.refusal({ type: 'extend', ttl_days: null, expires_at: null }).code).toBe('INVALID_REQUEST')
    expect(session.refusal({ type: 'extend', ttl_days: 1, expires_at: START + 20 * DAY_MS }).code).toBe(
      'INVALID_REQUEST',
    )
  })

  it('works in later statuses too, and minds If-Match', () => {
    const session = completedSimple(simpleWorkflow())
    session.do({ type: 'extend', ttl_days: 1, expires_at: null }, { version: session.state.version })
    expect(session.state.status).toBe('completed')
    expect(session.refusal({ type: 'extend', ttl_days: 1, expires_at: null }, { version: 1 }).code).toBe(
      'VERSION_CONFLICT',
    )
  })
})

describe('details', () => {
  it('merge metadata by top-level key, null removes', () => {
    const session = fresh()
    session.do(update({ metadata: { plan: null, seat: { row: 1 } }, client_id: 'c-2', notes: 'Called.' }))
    expect(session.state).toMatchObject({ metadata: { seat: { row: 1 } }, client_id: 'c-2' })
    expect(session.state.metadata).not.toHaveProperty('plan')
    expect(session.state.notes).toEqual([
      { text: 'Called.', by: { type: 'user', id: 'reviewer-7', name: 'Rita' }, at: session.now },
    ])
    session.do(update({ client_id: null }))
    expect(session.state.client_id).toBeNull()
  })

  it('make no event when nothing differs', () => {
    expect(fresh().do(update({ metadata: { plan: 'gold' }, client_id: 'client-1' }))).toEqual([])
  })

  it('stay under 16 KiB once merged', () => {
    const session = fresh()
    session.do(update({ metadata: { a: 'x'.repeat(10_000) } }))
    expect(session.refusal(update({ metadata: { b: 'x'.repeat(10_000) } })).details).toMatchObject([
      { path: 'metadata' },
    ])
  })

  it('hold a session legally, once', () => {
    const session = fresh()
    session.do({ type: 'set_legal_hold', held: true, reason: 'Case 4' })
    expect(session.state.legal_hold).toBe(true)
    expect(session.do({ type: 'set_legal_hold', held: true, reason: null })).toEqual([])
  })

  it('extend by ttl_days, and do not mix that with expiring', () => {
    const session = fresh()
    session.do(update({ ttl_days: 1 }))
    expect(session.state.expires_at).toBe(START + 11 * DAY_MS)
    expect(session.refusal(update({ status: 'expired', ttl_days: 1 })).details).toMatchObject([{ path: 'ttl_days' }])
  })
})

describe('subsessions', () => {
  const collecting = () => new PlayedSession(richWorkflow())

  it('are added by the tenant at any time but to an expired session', () => {
    const session = collecting()
    session.do(subsession('child-1', { step_id: null, email: 'ada@example.com' }))
    expect(session.state.subsessions).toMatchObject([{ session_id: 'child-1', status: 'draft', known_version: 1 }])
    expect(session.trail.at(-1)?.event).toMatchObject({
      metadata: { user_name: 'Ada Owner', user_email: 'ada@example.com' },
      ttl_days: 7,
    })
    expect(session.do(subsession('child-1', { step_id: null }))).toEqual([])
    session.do(update({ status: 'expired' }))
    expect(session.refusal(subsession('child-2', { step_id: null })).code).toBe('LINK_EXPIRED')
  })

  it('go three levels deep', () => {
    const third = new PlayedSession(simpleWorkflow(), { depth: 3 })
    expect(third.refusal(subsession('child-1', { step_id: null })).code).toBe('INVALID_REQUEST')
    const second = new PlayedSession(simpleWorkflow(), { depth: 2 })
    expect(second.do(subsession('child-1', { step_id: null }))).toHaveLength(1)
  })

  it('are added by the end user in a collecting step, when it is its turn', () => {
    const session = collecting()
    const endUser = { actor: { type: 'end_user', id: 'link', name: null } } as const
    session.start()
    expect(session.refusal(subsession('child-1'), endUser).code).toBe('STEP_LOCKED')
    expect(session.refusal(subsession('child-1', { step_id: 'person' }), endUser).details).toMatchObject([
      { path: 'step_id' },
    ])
    expect(session.refusal(subsession('child-1', { step_id: null }), endUser).details).toMatchObject([
      { path: 'step_id' },
    ])
  })

  it('mind the relationships and the maximum of their step', () => {
    const session = collecting()
    expect(session.refusal(subsession('child-1', { relationship: 'submerchant' })).details).toMatchObject([
      { path: 'relationship' },
    ])
    session.do(subsession('child-1'))
    session.do(subsession('child-2', { relationship: 'director' }))
    expect(session.refusal(subsession('child-3')).message).toContain('at most 2')
    session.do({ type: 'remove_subsession', session_id: 'child-1' })
    expect(session.refusal({ type: 'remove_subsession', session_id: 'child-1' }).code).toBe('SUBSESSION_NOT_FOUND')
    session.do(subsession('child-3'))
  })

  it('report in any order, and the newest holds', () => {
    const session = collecting()
    session.do(subsession('child-1'))
    const note = (known_version: number, status: 'active' | 'completed') =>
      session.do({
        type: 'note_subsession',
        session_id: 'child-1',
        known_version,
        status,
        final_decision: null,
        risk_score: null,
        completed_steps: 1,
        total_steps: 1,
        expires_at: START,
      })
    note(5, 'completed')
    expect(note(4, 'active')).toEqual([])
    expect(session.state.subsessions[0]).toMatchObject({ status: 'completed', known_version: 5 })
    expect(session.state.status).toBe('draft')
  })
})
