// The face match check: whose picture is compared with whose, and what the check says of it. The portrait comes from the
// identity document that says most, the other face from the selfie, else from the liveness frame that was straightest.

import type { CheckInputs, FaceMatchResult } from '../../domain/decision/check-results.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { FaceMatch, PictureKind } from './match-faces.ts'

const PROVIDER = 'kyc-sessions/faces'
/** In this order; a `type` of `id` may be a passport too. */
const PORTRAITS = ['passport', 'id', 'residence_permit', 'driver_license'] as const
const PICTURES = new Set(['image/jpeg', 'image/png', 'image/webp'])

type Document = CheckInputs['documents'][number]
export type Picture = { kind: PictureKind; bytes: ReadableStream<Uint8Array> }
export type FaceParts = {
  open: (key: { session_id: string; doc_id: string }) => Promise<ReadableStream<Uint8Array> | null>
  match: (call: { reference: Picture; probe: Picture; threshold: number }) => Promise<FaceMatch>
}

export const createFaceMatchEngine =
  ({ open, match }: FaceParts) =>
  async (inputs: CheckInputs, now: EpochMs): Promise<FaceMatchResult> => {
    const [reference, probe] = [portraitOf(inputs.documents), faceOf(inputs)]
    const none: Omit<FaceMatchResult, 'state'> = {
      checked_at: now,
      provider: PROVIDER,
      is_match: false,
      similarity: null,
      distance: null,
      decision: 'no_reliable_face',
      reference_doc_id: reference?.doc_id ?? null,
      probe_doc_id: probe?.doc_id ?? null,
      problems: [],
    }
    if (reference === null || probe === null) {
      const what = reference === null ? 'picture of an identity document' : 'selfie'
      return { ...none, state: 'no_input', message: `The session holds no ${what}.` }
    }
    const key = (document: Document) => ({ session_id: inputs.session_id, doc_id: document.doc_id })
    const [left, right] = await Promise.all([open(key(reference)), open(key(probe))])
    if (left === null || right === null) {
      await Promise.all([left?.cancel(), right?.cancel()])
      return {
        ...none,
        state: 'error',
        message: `The file of ${(left === null ? reference : probe).doc_id} is not there.`,
      }
    }
    const found = await match({
      reference: { kind: 'document', bytes: left },
      probe: { kind: 'selfie', bytes: right },
      threshold: inputs.options.face_match_threshold,
    })
    const { is_match, similarity, distance, decision } = found
    return { ...none, state: 'ok', is_match, similarity, distance, decision, problems: problemsOf(found) }
  }

const problemsOf = ({ quality }: FaceMatch): FaceMatchResult['problems'] =>
  (['reference', 'probe'] as const).flatMap((picture) => {
    const code = quality[picture].problem
    return code === null ? [] : [{ picture, code }]
  })

function portraitOf(documents: readonly Document[]): Document | null {
  const pictures = documents.filter((one) => PICTURES.has(one.mime_type) && one.side !== 'back')
  return (
    PORTRAITS.map((type) => pictures.find((one) => one.document_type === type)).find((one) => one !== undefined) ?? null
  )
}

function faceOf({ documents, liveness_frame_doc_id }: CheckInputs): Document | null {
  const pictures = documents.filter((one) => PICTURES.has(one.mime_type))
  return (
    pictures.find((one) => one.document_type === 'selfie') ??
    pictures.find((one) => one.doc_id === liveness_frame_doc_id) ??
    null
  )
}
