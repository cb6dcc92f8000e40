import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../src/domain/decision/check-results.ts'
import { isCheckOwnerOpen } from '../../../src/domain/session/check-owners.ts'
import { nextDeadline } from '../../../src/domain/session/deadlines.ts'
import { jobInputs, pendingJobs } from '../../../src/domain/session/pending-jobs.ts'
import { validationFor } from '../../../src/domain/session/validation.ts'
import { DAY_MS, MINUTE_MS } from '../../../src/domain/time.ts'
import type { CheckName } from '../../../src/domain/workflow/definition.ts'
import {
  PERSON,
  PlayedSession,
  clean,
  completedRich,
  completedSimple,
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

const processing = () => {
  const session = completedRich(richWorkflow())
  session.do({ type: 'process', rerun: false }, { id: 'run1' })
  return session
}
const answer = (session: PlayedSession, check: CheckName, result: CheckResult = clean(check, session.now)) => {
  const job = pendingJobs(session.state).find((one) => one.check === check)
  if (job === undefined) throw new Error(`${check} is not on its way`)
  session.do({ type: 'record_result', ...job, result })
  return job
}
const sent = (session: PlayedSession) =>
  pendingJobs(session.state)
    .map((job) => job.check)
    .toSorted()
const wallet = (address: string) => ({ payout: { network: 'ethereum', address } })
const validate = (checks: CheckName[] | null = null, explain_misses = false) =>
  ({ type: 'validate', checks, explain_misses }) as const

describe('a run', () => {
  it('begins with the checks that wait for nothing', () => {
    const session = processing()
    expect(session.state.status).toBe('processing')
    expect(session.state.run).toMatchObject({ run_id: 'run_run1', started_from: 'completed', closed_at: null })
    expect(sent(session)).toEqual(['crypto', 'extraction'])
    expect(pendingJobs(session.state).every((job) => /^[0-9a-f]{32}$/.test(job.job_id))).toBe(true)
    expect(session.state.run?.results.liveness?.state).toBe('ok')
    expect(nextDeadline(session.state)).toBe(session.now + 10 * MINUTE_MS)
  })

  it('lets the others go once extraction has read the documents', () => {
    const session = processing()
    const doc = session.state.documents[0]?.doc_id ?? ''
    const extraction = {
      doc_id: doc,
      document_type: 'id' as const,
      issuing_country: 'UTO',
      fields: {},
      mrz: null,
      quality: null,
      warnings: [],
    }
    answer(session, 'extraction', { state: 'ok', checked_at: session.now, provider: 'test', documents: [extraction] })
    expect(sent(session)).toEqual(['cross_validation', 'crypto', 'face_match', 'watchlists'])
    expect(session.state.documents[0]?.extraction).toEqual(extraction)
    const job = pendingJobs(session.state).find((one) => one.check === 'watchlists')
    const inputs = job === undefined ? null : jobInputs(session.state, session.workflow, job)
    expect(inputs?.previous.extraction?.documents).toHaveLength(1)
    expect(inputs?.subject.name).toBe('Ada Lovelace')
  })

  it('gives a job the same id in every order of results', () => {
    const one = processing()
    const other = processing()
    answer(one, 'crypto')
    answer(one, 'extraction')
    answer(other, 'extraction')
    const idOf = (session: PlayedSession) =>
      pendingJobs(session.state).find((job) => job.check === 'watchlists')?.job_id
    expect(idOf(one)).toBe(idOf(other))
  })

  it('decides with the last result, and only once', () => {
    const session = processing()
    const last = answer(session, 'crypto')
    session.answerJobs()
    expect(session.state.status).toBe('manual_review')
    expect(session.state.run?.closed_at).toBe(session.now)
    expect(session.do({ type: 'record_result', ...last, result: clean('crypto', session.now) })).toEqual([])
    expect(isCheckOwnerOpen(session.state, 'run_run1')).toBe(false)
  })

  it('ignores results of nobody and of other inputs', () => {
    const session = processing()
    const [job] = pendingJobs(session.state)
    if (job === undefined) throw new Error('no job')
    const result = clean(job.check, session.now)
    expect(session.do({ type: 'record_result', ...job, owner_id: 'run_other', result })).toEqual([])
    expect(session.do({ type: 'record_result', ...job, job_id: '0'.repeat(32), result })).toEqual([])
    expect(jobInputs(session.state, session.workflow, { ...job, job_id: '0'.repeat(32) })).toBeNull()
  })

  it('ends at its deadline with errors, and keeps a late result as evidence once', () => {
    const session = processing()
    const late = pendingJobs(session.state).find((job) => job.check === 'crypto')
    if (late === undefined) throw new Error('no job')
    expect(session.wait(10 * MINUTE_MS - 1).do({ type: 'close_overdue_runs' })).toEqual([])
    session.wait(1).do({ type: 'close_overdue_runs' })
    expect(session.state.status).toBe('manual_review')
    expect(session.state.processing_results?.external_validations.crypto).toMatchObject({ state: 'error' })
    expect(session.state.run?.jobs.every((job) => job.status === 'missed')).toBe(true)
    const kept = session.do({ type: 'record_result', ...late, result: clean('crypto', session.now) })
    expect(kept.map((event) => event.type)).toEqual(['late_result_kept'])
    expect(session.do({ type: 'record_result', ...late, result: clean('crypto', session.now) })).toEqual([])
    expect(session.state.processing_results?.external_validations.crypto?.state).toBe('error')
    expect(session.do({ type: 'close_overdue_runs' })).toEqual([])
  })

  it('ends a check as an error whose result the session cannot hold', () => {
    const session = processing()
    const huge = { ...notConfigured('crypto', session.now), message: 'x'.repeat(1_100_000) }
    answer(session, 'crypto', huge)
    expect(session.state.run?.results.crypto).toMatchObject({ state: 'error', addresses: [] })
  })

  it('is joined while it goes on, read when it is over, refused before', () => {
    const session = processing()
    expect(session.do({ type: 'process', rerun: false })).toEqual([])
    session.answerJobs()
    session.do(update({ status: 'approved' }))
    expect(session.do({ type: 'process', rerun: true })).toEqual([])
    const draft = new PlayedSession(simpleWorkflow())
    expect(draft.refusal({ type: 'process', rerun: false }).code).toBe('SESSION_NOT_COMPLETED')
    expect(session.refusal({ type: 'process', rerun: false }, { version: 1 }).code).toBe('VERSION_CONFLICT')
  })

  it('takes no verdict away from a rerun that cannot start', () => {
    const session = new PlayedSession(gatedWorkflow())
    session.complete('wallets', wallet('0x1'))
    session.answerJobs((check) => notConfigured(check, session.now))
    expect(session.refusal({ type: 'process', rerun: true }).code).toBe('SESSION_NOT_COMPLETED')
  })

  it('is not disturbed by a reviewer while it goes on', () => {
    const session = processing()
    expect(session.refusal(update({ status: 'approved' })).code).toBe('INVALID_STATUS_TRANSITION')
  })

  it('clears the old verdict when it starts anew', () => {
    const session = processing()
    session.answerJobs()
    session.do({ type: 'process', rerun: true })
    expect(session.state).toMatchObject({ status: 'processing', decision: null, final_decision: null })
  })

  it('approves nothing that could not be checked, whatever the default action', () => {
    const config = validationConfig({
      run_crypto: true,
      automation_rules: automationRules({ default_action: 'auto_approve' }),
    })
    const session = completedSimple(simpleWorkflow({ validation_config: config }))
    session.do({ type: 'process', rerun: false })
    session.answerJobs((check) => notConfigured(check, session.now))
    expect(session.state).toMatchObject({ status: 'manual_review', final_decision: 'manual_review' })
  })
})

describe('a validation', () => {
  it('never touches status, risk or decision, and answers its caller', () => {
    const session = completedRich(richWorkflow())
    const before = session.state
    session.do(validate(['crypto', 'watchlists']), { id: 'v1' })
    expect(sent(session)).toEqual(['crypto', 'watchlists'])
    session.answerJobs()
    expect(session.state).toMatchObject({
      status: before.status,
      risk_score: null,
      decision: null,
      processing_results: null,
    })
    expect(session.state.validations).toMatchObject([{ validation_id: 'val_v1', status: 'completed', step_id: null }])
    expect(
      validationFor(session.state, session.workflow, validate(['crypto', 'watchlists']), 'v1')?.validation_id,
    ).toBe('val_v1')
  })

  it('joins the same set that runs already', () => {
    const session = completedRich(richWorkflow())
    session.do(validate(['watchlists', 'crypto']), { id: 'v1' })
    expect(session.do(validate(['crypto', 'watchlists']), { id: 'v2' })).toEqual([])
    expect(
      validationFor(session.state, session.workflow, validate(['crypto', 'watchlists']), 'v2')?.validation_id,
    ).toBe('val_v1')
    session.do(validate(['crypto', 'watchlists'], true), { id: 'v3' })
    expect(session.state.validations).toHaveLength(2)
  })

  it('asks for what the workflow asks for when nothing is named', () => {
    const session = completedRich(richWorkflow())
    session.do(validate())
    expect(session.state.validations[0]?.jobs.map((job) => job.check).toSorted()).toEqual([
      'cross_validation',
      'crypto',
      'extraction',
      'face_match',
      'watchlists',
    ])
    const none = new PlayedSession(simpleWorkflow())
    expect(none.refusal(validate()).details).toMatchObject([{ path: 'validations' }])
  })

  it('waits while the session is processed', () => {
    expect(processing().refusal(validate(['crypto'])).code).toBe('INVALID_REQUEST')
  })

  it('ends at its deadline', () => {
    const session = completedSimple(simpleWorkflow())
    session.do(validate(['crypto']))
    expect(nextDeadline(session.state)).toBe(session.now + 10 * MINUTE_MS)
    session.wait(DAY_MS).do({ type: 'close_overdue_runs' })
    expect(session.state.validations[0]).toMatchObject({ status: 'completed', results: { crypto: { state: 'error' } } })
  })

  it('is kept among the latest 20', () => {
    const session = completedSimple(simpleWorkflow())
    for (let count = 0; count < 25; count += 1) {
      session.do(validate(['crypto']))
      session.answerJobs()
    }
    expect(session.state.validations).toHaveLength(20)
  })
})

describe('a validation step', () => {
  const gated = () => {
    const session = new PlayedSession(gatedWorkflow())
    session.complete('wallets', wallet('0x1'))
    return session
  }
  const gate = (session: PlayedSession) => session.state.steps[1]

  it('runs when the flow reaches it, and keeps later steps shut meanwhile', () => {
    const session = gated()
    expect(gate(session)?.status).toBe('in_progress')
    expect(session.refusal({ type: 'complete_step', step_id: 'more', form_data: null }).code).toBe('STEP_LOCKED')
    expect(session.refusal({ type: 'complete_step', step_id: 'gate', form_data: null }).code).toBe('STEP_INCOMPLETE')
    expect(session.refusal({ type: 'skip_step', step_id: 'gate' }).code).toBe('INVALID_REQUEST')
  })

  it('opens the way when nothing blocks', () => {
    const session = gated()
    session.answerJobs()
    expect(gate(session)?.status).toBe('completed')
    session.complete('more')
    expect(session.state.status).toBe('completed')
  })

  it('says why it blocked', () => {
    const session = gated()
    session.answerJobs((check) => notConfigured(check, session.now))
    expect(session.trail.at(-1)?.event).toMatchObject({ by: 'blocking_result', reason: 'Step gate: check_error' })
  })

  it('looks again when what it looked at has changed', () => {
    const session = gated()
    session.answerJobs()
    session.complete('wallets', wallet('0x2'))
    expect(gate(session)?.status).toBe('in_progress')
    const [job] = pendingJobs(session.state)
    expect(job && jobInputs(session.state, session.workflow, job)?.wallets).toMatchObject([{ address: '0x2' }])
  })

  it('drops what it was looking at when that changes meanwhile', () => {
    const session = gated()
    const [old] = pendingJobs(session.state)
    session.complete('wallets', wallet('0x2'))
    expect(pendingJobs(session.state)).toHaveLength(1)
    if (old === undefined) throw new Error('no job')
    session.do({ type: 'record_result', ...old, result: clean('crypto', session.now) })
    expect(gate(session)?.status).toBe('in_progress')
  })

  it('is not passed unseen when the session expired while it ran', () => {
    const session = gated()
    session.do(update({ status: 'expired' }))
    session.answerJobs((check) => notConfigured(check, session.now))
    expect(session.state.status).toBe('expired')
    expect(gate(session)?.status).toBe('in_progress')
    session.do({ type: 'extend', ttl_days: 1, expires_at: null })
    expect(pendingJobs(session.state)).toHaveLength(1)
    session.answerJobs((check) => notConfigured(check, session.now))
    expect(session.state.status).toBe('manual_review')
  })

  it('goes on after a reviewer let the session through', () => {
    const session = gated()
    session.answerJobs((check) => notConfigured(check, session.now))
    session.do(update({ status: 'active' }))
    session.complete('more')
    expect(session.state.status).toBe('completed')
  })

  it('runs at the start when it is the first step', () => {
    const [, step] = gatedWorkflow().steps
    if (step === undefined) throw new Error('fixture')
    const session = new PlayedSession({ ...gatedWorkflow(), steps: [{ ...step, order: 1 }] })
    session.start()
    expect(pendingJobs(session.state)).toHaveLength(1)
    session.answerJobs()
    expect(session.state.status).toBe('completed')
  })
})

describe('liveness', () => {
  const atLiveness = () => {
    const session = new PlayedSession(richWorkflow())
    session.start()
    session.complete('person', PERSON)
    session.upload({ document_type: 'passport' })
    session.complete('identity')
    session.upload({ step_id: 'selfie' })
    session.complete('selfie')
    return session
  }
  const begin = (session: PlayedSession, nonce: string) =>
    session.do({ type: 'start_liveness', step_id: 'alive', nonce, challenges: ['blink'] })
  const step = (session: PlayedSession) => session.state.steps[3]

  it('keeps the open challenge when it is asked for twice', () => {
    const session = atLiveness()
    begin(session, 'n1')
    expect(begin(session, 'n2')).toEqual([])
    expect(step(session)?.liveness).toMatchObject({
      used: 1,
      open: { nonce: 'n1', expires_at: session.now + 5 * MINUTE_MS },
    })
  })

  it('is done as failed once every attempt is used up', () => {
    const session = atLiveness()
    for (const nonce of ['n1', 'n2', 'n3']) {
      begin(session, nonce)
      session.wait(6 * MINUTE_MS)
    }
    begin(session, 'n4')
    expect(step(session)).toMatchObject({
      status: 'completed',
      liveness: { used: 3, open: null, result: { passed: false, state: 'ok' } },
    })
  })

  it('takes frames of its own challenge only', () => {
    const session = atLiveness()
    const early = session.upload({ step_id: 'alive' })
    session.wait(1)
    begin(session, 'n1')
    const complete = (nonce: string, frames: string[]) =>
      ({ type: 'complete_liveness', step_id: 'alive', nonce, frame_doc_ids: frames, verdict: PASSED_FRAMES }) as const
    expect(session.refusal(complete('other', [])).details).toMatchObject([{ path: 'nonce' }])
    expect(session.refusal(complete('n1', [])).details).toMatchObject([{ path: 'frame_doc_ids' }])
    expect(session.refusal(complete('n1', [early])).details).toMatchObject([{ path: 'frame_doc_ids[0]' }])
    const frame = session.upload({ step_id: 'alive' })
    session.do(complete('n1', [frame]))
    expect(step(session)).toMatchObject({
      status: 'completed',
      liveness: { result: { state: 'ok', passed: true, confidence: 92 } },
    })
    expect(session.do({ type: 'start_liveness', step_id: 'alive', nonce: 'n9', challenges: [] })).toEqual([])
  })

  it('leaves the step open after frames that were refused, until the attempts are used up', () => {
    const session = atLiveness()
    const refused = { ...PASSED_FRAMES, passed: false, confidence: 12, reasons: ['movement_missing'] }
    for (const nonce of ['n1', 'n2', 'n3']) {
      expect(step(session)?.status).not.toBe('completed')
      begin(session, nonce)
      const frame = session.upload({ step_id: 'alive' })
      session.do({ type: 'complete_liveness', step_id: 'alive', nonce, frame_doc_ids: [frame], verdict: refused })
    }
    expect(step(session)).toMatchObject({
      status: 'completed',
      liveness: { used: 3, result: { state: 'ok', passed: false, attempts: 3, reasons: ['movement_missing'] } },
    })
  })

  it('is done where nothing could judge the frames, and that is no pass', () => {
    const session = atLiveness()
    begin(session, 'n1')
    const frame = session.upload({ step_id: 'alive' })
    const verdict = { ...PASSED_FRAMES, state: 'error' as const, passed: false, confidence: null }
    session.do({ type: 'complete_liveness', step_id: 'alive', nonce: 'n1', frame_doc_ids: [frame], verdict })
    expect(step(session)).toMatchObject({
      status: 'completed',
      liveness: { result: { state: 'error', passed: false } },
    })
  })

  it('ends a challenge after five minutes', () => {
    const session = atLiveness()
    begin(session, 'n1')
    session.wait(5 * MINUTE_MS)
    const late = {
      type: 'complete_liveness' as const,
      step_id: 'alive',
      nonce: 'n1',
      frame_doc_ids: ['x'],
      verdict: PASSED_FRAMES,
    }
    expect(session.refusal(late).message).toContain('run out')
  })
})
