import { z } from '@hono/zod-openapi'
import { MIME_TYPES } from '../../domain/workflow/definition.ts'
import { Extraction } from './check-results.ts'
import { UploadFields } from './document.ts'
import { Instant } from './envelope.ts'
import { DocId, EXAMPLE_DOC_ID, EXAMPLE_SUBSESSION_ID, StepId } from './ids.ts'
import { ConfirmedDocumentBody, EXAMPLE_CONFIRMED } from './public-session.ts'
import { CheckStateName, RelationshipName } from './words.ts'

const { step_id, document_type, field_id, side, file_name, sha256, mime_type } = UploadFields

export const UploadInput = z
  .strictObject({
    step_id,
    document_type: document_type.openapi({
      description: 'The document that is asked for. Give this or `field_id`; neither in a selfie or liveness step',
    }),
    field_id,
    side,
    file_name,
    mime_type,
    sha256,
    content: z.base64().min(4).openapi({ description: 'The file as base64; at most 4 MiB before encoding' }),
  })
  .openapi('Upload')

export const UploadForm = z
  .strictObject({
    step_id,
    document_type,
    field_id,
    side: side.unwrap().unwrap().optional(),
    file_name: file_name
      .optional()
      .openapi({ description: "The file's name. Left out: the one that the multipart part has" }),
    mime_type: mime_type.optional().openapi({
      description: `What the file is: one of ${MIME_TYPES.join(', ')}. Left out: what the multipart part says`,
    }),
    sha256,
    file: z.instanceof(File, { error: 'must be a file' }).openapi({ type: 'string', format: 'binary' }),
  })
  .openapi('UploadForm')

export const DocumentInput = z.strictObject({ doc_id: DocId }).openapi('DocumentChoice')

export const ExtractedDocumentBody = z
  .strictObject({
    ...ConfirmedDocumentBody.shape,
    extraction: Extraction.nullable().openapi({ description: 'Null when nothing was read' }),
    extraction_check: z
      .strictObject({ state: CheckStateName, checked_at: Instant, message: z.string().nullable() })
      .openapi({ description: 'Whether there was anything to read with, and why not' }),
  })
  .openapi('ExtractedDocument')
export type ExtractedDocumentBody = z.infer<typeof ExtractedDocumentBody>

export const LivenessStartInput = z
  .strictObject({
    step_id: StepId.optional().openapi({ description: 'Needed only where the workflow has several liveness steps' }),
  })
  .openapi('LivenessStart')

export const LivenessChallengeBody = z
  .strictObject({
    step_id: z.string(),
    nonce: z.string().nullable().openapi({ description: 'Null when the step takes no more attempts' }),
    challenges: z.array(z.string()).openapi({ description: 'The movements to make, in this order' }),
    expires_at: Instant.nullable(),
    attempts_left: z.number().int(),
  })
  .openapi('LivenessChallenge')
export type LivenessChallengeBody = z.infer<typeof LivenessChallengeBody>

export const LivenessCompleteInput = z
  .strictObject({
    step_id: StepId.optional(),
    nonce: z.string().min(1).max(100),
    frame_doc_ids: z.array(DocId).min(1).max(20),
  })
  .openapi('LivenessComplete')

export const PublicSubsessionInput = z
  .strictObject({
    relationship: RelationshipName,
    name: z.string().trim().min(1).max(200).optional(),
    email: z.email().max(254).optional(),
    step_id: StepId.optional().openapi({
      description: 'The `subsession_collection` step that the person is added in. Left out: the one that is open now',
    }),
  })
  .openapi('PublicSubsessionInput')

const PublicSubsessionBody = z
  .strictObject({
    session_id: z.string(),
    relationship: RelationshipName,
    name: z.string().nullable(),
    is_completed: z.boolean(),
    completed_steps: z.number().int(),
    total_steps: z.number().int(),
  })
  .openapi('PublicSubsession')
export type PublicSubsessionBody = z.infer<typeof PublicSubsessionBody>

export const PublicSubsessionListBody = z
  .strictObject({ subsessions: z.array(PublicSubsessionBody) })
  .openapi('PublicSubsessionList')

export const CreatedPublicSubsessionBody = z
  .strictObject({
    ...PublicSubsessionBody.shape,
    access_token: z.string(),
    access_link: z.string(),
    expires_at: Instant,
  })
  .openapi('CreatedPublicSubsession')
export type CreatedPublicSubsessionBody = z.infer<typeof CreatedPublicSubsessionBody>

/** The smallest JPEG there is, as far as its first bytes go. */
export const EXAMPLE_UPLOAD: z.input<typeof UploadInput> = {
  step_id: 'identity',
  document_type: 'id',
  side: 'front',
  file_name: 'id-front.jpg',
  mime_type: 'image/jpeg',
  content: '/9j/4AAQSkZJRgABAQAAAQABAAD/wAALCAAIAAgBAREA/9oACAEBAAA/ABL/ADT/0Fb/2Q==',
}

export const EXAMPLE_UPLOAD_FORM = {
  step_id: 'identity',
  document_type: 'id',
  side: 'front',
  file: 'the bytes of the file',
}

export const EXAMPLE_EXTRACTED: ExtractedDocumentBody = {
  ...EXAMPLE_CONFIRMED,
  extraction: null,
  extraction_check: {
    state: 'not_configured',
    checked_at: '2026-11-23T10:32:11.000Z',
    message: 'No engine is configured for this check.',
  },
}

export const EXAMPLE_CHALLENGE: LivenessChallengeBody = {
  step_id: 'liveness',
  nonce: '5f0c2b7d9e1a48c6b3d20f7e6a915c84',
  challenges: ['turn_left', 'blink', 'turn_right'],
  expires_at: '2026-11-23T10:37:00.000Z',
  attempts_left: 2,
}

export const EXAMPLE_LIVENESS_COMPLETE = { nonce: '5f0c2b7d9e1a48c6b3d20f7e6a915c84', frame_doc_ids: [EXAMPLE_DOC_ID] }

export const EXAMPLE_PUBLIC_SUBSESSION: PublicSubsessionBody = {
  session_id: EXAMPLE_SUBSESSION_ID,
  relationship: 'ubo',
  name: 'Erik Larsson',
  is_completed: false,
  completed_steps: 0,
  total_steps: 2,
}
