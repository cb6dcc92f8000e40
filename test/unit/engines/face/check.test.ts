import { expect, test } from 'vitest'
import type { CheckInputs } from '../../../../src/domain/decision/check-results.ts'
import { createFaceMatchEngine } from '../../../../src/engines/face/check.ts'
import type { FaceParts } from '../../../../src/engines/face/check.ts'
import type { FaceMatch } from '../../../../src/engines/face/match-faces.ts'
import { checkInputs } from '../check-inputs.ts'

const NOW = Date.UTC(2026, 10, 24)
const QUALITY = { problem: null, width: 640, height: 480, faces: 1, reliable_faces: 1 }
const MATCH: FaceMatch = {
  is_match: true,
  similarity: 0.93,
  distance: 0.5,
  decision: 'match',
  faces: [],
  quality: { reference: QUALITY, probe: QUALITY },
}
const document = (
  doc_id: string,
  document_type: CheckInputs['documents'][number]['document_type'],
  side: string | null = null,
) => ({
  doc_id,
  document_type,
  side,
  mime_type: 'image/jpeg',
  size: 10,
  sha256: 'a',
  auto_extract: false,
  extraction: null,
})

function engineOver(answer: FaceMatch, missing: readonly string[] = []) {
  const calls: { threshold: number; documents: string[] }[] = []
  const opened: string[] = []
  const open: FaceParts['open'] = async ({ doc_id }) => {
    opened.push(doc_id)
    return missing.includes(doc_id) ? null : new Blob([doc_id]).stream()
  }
  const match: FaceParts['match'] = async ({ reference, probe, threshold }) => {
    const documents = await Promise.all([reference, probe].map(({ bytes }) => new Response(bytes).text()))
    calls.push({ threshold, documents })
    return answer
  }
  return { engine: createFaceMatchEngine({ open, match }), calls, opened }
}

test('the portrait of the document that says most is compared with the selfie', async () => {
  const { engine, calls } = engineOver(MATCH)
  const documents = [
    document('back', 'id', 'back'),
    document('front', 'id', 'front'),
    document('pass', 'passport'),
    document('me', 'selfie'),
  ]
  const result = await engine(checkInputs({ documents }), NOW)
  expect(calls).toEqual([{ threshold: 0.85, documents: ['pass', 'me'] }])
  expect(result).toMatchObject({
    state: 'ok',
    is_match: true,
    similarity: 0.93,
    reference_doc_id: 'pass',
    probe_doc_id: 'me',
    problems: [],
  })
})

test('without a selfie the frame of the liveness step that may be compared is', async () => {
  const { engine, calls } = engineOver(MATCH)
  const documents = [
    document('front', 'id', 'front'),
    document('f1', 'liveness_frame'),
    document('f2', 'liveness_frame'),
  ]
  await engine(checkInputs({ documents, liveness_frame_doc_id: 'f2' }), NOW)
  expect(calls[0]?.documents).toEqual(['front', 'f2'])
  expect((await engine(checkInputs({ documents }), NOW)).state).toBe('no_input')
})

test('without a picture of a document there is nothing to compare, and nothing is opened', async () => {
  const { engine, opened } = engineOver(MATCH)
  const documents = [
    document('back', 'id', 'back'),
    { ...document('pdf', 'passport'), mime_type: 'application/pdf' },
    document('me', 'selfie'),
  ]
  expect(await engine(checkInputs({ documents }), NOW)).toMatchObject({
    state: 'no_input',
    is_match: false,
    decision: 'no_reliable_face',
    message: 'The session holds no picture of an identity document.',
  })
  expect(opened).toEqual([])
})

test('why no face could be compared is told by picture', async () => {
  const answer: FaceMatch = {
    ...MATCH,
    is_match: false,
    similarity: null,
    distance: null,
    decision: 'no_reliable_face',
    quality: { reference: QUALITY, probe: { ...QUALITY, problem: 'no_face', faces: 0, reliable_faces: 0 } },
  }
  const { engine } = engineOver(answer)
  const documents = [document('pass', 'passport'), document('me', 'selfie')]
  expect(await engine(checkInputs({ documents }), NOW)).toMatchObject({
    state: 'ok',
    is_match: false,
    problems: [{ picture: 'probe', code: 'no_face' }],
  })
})

test('a file that is gone is an error and no match', async () => {
  const { engine, calls } = engineOver(MATCH, ['me'])
  const documents = [document('pass', 'passport'), document('me', 'selfie')]
  expect(await engine(checkInputs({ documents }), NOW)).toMatchObject({ state: 'error', is_match: false })
  expect(calls).toEqual([])
})
