import { describe, expect, it } from 'vitest'
import { nextDeadline } from '../../../src/domain/session/deadlines.ts'
import { rejectionOf } from '../../../src/domain/session/rejection.ts'
import { DAY_MS, MINUTE_MS } from '../../../src/domain/time.ts'
import { PERSON, PlayedSession, announce, confirm } from '../../support/fixtures/session.ts'
import { richWorkflow } from '../../support/fixtures/workflow.ts'

const atIdentity = () => {
  const session = new PlayedSession(richWorkflow())
  session.start()
  session.complete('person', PERSON)
  return session
}
const documentOf = (session: PlayedSession, docId: string) =>
  session.state.documents.find((one) => one.doc_id === docId)
const front = { document_type: 'id', side: 'front' } as const

describe('announcing an upload', () => {
  it.each([
    ['a document the step does not ask for', { document_type: 'company_charter' }, 'document_type'],
    ['no document type', { document_type: null }, 'document_type'],
    ['a missing side', { document_type: 'id' }, 'side'],
    ['a side where there is none', { document_type: 'proof_of_address', side: 'front' }, 'side'],
    ['a field in a document step', { document_type: 'id', side: 'front', field_id: 'bill' }, 'field_id'],
    ['a type that nobody takes', { ...front, mime_type: 'image/gif' }, 'mime_type'],
    ['more than 15 MiB', { ...front, size: 15 * 1024 * 1024 + 1 }, 'size'],
    ['no bytes', { ...front, size: 0 }, 'size'],
    ['a document type in a form', { step_id: 'person', document_type: 'selfie' }, 'document_type'],
    ['a field that takes no files', { step_id: 'person', field_id: 'country' }, 'field_id'],
  ] as const)('refuses %s', (_case, changes, path) => {
    expect(atIdentity().refusal(announce(changes))).toMatchObject({ code: 'INVALID_REQUEST', details: [{ path }] })
  })

  it('takes pictures only as a selfie', () => {
    const session = atIdentity()
    session.upload({ document_type: 'passport' })
    session.complete('identity')
    expect(session.refusal(announce({ step_id: 'selfie', mime_type: 'application/pdf' }))).toMatchObject({
      details: [{ path: 'mime_type' }],
    })
    expect(documentOf(session, session.announce({ step_id: 'selfie' }))?.document_type).toBe('selfie')
  })

  it('files a file field under its id', () => {
    const session = atIdentity()
    const doc = session.announce({ step_id: 'person', field_id: 'bill', mime_type: 'application/pdf' })
    expect(documentOf(session, doc)).toMatchObject({
      document_type: 'field_file',
      field_id: 'bill',
      status: 'pending_upload',
    })
  })

  it('stops at 60 uploads', () => {
    const session = atIdentity()
    for (let count = 0; count < 60; count += 1) session.announce(front)
    expect(session.refusal(announce({ ...front, doc_id: 'doc_61' })).message).toContain('60')
  })
})

describe('confirming an upload', () => {
  it('keeps what was really stored and takes the place of the old document', () => {
    const session = atIdentity()
    const first = session.upload(front)
    const back = session.upload({ document_type: 'id', side: 'back' })
    const second = session.upload(front)
    expect(documentOf(session, first)?.replaced_by).toBe(second)
    expect(documentOf(session, back)?.replaced_by).toBeNull()
    expect(documentOf(session, second)).toMatchObject({
      status: 'uploaded',
      sha256: 'a'.repeat(64),
      uploaded_at: session.now,
    })
  })

  it('keeps all where more than one is allowed', () => {
    const session = atIdentity()
    const first = session.upload({ document_type: 'proof_of_address' })
    session.upload({ document_type: 'proof_of_address' })
    expect(documentOf(session, first)?.replaced_by).toBeNull()
  })

  it('lets a passport take the place of both sides of a card', () => {
    const session = atIdentity()
    const sides = [session.upload(front), session.upload({ document_type: 'id', side: 'back' })]
    const passport = session.upload({ document_type: 'passport' })
    expect(sides.map((id) => documentOf(session, id)?.replaced_by)).toEqual([passport, passport])
  })

  it('opens a done step again that the new document leaves with a gap', () => {
    const session = atIdentity()
    session.upload({ document_type: 'passport' })
    session.complete('identity')
    session.upload(front)
    expect(session.state.steps[1]).toMatchObject({ status: 'in_progress', completed_at: null })
    session.upload({ document_type: 'id', side: 'back' })
    session.complete('identity')
    expect(session.state.steps[1]?.status).toBe('completed')
  })

  it('does nothing the second time', () => {
    const session = atIdentity()
    const doc = session.upload(front)
    expect(session.do(confirm(doc))).toEqual([])
  })

  it('waits for bytes that are not there yet', () => {
    const session = atIdentity()
    const doc = session.announce(front)
    expect(session.refusal(confirm(doc, null)).code).toBe('UPLOAD_INCOMPLETE')
    expect(documentOf(session, doc)?.status).toBe('pending_upload')
  })

  it('does not know documents of nobody', () => {
    expect(atIdentity().refusal(confirm('doc_none')).code).toBe('DOCUMENT_NOT_FOUND')
  })

  it.each([
    ['another size', { size: 999, sha256: 'a'.repeat(64), mime_type: 'image/jpeg', problem: null }, 'size_mismatch'],
    ['another hash', { size: 1_000, sha256: 'c'.repeat(64), mime_type: 'image/jpeg', problem: null }, 'hash_mismatch'],
    ['no type we know', { size: 1_000, sha256: 'a'.repeat(64), mime_type: null, problem: null }, 'unknown_type'],
    ['another type', { size: 1_000, sha256: 'a'.repeat(64), mime_type: 'image/png', problem: null }, 'type_mismatch'],
    [
      'a second file in it',
      {
        size: 1_000,
        sha256: 'a'.repeat(64),
        mime_type: 'image/jpeg',
        problem: { code: 'two_files_in_one', message: 'Save it anew.' },
      },
      'two_files_in_one',
    ],
  ] as const)('refuses %s, and remembers it', (_case, observed, code) => {
    const session = atIdentity()
    const doc = session.announce({ ...front, sha256: 'A'.repeat(64) })
    const events = session.do(confirm(doc, observed))
    expect(events.map((event) => event.type)).toEqual(['upload_rejected'])
    expect(rejectionOf(session.state, doc)).toMatchObject({ code: 'FILE_REJECTED', details: [{ message: code }] })
    expect(session.do(confirm(doc, observed))).toEqual([])
  })

  it('says nothing is rejected where nothing was', () => {
    const session = atIdentity()
    expect(rejectionOf(session.state, session.upload(front))).toBeNull()
  })
})

describe('removing and sweeping', () => {
  it('removes a document while its step is open, and the one before comes back', () => {
    const session = atIdentity()
    const first = session.upload(front)
    const second = session.upload(front)
    expect(session.refusal({ type: 'remove_document', doc_id: first }).code).toBe('INVALID_REQUEST')
    session.do({ type: 'remove_document', doc_id: second })
    expect(documentOf(session, first)?.replaced_by).toBeNull()
    expect(documentOf(session, second)).toBeUndefined()
  })

  it('removes nothing from a step that is done', () => {
    const session = atIdentity()
    const doc = session.upload({ document_type: 'passport' })
    session.complete('identity')
    expect(session.refusal({ type: 'remove_document', doc_id: doc }).code).toBe('INVALID_REQUEST')
  })

  it('sweeps what was announced 15 minutes ago and never came, and the alarm knows when', () => {
    const session = atIdentity()
    const doc = session.announce(front)
    expect(nextDeadline(session.state)).toBe(session.now + 15 * MINUTE_MS)
    expect(session.wait(15 * MINUTE_MS - 1).do({ type: 'sweep_uploads' })).toEqual([])
    expect(session.wait(1).do({ type: 'sweep_uploads' })).toEqual([{ type: 'uploads_swept', doc_ids: [doc] }])
    expect(nextDeadline(session.state)).toBe(session.state.created_at + 7 * DAY_MS)
  })
})
