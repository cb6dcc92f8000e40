import { describe, expect, it } from 'vitest'
import { publicView } from '../../../src/domain/session/public-view.ts'
import { DAY_MS } from '../../../src/domain/time.ts'
import {
  PERSON,
  PlayedSession,
  announce,
  clean,
  completedRich,
  completedSimple,
  corrections,
  notConfigured,
  update,
  PASSED_FRAMES,
} from '../../support/fixtures/session.ts'
import {
  automationRules,
  gatedWorkflow,
  richWorkflow,
  simpleWorkflow,
  validationConfig,
} from '../../support/fixtures/workflow.ts'

const rich = () => completedRich(richWorkflow())
const stepOf = (session: PlayedSession, stepId: string) => session.state.steps.find((step) => step.step_id === stepId)
const complete = (stepId: string, formData: Record<string, string | boolean | null> | null = null) =>
  ({ type: 'complete_step', step_id: stepId, form_data: formData }) as const

describe('asking for corrections', () => {
  it('opens the named steps and clears the verdict', () => {
    const session = rich()
    session.do({ type: 'process', rerun: false })
    session.answerJobs()
    expect(session.state.processing_results?.final_decision).not.toBeNull()
    session.correct('person', ['date_of_birth'])
    expect(session.state).toMatchObject({ status: 'awaiting_client_correction', decision: null, final_decision: null })
    expect(session.state.processing_results).toMatchObject({ final_decision: null, superseded_at: session.now })
    expect(stepOf(session, 'person')?.status).toBe('needs_correction')
    expect(session.state.corrections[0]).toMatchObject({
      round: 1,
      field_ids: ['birth'],
      status: 'open',
      requested_by: { id: 'reviewer-7' },
    })
    expect(session.webhooks.at(-1)).toMatchObject({ type: 'kyc.session.corrections_requested' })
  })

  it('is refused for what is not there', () => {
    const session = rich()
    expect(session.refusal(corrections([{ step_id: 'nowhere' }]))).toMatchObject({
      code: 'STEP_NOT_FOUND',
      details: [{ path: 'corrections[0].step_id' }],
    })
    expect(session.refusal(corrections([{ step_id: 'person', field_ids: ['shoe'] }]))).toMatchObject({
      code: 'INVALID_REQUEST',
      details: [{ path: 'corrections[0].field_ids[0]' }],
    })
    expect(session.refusal(corrections([{ step_id: 'identity', document_types: ['selfie'] }]))).toMatchObject({
      details: [{ path: 'corrections[0].document_types[0]' }],
    })
    expect(session.refusal(corrections([])).code).toBe('INVALID_REQUEST')
  })

  it.each(['draft', 'active'] as const)('is no move from %s', (status) => {
    const session = new PlayedSession(simpleWorkflow())
    if (status === 'active') session.start()
    expect(session.refusal(corrections([{ step_id: 'person' }]))).toMatchObject({ code: 'INVALID_STATUS_TRANSITION' })
  })

  it('needs a link that works', () => {
    const session = rich()
    session.wait(8 * DAY_MS)
    expect(session.refusal(corrections([{ step_id: 'person' }])).code).toBe('LINK_EXPIRED')
    session.do(corrections([{ step_id: 'person' }], 'cor_', 2))
    expect(session.state.expires_at).toBe(session.now + 2 * DAY_MS)
  })

  it('is refused to a reviewer who saw an older version', () => {
    const session = rich()
    expect(session.refusal(corrections([{ step_id: 'person' }]), { version: session.state.version - 1 }).code).toBe(
      'VERSION_CONFLICT',
    )
  })

  it('adds items to a round that is open', () => {
    const session = rich()
    session.correct('person', ['birth'])
    session.correct('selfie')
    expect(session.state.corrections.map((item) => [item.round, item.step_id])).toEqual([
      [1, 'person'],
      [2, 'selfie'],
    ])
    session.complete('person', { birth: '1985-12-11' })
    expect(session.state.status).toBe('awaiting_client_correction')
    session.complete('selfie')
    expect(session.state.status).toBe('completed')
  })
})

describe('correcting', () => {
  it('wants each listed field sent, an equal value too, and keeps what was there', () => {
    const session = rich()
    session.correct('person', ['birth', 'country'])
    const error = session.refusal(complete('person', { birth: '1990-01-01' }))
    expect(error).toMatchObject({ code: 'STEP_INCOMPLETE', details: [{ path: 'form_data.country' }] })
    session.complete('person', { birth: '1990-01-01', country: 'GB' })
    expect(session.state.status).toBe('completed')
    const [item] = session.state.corrections
    expect(item).toMatchObject({ status: 'resolved', resolved_at: session.now })
    expect(
      item?.changes.map((change) => [change.field_id, change.old_value, change.new_value, change.by.type]),
    ).toEqual([
      ['birth', '1985-12-10', '1990-01-01', 'end_user'],
      ['country', 'GB', 'GB', 'end_user'],
    ])
  })

  it('counts what was saved before it is handed in, with the oldest value kept', () => {
    const session = rich()
    session.correct('person', ['birth'])
    session.do({ type: 'save_step', step_id: 'person', form_data: { birth: '1990-01-01' } })
    session.do({ type: 'save_step', step_id: 'person', form_data: { birth: '1990-01-02' } })
    session.complete('person')
    expect(session.state.corrections[0]?.changes).toMatchObject([{ old_value: '1985-12-10', new_value: '1990-01-02' }])
  })

  it('leaves the rest shut, but takes it unchanged', () => {
    const session = rich()
    session.correct('person', ['birth'])
    for (const type of ['save_step', 'complete_step'] as const) {
      const error = session.refusal({ type, step_id: 'person', form_data: { birth: '1990-01-01', country: 'FR' } })
      expect(error).toMatchObject({ code: 'FIELD_NOT_OPEN_FOR_CORRECTION', details: [{ path: 'form_data.country' }] })
    }
    expect(session.refusal({ type: 'save_step', step_id: 'extras', form_data: {} }).code).toBe(
      'FIELD_NOT_OPEN_FOR_CORRECTION',
    )
    session.complete('person', { ...PERSON, birth: '1990-01-01' })
    expect(session.state.status).toBe('completed')
  })

  it('opens what a corrected field reveals', () => {
    const session = rich()
    session.correct('person', ['is_pep'])
    expect(session.refusal(complete('person', { is_pep: true }))).toMatchObject({
      code: 'STEP_INCOMPLETE',
      details: [{ path: 'form_data.pep_role' }],
    })
    session.complete('person', { is_pep: true, pep_role: 'Mayor' })
    expect(session.state.corrections[0]?.changes.map((change) => change.field_id)).toEqual(['is_pep', 'pep_role'])
  })

  it('wants a new document of each listed type, and no others', () => {
    const session = rich()
    session.correct('identity', [], ['id'])
    expect(session.refusal(announce({ document_type: 'proof_of_address' })).code).toBe('FIELD_NOT_OPEN_FOR_CORRECTION')
    expect(session.refusal(complete('identity'))).toMatchObject({
      code: 'STEP_INCOMPLETE',
      details: [{ path: 'documents.id' }],
    })
    const old = session.state.documents.find((one) => one.side === 'front' && one.step_id === 'identity')
    const doc = session.upload({ document_type: 'id', side: 'front' })
    session.complete('identity')
    expect(session.state.documents.find((one) => one.doc_id === old?.doc_id)?.replaced_by).toBe(doc)
    expect(session.state.corrections[0]?.changes).toMatchObject([
      { document_type: 'id', old_value: [old?.doc_id], new_value: doc },
    ])
  })

  it('removes only documents of its own round', () => {
    const session = rich()
    session.correct('identity', [], ['id'])
    const old = session.state.documents.find((one) => one.side === 'back')
    expect(session.refusal({ type: 'remove_document', doc_id: old?.doc_id ?? '' }).code).toBe(
      'FIELD_NOT_OPEN_FOR_CORRECTION',
    )
    const doc = session.upload({ document_type: 'id', side: 'front' })
    session.do({ type: 'remove_document', doc_id: doc })
    expect(session.refusal(complete('identity')).code).toBe('STEP_INCOMPLETE')
  })

  it('asks for liveness anew', () => {
    const session = rich()
    session.correct('alive')
    expect(session.refusal(complete('alive')).code).toBe('STEP_INCOMPLETE')
    session.do({ type: 'start_liveness', step_id: 'alive', nonce: 'n2', challenges: [] })
    const frame = session.upload({ step_id: 'alive' })
    session.do({
      type: 'complete_liveness',
      step_id: 'alive',
      nonce: 'n2',
      frame_doc_ids: [frame],
      verdict: PASSED_FRAMES,
    })
    expect(session.state.status).toBe('completed')
  })

  it('shows the person only what was asked for', () => {
    const session = rich()
    session.correct('person', ['birth'])
    const view = publicView(session.state, session.workflow, session.now)
    expect(view).toMatchObject({
      status: 'awaiting_client_correction',
      next_action: 'correct',
      total_steps: 6,
      current_step_index: 0,
    })
    expect(view.steps_data).toHaveLength(1)
    expect(view.steps_data[0]).toMatchObject({ step_id: 'person', order: 1, form_data: { birth: '1985-12-10' } })
    expect(view.corrections).toMatchObject([{ message: 'Please look at this again.' }])
    expect(JSON.stringify(view)).not.toContain('reviewer')
  })

  it('is processed again by itself where the workflow says so', () => {
    const rules = automationRules({ auto_process: true, default_action: 'manual_review' })
    const session = completedSimple(
      simpleWorkflow({ validation_config: validationConfig({ automation_rules: rules }) }),
    )
    expect(session.state.status).toBe('manual_review')
    session.correct('person')
    session.complete('person', { full_name: 'Ada L' })
    expect(session.state.status).toBe('manual_review')
    expect(session.webhooks.map((one) => one.type).slice(-4)).toEqual([
      'kyc.session.corrections_resolved',
      'kyc.session.completed',
      'kyc.session.processed',
      'kyc.session.manual_review',
    ])
  })

  it('leads back to an open session where steps are left, and the gate looks again', () => {
    const session = new PlayedSession(gatedWorkflow())
    session.complete('wallets', { payout: { network: 'ethereum', address: '0x1' } })
    session.answerJobs((check) => notConfigured(check, session.now))
    expect(session.state.status).toBe('manual_review')
    expect(session.refusal(corrections([{ step_id: 'gate' }])).code).toBe('INVALID_REQUEST')
    expect(session.refusal(corrections([{ step_id: 'more' }])).code).toBe('INVALID_REQUEST')
    session.correct('wallets')
    session.complete('wallets', { payout: { network: 'ethereum', address: '0x2' } })
    expect(session.state.status).toBe('active')
    expect(stepOf(session, 'gate')?.status).toBe('in_progress')
    session.answerJobs((check) => clean(check, session.now))
    expect(stepOf(session, 'gate')?.status).toBe('completed')
    session.complete('more')
    expect(session.state.status).toBe('completed')
  })
})

describe('a reviewer who decides meanwhile', () => {
  it('cancels what is open, and the last handed-in data stands', () => {
    const session = rich()
    session.correct('person', ['birth', 'country'])
    session.do({ type: 'save_step', step_id: 'person', form_data: { birth: null, country: 'FR' } })
    session.do(update({ status: 'approved' }))
    expect(session.state.corrections[0]).toMatchObject({ status: 'cancelled', resolved_at: session.now })
    expect(stepOf(session, 'person')).toMatchObject({ status: 'completed', form_data: PERSON })
  })

  it('puts the liveness result back that the round had asked for anew', () => {
    const session = rich()
    const before = stepOf(session, 'alive')?.liveness
    session.correct('alive')
    session.do({ type: 'start_liveness', step_id: 'alive', nonce: 'n2', challenges: [] })
    session.do(update({ status: 'approved' }))
    expect(stepOf(session, 'alive')).toMatchObject({ status: 'completed', liveness: before })
  })

  it('puts the documents back that the round had replaced', () => {
    const session = rich()
    const old = session.state.documents.find((one) => one.side === 'front' && one.step_id === 'identity')?.doc_id
    session.correct('identity', [], ['id'])
    const brought = [
      session.upload({ document_type: 'id', side: 'front' }),
      session.upload({ document_type: 'id', side: 'front' }),
    ]
    session.do(update({ status: 'approved' }))
    const replacedBy = (id: string | undefined) => session.state.documents.find((one) => one.doc_id === id)?.replaced_by
    expect(replacedBy(old)).toBeNull()
    expect(brought.map(replacedBy)).toEqual([old, old])
  })

  it('leaves them open when the session is only made to expire', () => {
    const session = rich()
    session.correct('person')
    session.do(update({ status: 'expired' }))
    session.do({ type: 'renew_link', ttl_days: null, nonce_hash: 'h2' })
    expect(session.state.status).toBe('awaiting_client_correction')
    expect(session.state.corrections[0]?.status).toBe('open')
  })
})
