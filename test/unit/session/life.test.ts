import { describe, expect, it } from 'vitest'
import { TRANSITIONS, findTransition } from '../../../src/domain/session/transitions.ts'
import type { SessionStatus } from '../../../src/domain/session/status.ts'
import { SESSION_STATUSES } from '../../../src/domain/session/status.ts'
import { DAY_MS } from '../../../src/domain/time.ts'
import {
  PlayedSession,
  clean,
  completedSimple,
  corrections,
  notConfigured,
  update,
} from '../../support/fixtures/session.ts'
import { automationRules, gatedWorkflow, simpleWorkflow, validationConfig } from '../../support/fixtures/workflow.ts'

const fresh = () => new PlayedSession(simpleWorkflow())
const active = () => {
  const session = fresh()
  session.start()
  return session
}
const completed = () => completedSimple(simpleWorkflow())
const processing = () => {
  const session = completedSimple(simpleWorkflow({ validation_config: validationConfig({ run_crypto: true }) }))
  session.do({ type: 'process', rerun: false })
  return session
}
const withAutomation = (
  action: 'auto_approve' | 'auto_deny' | 'manual_review' | 'no_action' | 'flag',
  enabled = true,
) =>
  completedSimple(
    simpleWorkflow({
      validation_config: validationConfig({ automation_rules: automationRules({ default_action: action, enabled }) }),
    }),
  )
const processedAs = (action: Parameters<typeof withAutomation>[0], enabled = true) => {
  const session = withAutomation(action, enabled)
  session.do({ type: 'process', rerun: false })
  return session
}
const expired = () => {
  const session = active()
  session.wait(8 * DAY_MS).do({ type: 'expire' })
  return session
}
const inCorrection = () => {
  const session = completed()
  session.correct('person')
  return session
}
const decidedAs = (status: 'approved' | 'rejected' | 'manual_review') => {
  const session = completed()
  session.do(update({ status }))
  return session
}
const IN_STATUS: Record<SessionStatus, () => PlayedSession> = {
  draft: fresh,
  active,
  completed,
  processing,
  processed: () => processedAs('no_action'),
  expired,
  approved: () => decidedAs('approved'),
  rejected: () => decidedAs('rejected'),
  manual_review: () => decidedAs('manual_review'),
  awaiting_client_correction: inCorrection,
}

describe('the life of a session', () => {
  it('begins as a draft with event 1 and webhook 1', () => {
    const session = fresh()
    expect(session.state).toMatchObject({ status: 'draft', version: 1, webhook_sequence: 1, custom_tags: ['tag-a'] })
    expect(session.state.expires_at - session.state.created_at).toBe(7 * DAY_MS)
    expect(session.webhooks.map((one) => one.type)).toEqual(['kyc.session.created'])
  })

  it('becomes active at the first write, and only then', () => {
    const session = fresh()
    session.do({ type: 'save_step', step_id: 'person', form_data: { nick: 'A' } })
    expect(session.state.status).toBe('active')
    expect(session.state.started_at).toBe(session.now)
    const other = fresh()
    other.do(update({ notes: 'seen' }))
    expect(other.state.status).toBe('draft')
  })

  it('is completed when its last step is, from draft in one write too', () => {
    const session = fresh()
    session.complete('person', { full_name: 'Ada' })
    expect(session.state.status).toBe('completed')
    expect(session.trail.map((one) => one.event.type)).toEqual([
      'session_created',
      'status_changed',
      'step_completed',
      'status_changed',
    ])
  })

  it('stops for a person to look when a validation step blocks', () => {
    const session = new PlayedSession(gatedWorkflow())
    session.complete('wallets', {
      payout: { network: 'ethereum', address: '0x52908400098527886E0F7030069857D2E4169EE7' },
    })
    session.answerJobs((check) => notConfigured(check, session.now))
    expect(session.state.status).toBe('manual_review')
    expect(session.state.final_decision).toBeNull()
  })

  it.each([
    ['auto_approve', true, 'approved', 'approved'],
    ['flag', true, 'approved', 'flagged'],
    ['auto_deny', true, 'rejected', 'rejected'],
    ['manual_review', true, 'manual_review', 'manual_review'],
    ['no_action', true, 'processed', null],
    ['auto_approve', false, 'processed', null],
  ] as const)('is processed: %s (enabled %s) makes it %s, decision %s', (action, enabled, status, decision) => {
    const session = processedAs(action, enabled)
    expect(session.state.status).toBe(status)
    expect(session.state.final_decision).toBe(decision)
    expect(session.state.processing_results?.final_decision).toBe(decision)
    expect(session.state.decision?.by ?? null).toBe(decision === null ? null : 'automation')
    expect(session.state.processed_at).toBe(session.now)
  })

  it('is processed at once when the workflow says so', () => {
    const rules = automationRules({ auto_process: true, default_action: 'auto_approve' })
    const session = completedSimple(
      simpleWorkflow({ validation_config: validationConfig({ automation_rules: rules }) }),
    )
    expect(session.state.status).toBe('approved')
  })

  it('is not processed by itself when automation is off', () => {
    const rules = automationRules({ auto_process: true, enabled: false })
    const session = completedSimple(
      simpleWorkflow({ validation_config: validationConfig({ automation_rules: rules }) }),
    )
    expect(session.state.status).toBe('completed')
  })

  it.each(['processed', 'manual_review'] as const)('may be processed anew from %s', (status) => {
    const session = processedAs(status === 'processed' ? 'no_action' : 'manual_review')
    expect(session.do({ type: 'process', rerun: false })).toEqual([])
    session.do({ type: 'process', rerun: true })
    expect(session.state.status).toBe(status)
    expect(session.trail.filter((one) => one.event.type === 'run_decided')).toHaveLength(2)
  })

  it('expires once when its link runs out, with one event', () => {
    for (const make of [fresh, active]) {
      const session = make()
      const before = session.state.status
      session.wait(7 * DAY_MS)
      session.do({ type: 'expire' })
      expect(session.do({ type: 'expire' })).toEqual([])
      expect(session.state).toMatchObject({ status: 'expired', status_before_expiry: before })
      expect(session.webhooks.filter((one) => one.type === 'kyc.session.expired')).toHaveLength(1)
    }
  })

  it.each(['completed', 'processed', 'approved', 'rejected', 'manual_review'] as const)(
    'does not expire when %s',
    (status) => {
      const session = IN_STATUS[status]()
      expect(session.wait(400 * DAY_MS).do({ type: 'expire' })).toEqual([])
    },
  )

  it('says once that the link of a correction ran out, and goes on waiting', () => {
    const session = inCorrection()
    session.wait(8 * DAY_MS).do({ type: 'expire' })
    session.do({ type: 'expire' })
    expect(session.state.status).toBe('awaiting_client_correction')
    expect(session.webhooks.filter((one) => one.type === 'kyc.session.link_expired')).toHaveLength(1)
    session.do({ type: 'extend', ttl_days: 1, expires_at: null })
    session.wait(2 * DAY_MS).do({ type: 'expire' })
    expect(session.webhooks.filter((one) => one.type === 'kyc.session.link_expired')).toHaveLength(2)
  })

  it.each(['draft', 'active', 'awaiting_client_correction'] as const)(
    'a reviewer may expire it when %s, and it comes back as that',
    (status) => {
      const session = IN_STATUS[status]()
      session.do(update({ status: 'expired' }))
      expect(session.state.status).toBe('expired')
      session.do(update({ status: 'active' }))
      expect(session.state).toMatchObject({ status, status_before_expiry: null })
    },
  )

  it.each(['completed', 'processed', 'manual_review', 'approved', 'rejected', 'awaiting_client_correction'] as const)(
    'may be sent back for corrections when %s',
    (status) => {
      const session = IN_STATUS[status]()
      session.do(corrections([{ step_id: 'person' }]))
      expect(session.state).toMatchObject({
        status: 'awaiting_client_correction',
        decision: null,
        final_decision: null,
      })
    },
  )

  it('is completed again when the last correction is', () => {
    const session = inCorrection()
    session.complete('person', { full_name: 'Ada' })
    expect(session.state.status).toBe('completed')
  })

  it.each(['completed', 'processed', 'manual_review', 'awaiting_client_correction'] as const)(
    'a reviewer decides when %s',
    (status) => {
      for (const target of ['approved', 'rejected', 'manual_review'] as const) {
        if (target === status) continue
        const session = IN_STATUS[status]()
        session.do(update({ status: target, on_behalf_of: 'Board' }))
        expect(session.state).toMatchObject({ status: target, final_decision: target })
        expect(session.state.decision).toMatchObject({
          by: 'reviewer',
          on_behalf_of: 'Board',
          reviewer: { id: 'reviewer-7' },
        })
      }
    },
  )

  it.each([
    ['approved', 'rejected'],
    ['approved', 'manual_review'],
    ['rejected', 'approved'],
    ['rejected', 'manual_review'],
  ] as const)('from %s to %s needs a reason', (from, to) => {
    const session = IN_STATUS[from]()
    const error = session.refusal(update({ status: to }))
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', details: [{ path: 'reason' }] })
    session.do(update({ status: to, reason: 'New evidence' }))
    expect(session.state.status).toBe(to)
  })

  it.each(['draft', 'active'] as const)('may be rejected when %s', (status) => {
    const session = IN_STATUS[status]()
    session.do(update({ status: 'rejected' }))
    expect(session.state).toMatchObject({ status: 'rejected', final_decision: 'rejected' })
  })

  it('is never approved with a required step undone', () => {
    const session = active()
    session.do(update({ status: 'rejected' }))
    const error = session.refusal(update({ status: 'approved', reason: 'Known customer' }))
    expect(error).toMatchObject({ code: 'STEP_INCOMPLETE', details: [{ path: 'steps_data.person' }] })
  })

  it.each(['rejected', 'manual_review'] as const)('comes back to work from %s, data kept, verdict gone', (status) => {
    const session = IN_STATUS[status]()
    session.do(update({ status: 'active' }))
    expect(session.state).toMatchObject({
      status: 'active',
      decision: null,
      final_decision: null,
      risk_score: null,
      completed_at: null,
    })
    expect(session.state.steps[0]).toMatchObject({ status: 'in_progress', form_data: { full_name: 'Ada' } })
    expect(session.webhooks.at(-1)?.type).toBe('kyc.session.reactivated')
  })

  it('comes back with only the open steps when some were left', () => {
    const session = active()
    session.do(update({ status: 'rejected' }))
    session.do(update({ status: 'active' }))
    expect(session.trail.some((one) => one.event.type === 'steps_reopened')).toBe(false)
  })

  it('needs ttl_days to come back when the link ran out', () => {
    const session = decidedAs('rejected')
    session.wait(30 * DAY_MS)
    expect(session.refusal(update({ status: 'active' }))).toMatchObject({
      code: 'INVALID_REQUEST',
      details: [{ path: 'ttl_days' }],
    })
    session.do(update({ status: 'active', ttl_days: 3 }))
    expect(session.state.expires_at).toBe(session.now + 3 * DAY_MS)
  })

  it('refuses every PATCH that the table does not have, and changes nothing', () => {
    for (const from of SESSION_STATUSES) {
      for (const to of ['approved', 'rejected', 'manual_review', 'active', 'expired'] as const) {
        if (from === to || findTransition(from, to, 'patch') !== null) continue
        const session = IN_STATUS[from]()
        expect(session.state.status).toBe(from)
        const error = session.refusal(update({ status: to, reason: 'because', ttl_days: to === 'expired' ? null : 5 }))
        expect(error).toMatchObject({ code: 'INVALID_STATUS_TRANSITION', transition: { from, to } })
      }
    }
  })

  it('names the right route for a status that PATCH does not set', () => {
    for (const [status, route] of [
      ['processing', '/process'],
      ['processed', '/process'],
      ['awaiting_client_correction', '/corrections'],
      ['completed', '/complete'],
      ['draft', 'POST /kyc/sessions'],
    ] as const) {
      const error = active().refusal(update({ status }))
      expect(error.code).toBe('INVALID_REQUEST')
      expect(error.message).toContain(route)
    }
  })

  it('takes the present status as nothing to do', () => {
    for (const status of SESSION_STATUSES) {
      const session = IN_STATUS[status]()
      expect(session.do(update({ status }))).toEqual([])
    }
  })

  it('has each row of the contract once', () => {
    const keys = TRANSITIONS.map((row) => `${row.from}>${row.to}>${row.by}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toContain('processing>processed>decision')
    expect(keys).not.toContain('approved>active>patch')
    expect(keys).not.toContain('processing>rejected>patch')
  })

  it('keeps what a clean run found', () => {
    const session = processing()
    session.answerJobs((check) => clean(check, session.now))
    expect(session.state.checks_ended).toEqual(['crypto'])
    expect(session.state.processing_results?.external_validations.crypto?.state).toBe('ok')
  })
})
