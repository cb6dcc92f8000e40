import { describe, expect, it } from 'vitest'
import type { SessionRow } from '../../../src/application/ports.ts'
import { auditView } from '../../../src/domain/session/audit-view.ts'
import { publicView } from '../../../src/domain/session/public-view.ts'
import { linkExpired, sessionRow } from '../../../src/domain/session/views.ts'
import { DAY_MS } from '../../../src/domain/time.ts'
import { PlayedSession, completedRich, completedSimple, notConfigured, update } from '../../support/fixtures/session.ts'
import { gatedWorkflow, richWorkflow, simpleWorkflow } from '../../support/fixtures/workflow.ts'

const viewOf = (session: PlayedSession) => publicView(session.state, session.workflow, session.now)

describe('what the person behind the link sees', () => {
  it('begins with start, goes through the steps, and ends with done', () => {
    const session = new PlayedSession(richWorkflow())
    expect(viewOf(session)).toMatchObject({
      status: 'draft',
      next_action: 'start',
      current_step_index: 0,
      total_steps: 6,
    })
    session.do({ type: 'start', consent: false, consent_version: null })
    expect(viewOf(session).next_action).toBe('start')
    session.do({ type: 'start', consent: true, consent_version: 'v1' })
    expect(viewOf(session)).toMatchObject({ status: 'active', next_action: 'complete_step' })
    expect(viewOf(completedRich(richWorkflow()))).toMatchObject({ status: 'completed', next_action: 'done' })
  })

  it('is the same for every later status: no answers, no documents, no verdict', () => {
    const session = completedRich(richWorkflow())
    const completed = viewOf(session)
    expect(JSON.stringify(completed)).not.toContain('Lovelace')
    expect(completed.steps_data.flatMap((step) => step.documents)).toEqual([])
    session.do(update({ status: 'rejected', reason: 'Forged' }))
    expect(viewOf(session)).toEqual(completed)
    session.do(update({ status: 'approved', reason: 'After all' }))
    expect(viewOf(session)).toEqual(completed)
  })

  it('reads "we are checking" where a validation step runs or blocked', () => {
    const session = new PlayedSession(gatedWorkflow())
    session.complete('wallets', { payout: { network: 'ethereum', address: '0x1' } })
    expect(viewOf(session)).toMatchObject({ status: 'active', next_action: 'wait' })
    session.answerJobs((check) => notConfigured(check, session.now))
    expect(viewOf(session)).toMatchObject({ status: 'completed', next_action: 'wait' })
  })

  it('has documents without hashes, and none that were replaced', () => {
    const session = new PlayedSession(richWorkflow())
    session.start()
    session.complete('person', { full_name: 'Ada', birth: '1985-12-10', country: 'GB' })
    session.upload({ document_type: 'id', side: 'front' })
    const second = session.upload({ document_type: 'id', side: 'front' })
    const documents = viewOf(session).steps_data[1]?.documents ?? []
    expect(documents.map((one) => one.doc_id)).toEqual([second])
    expect(documents[0]).not.toHaveProperty('sha256')
  })
})

describe('what lists and the trail show', () => {
  it('has the row that the directory stores', () => {
    const row: SessionRow = sessionRow(completedRich(richWorkflow()).state)
    expect(row).toMatchObject({
      status: 'completed',
      compliance_status: 'completed',
      completed_steps: 5,
      total_steps: 6,
      current_step_index: 6,
      subsessions: { total: 1, completed: 0 },
      open_corrections: 0,
    })
    expect(row).not.toHaveProperty('link')
  })

  it('knows a link that ran out in a status that does not expire', () => {
    const session = completedSimple(simpleWorkflow())
    expect(linkExpired(session.state, session.now)).toBe(false)
    expect(linkExpired(session.state, session.now + 8 * DAY_MS)).toBe(true)
  })

  it('names who did what, without link hashes or answers', () => {
    const session = completedRich(richWorkflow())
    session.do({ type: 'renew_link', ttl_days: null, nonce_hash: 'secret-hash' })
    session.do(update({ status: 'rejected', reason: 'Forged' }))
    const views = session.trail.map(auditView)
    expect(views.map((one) => one.sequence)).toEqual(views.map((_, index) => index + 1))
    expect(views.at(-1)).toMatchObject({
      type: 'status_changed',
      actor: { type: 'user', id: 'reviewer-7' },
      data: { from: 'completed', to: 'rejected', reason: 'Forged', changes: [] },
    })
    const text = JSON.stringify(views)
    expect(text).not.toContain('hash-1')
    expect(text).not.toContain('secret-hash')
    expect(text).not.toContain('Lovelace')
  })
})
