import { describe, expect, it } from 'vitest'
import { deletedWebhook } from '../../../src/domain/webhook/payload.ts'
import type { PlayedSession } from '../../support/fixtures/session.ts'
import { clean, completedRich, completedSimple, update } from '../../support/fixtures/session.ts'
import { automationRules, richWorkflow, simpleWorkflow, validationConfig } from '../../support/fixtures/workflow.ts'
import { listedMatch } from '../../support/fixtures/watchlists.ts'

const bodies = (session: PlayedSession) => session.webhooks.map((one) => JSON.parse(one.body))

describe('webhook events', () => {
  it('are numbered without gaps and say what the session was and is', () => {
    const session = completedSimple(simpleWorkflow())
    session.do(update({ status: 'approved' }))
    expect(session.webhooks.map((one) => [one.sequence, one.type])).toEqual([
      [1, 'kyc.session.created'],
      [2, 'kyc.session.started'],
      [3, 'kyc.session.completed'],
      [4, 'kyc.session.approved'],
    ])
    expect(bodies(session).map((body) => [body.data.previous_status, body.data.status])).toEqual([
      [null, 'draft'],
      ['draft', 'active'],
      ['active', 'completed'],
      ['completed', 'approved'],
    ])
  })

  it('carry the form by the keys that the tenant gave, once it was handed in', () => {
    const session = completedSimple(simpleWorkflow())
    session.do(update({ status: 'rejected' }))
    session.do(update({ status: 'active' }))
    session.complete('person', { full_name: 'Ada', nickname: 'Countess' })
    expect(bodies(session).at(-1).data.form_data).toEqual({ full_name: 'Ada', nick: 'Countess' })
    expect(bodies(session)[1].data.form_data).toEqual({})
  })

  it('have exactly the fields of the contract', () => {
    const session = completedSimple(simpleWorkflow())
    session.do(update({ status: 'rejected', reason: 'Forged', on_behalf_of: 'Board' }))
    const body = bodies(session).at(-1)
    expect(body).toEqual({
      id: session.webhooks.at(-1)?.event_id,
      type: 'kyc.session.rejected',
      created: Math.floor(session.now / 1000),
      data: {
        session_id: 'session-1',
        workflow_id: 'workflow-1',
        workflow_name: 'Test workflow',
        status: 'rejected',
        compliance_status: 'rejected',
        previous_status: 'completed',
        custom_tags: ['tag-a'],
        metadata: { plan: 'gold' },
        client_id: 'client-1',
        parent_session_id: null,
        final_decision: 'rejected',
        decision: {
          by: 'reviewer',
          reviewer: 'reviewer-7',
          on_behalf_of: 'Board',
          reason: 'Forged',
          decided_at: new Date(session.now).toISOString(),
        },
        risk_score: null,
        form_data: { full_name: 'Ada' },
        sequence: 4,
        occurred_at: new Date(session.now).toISOString(),
      },
    })
  })

  it('tell automation and reviewers apart', () => {
    const rules = automationRules({ auto_process: true, default_action: 'auto_approve' })
    const session = completedSimple(
      simpleWorkflow({ validation_config: validationConfig({ automation_rules: rules }) }),
    )
    const types = () => session.webhooks.map((one) => one.type)
    expect(types().slice(-2)).toEqual(['kyc.session.completed', 'kyc.session.processed'])
    expect(bodies(session).at(-1).data).toMatchObject({
      status: 'approved',
      previous_status: 'processing',
      decision: { by: 'automation' },
    })
    session.do(update({ status: 'manual_review', reason: 'Second look' }))
    expect(types().at(-1)).toBe('kyc.session.manual_review')
  })

  it('tell of a watchlist hit as soon as it is known, not of one that was cleared', () => {
    const session = completedRich(richWorkflow())
    const hit = { ...listedMatch(), hit_id: 'hit-1', whitelisted: false }
    const answer = () =>
      session.answerJobs((check) =>
        check === 'watchlists'
          ? { state: 'ok', checked_at: session.now, provider: 'test', hits: [hit] }
          : clean(check, session.now),
      )
    const hits = () => session.webhooks.filter((one) => one.type === 'kyc.session.watchlist_hit').length
    session.do({ type: 'process', rerun: false })
    answer()
    expect(hits()).toBe(1)
    session.do({ type: 'whitelist_hit', hit_id: 'hit-1', reason: 'Another person' })
    session.do({ type: 'process', rerun: true })
    answer()
    expect(hits()).toBe(1)
  })

  it('end with ids and tags only', () => {
    const session = completedSimple(simpleWorkflow())
    const last = deletedWebhook({ event_id: 'evt_last', state: session.state, at: session.now })
    expect(last).toMatchObject({ sequence: 4, type: 'kyc.session.deleted' })
    expect(Object.keys(JSON.parse(last.body).data).toSorted()).toEqual(
      [
        'client_id',
        'custom_tags',
        'occurred_at',
        'parent_session_id',
        'sequence',
        'session_id',
        'workflow_id',
      ].toSorted(),
    )
  })
})
