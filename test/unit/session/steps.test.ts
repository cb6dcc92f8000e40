import { describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../../../src/domain/time.ts'
import { currentStepIndex } from '../../../src/domain/session/steps.ts'
import {
  PERSON,
  PlayedSession,
  completedRich,
  completedSimple,
  confirm,
  subsession,
  update,
  PASSED_FRAMES,
} from '../../support/fixtures/session.ts'
import { documentRequirement, richWorkflow, simpleWorkflow, workflowOf } from '../../support/fixtures/workflow.ts'

const started = () => {
  const session = new PlayedSession(richWorkflow())
  session.start()
  return session
}
const stepOf = (session: PlayedSession, stepId: string) => session.state.steps.find((step) => step.step_id === stepId)
const pathsOf = (error: { details?: readonly { path: string }[] }) => (error.details ?? []).map((one) => one.path)

describe('starting', () => {
  it('keeps the consent that was shown, once', () => {
    const session = started()
    expect(session.state.consent).toEqual({ version: 'v1', accepted_at: session.now })
    expect(session.do({ type: 'start', consent: true, consent_version: 'v1' })).toEqual([])
  })

  it('refuses consent to another text than the workflow has', () => {
    const session = new PlayedSession(richWorkflow())
    for (const version of ['v0', null]) {
      expect(session.refusal({ type: 'start', consent: true, consent_version: version })).toMatchObject({
        code: 'INVALID_REQUEST',
        details: [{ path: 'consent_version' }],
      })
    }
    expect(session.state.status).toBe('draft')
  })

  it('starts without consent, but hands nothing in before it', () => {
    const session = new PlayedSession(richWorkflow())
    session.do({ type: 'start', consent: false, consent_version: null })
    expect(session.refusal({ type: 'complete_step', step_id: 'person', form_data: PERSON })).toMatchObject({
      code: 'INVALID_REQUEST',
      details: [{ path: 'consent' }],
    })
    session.do({ type: 'save_step', step_id: 'person', form_data: { country: 'GB' } })
    expect(stepOf(session, 'person')).toMatchObject({ status: 'in_progress', form_data: { country: 'GB' } })
  })

  it('is over when the link is, whatever the status', () => {
    const draft = started()
    draft.wait(8 * DAY_MS)
    expect(draft.refusal({ type: 'start', consent: false, consent_version: null }).code).toBe('LINK_EXPIRED')
    const done = completedSimple(simpleWorkflow())
    expect(done.refusal({ type: 'start', consent: false, consent_version: null }).code).toBe('SESSION_CLOSED')
    done.wait(8 * DAY_MS)
    expect(done.refusal({ type: 'start', consent: false, consent_version: null }).code).toBe('LINK_EXPIRED')
  })
})

describe('steps in their order', () => {
  it('keeps a step shut until the required ones before it are done', () => {
    const session = started()
    expect(session.refusal({ type: 'complete_step', step_id: 'selfie', form_data: null })).toMatchObject({
      code: 'STEP_LOCKED',
    })
    expect(session.refusal({ type: 'save_step', step_id: 'extras', form_data: {} }).message).toContain('person')
  })

  it('does not know other steps', () => {
    expect(started().refusal({ type: 'save_step', step_id: 'nowhere', form_data: {} }).code).toBe('STEP_NOT_FOUND')
  })

  it('skips optional steps only', () => {
    const session = started()
    expect(session.refusal({ type: 'skip_step', step_id: 'person' }).code).toBe('INVALID_REQUEST')
    const rich = completedRich(richWorkflow())
    expect(stepOf(rich, 'extras')).toMatchObject({ status: 'skipped', completed_at: null })
    expect(rich.state.status).toBe('completed')
    expect(rich.do({ type: 'skip_step', step_id: 'extras' })).toEqual([])
  })

  it('moves the current step along', () => {
    const session = started()
    expect(currentStepIndex(session.state)).toBe(0)
    session.complete('person', PERSON)
    expect(currentStepIndex(session.state)).toBe(1)
    expect(currentStepIndex(completedRich(richWorkflow()).state)).toBe(6)
  })
})

describe('a form', () => {
  it('names each missing answer', () => {
    const error = started().refusal({ type: 'complete_step', step_id: 'person', form_data: { full_name: 'Ada' } })
    expect(error.code).toBe('STEP_INCOMPLETE')
    expect(pathsOf(error)).toEqual(['form_data.birth', 'form_data.country'])
  })

  it('asks for what an answer reveals, and drops what it hides', () => {
    const session = started()
    const shown = session.refusal({ type: 'complete_step', step_id: 'person', form_data: { ...PERSON, is_pep: true } })
    expect(pathsOf(shown)).toEqual(['form_data.pep_role'])
    session.complete('person', { ...PERSON, is_pep: false, pep_role: 'Minister' })
    expect(stepOf(session, 'person')?.form_data).toEqual({ ...PERSON, is_pep: false })
  })

  it('saves by top-level field, by key or id, and null takes an answer back', () => {
    const session = started()
    session.do({ type: 'save_step', step_id: 'person', form_data: { date_of_birth: '1985-12-10', country: 'GB' } })
    session.do({ type: 'save_step', step_id: 'person', form_data: { full_name: 'Ada', country: null } })
    expect(stepOf(session, 'person')?.form_data).toEqual({ birth: '1985-12-10', full_name: 'Ada' })
    session.complete('person', { country: 'FR' })
    expect(stepOf(session, 'person')?.form_data).toEqual({ birth: '1985-12-10', full_name: 'Ada', country: 'FR' })
  })

  it('refuses what it does not know and what does not fit', () => {
    const session = started()
    const unknown = session.refusal({ type: 'save_step', step_id: 'person', form_data: { shoe_size: 42 } })
    expect(unknown.code).toBe('INVALID_REQUEST')
    expect(pathsOf(unknown)).toEqual(['form_data.shoe_size'])
    const wrong = session.refusal({ type: 'save_step', step_id: 'person', form_data: { birth: '1985-02-30' } })
    expect(pathsOf(wrong)).toEqual(['form_data.birth'])
  })

  it('takes a key named __proto__ for a field it does not know', () => {
    const hostile: Record<string, string> = Object.fromEntries([['__proto__', 'x']])
    const error = started().refusal({ type: 'complete_step', step_id: 'person', form_data: { ...PERSON, ...hostile } })
    expect(pathsOf(error)).toContain('form_data.__proto__')
  })

  it('does nothing when it is saved or completed again with equal data', () => {
    const session = started()
    session.complete('person', PERSON)
    expect(session.complete('person', PERSON)).toEqual([])
    expect(session.complete('person')).toEqual([])
    expect(session.do({ type: 'save_step', step_id: 'person', form_data: { country: 'GB' } })).toEqual([])
  })

  it('is in progress again when a done one is changed, and later steps wait for it', () => {
    const session = started()
    session.complete('person', PERSON)
    session.do({ type: 'save_step', step_id: 'person', form_data: { full_name: null } })
    expect(stepOf(session, 'person')).toMatchObject({ status: 'in_progress', completed_at: null })
    expect(session.refusal({ type: 'complete_step', step_id: 'identity', form_data: null }).code).toBe('STEP_LOCKED')
  })

  it('answers the last completion again after the session closed, but not for long and not with other data', () => {
    const session = completedSimple(simpleWorkflow())
    expect(session.complete('person', { full_name: 'Ada' })).toEqual([])
    expect(session.refusal({ type: 'complete_step', step_id: 'person', form_data: { full_name: 'Bob' } }).code).toBe(
      'SESSION_CLOSED',
    )
    session.wait(11 * MINUTE_MS)
    expect(session.refusal({ type: 'complete_step', step_id: 'person', form_data: { full_name: 'Ada' } }).code).toBe(
      'SESSION_CLOSED',
    )
  })

  it('cannot be stuffed beyond the cap of a session', () => {
    const session = new PlayedSession(simpleWorkflow())
    session.do(update({ notes: 'n'.repeat(1_000_000) }))
    const error = session.refusal(update({ notes: 'n'.repeat(60_000) }))
    expect(error).toMatchObject({ code: 'INVALID_REQUEST' })
    expect(error.message).toContain('1048576')
  })
})

describe('other steps', () => {
  it('name the missing side of a document', () => {
    const session = started()
    session.complete('person', PERSON)
    session.upload({ document_type: 'id', side: 'front' })
    const error = session.refusal({ type: 'complete_step', step_id: 'identity', form_data: null })
    expect(error.code).toBe('STEP_INCOMPLETE')
    expect(pathsOf(error)).toEqual(['documents.id.back'])
  })

  it('ask for no back once a passport is there', () => {
    const session = started()
    session.complete('person', PERSON)
    session.upload({ document_type: 'passport' })
    session.complete('identity')
    expect(stepOf(session, 'identity')?.status).toBe('completed')
  })

  it('take no announced, refused or replaced document for one that is there', () => {
    const workflow = workflowOf([
      {
        step_id: 'identity',
        order: 1,
        name: 'identity',
        required: true,
        description: null,
        instructions: null,
        type: 'document_upload',
        document_requirements: [documentRequirement('passport')],
      },
    ])
    const session = new PlayedSession(workflow)
    const pending = session.announce({ document_type: 'passport' })
    const asked = { type: 'complete_step', step_id: 'identity', form_data: null } as const
    expect(session.refusal(asked).code).toBe('STEP_INCOMPLETE')
    session.do(confirm(pending, { size: 1, sha256: 'b'.repeat(64), mime_type: 'image/jpeg', problem: null }))
    expect(session.refusal(asked).code).toBe('STEP_INCOMPLETE')
  })

  it('want a selfie, a liveness result and enough subsessions', () => {
    const session = started()
    session.complete('person', PERSON)
    session.upload({ document_type: 'passport' })
    session.complete('identity')
    const refusal = (stepId: string) =>
      pathsOf(session.refusal({ type: 'complete_step', step_id: stepId, form_data: null }))
    expect(refusal('selfie')).toEqual(['documents.selfie'])
    session.upload({ step_id: 'selfie' })
    session.complete('selfie')
    expect(refusal('alive')).toEqual(['liveness'])
    session.do({ type: 'start_liveness', step_id: 'alive', nonce: 'n', challenges: [] })
    const frame = session.upload({ step_id: 'alive' })
    session.do({
      type: 'complete_liveness',
      step_id: 'alive',
      nonce: 'n',
      frame_doc_ids: [frame],
      verdict: PASSED_FRAMES,
    })
    expect(refusal('owners')).toEqual(['subsessions'])
    session.do(subsession('child-1'))
    session.complete('owners')
    expect(currentStepIndex(session.state)).toBe(5)
  })

  it('take no form data where there is no form', () => {
    const session = started()
    session.complete('person', PERSON)
    expect(session.refusal({ type: 'complete_step', step_id: 'identity', form_data: { a: 1 } })).toMatchObject({
      code: 'INVALID_REQUEST',
      details: [{ path: 'form_data' }],
    })
  })

  it('wait for every subsession to finish where the step says so', () => {
    const [first] = richWorkflow().steps.filter((step) => step.type === 'subsession_collection')
    if (first === undefined) throw new Error('fixture')
    const session = new PlayedSession(workflowOf([{ ...first, order: 1, require_completion: true }]))
    session.do(subsession('child-1'))
    expect(pathsOf(session.refusal({ type: 'complete_step', step_id: 'owners', form_data: null }))).toEqual([
      'subsessions.child-1',
    ])
    session.do({
      type: 'note_subsession',
      session_id: 'child-1',
      known_version: 5,
      status: 'completed',
      final_decision: null,
      risk_score: null,
      completed_steps: 1,
      total_steps: 1,
      expires_at: session.now,
    })
    session.complete('owners')
    expect(session.state.status).toBe('completed')
  })
})
