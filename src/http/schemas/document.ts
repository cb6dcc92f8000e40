import { z } from '@hono/zod-openapi'
import { DOCUMENT_TYPES, MIME_TYPES } from '../../domain/workflow/definition.ts'
import { Extraction } from './check-results.ts'
import { CodedMessage, Instant } from './envelope.ts'
import { DocId, EXAMPLE_DOC_ID, StepId } from './ids.ts'
import { DocumentSideName, DocumentStatusName } from './words.ts'

const STORED_DOCUMENT_TYPES = [...DOCUMENT_TYPES, 'liveness_frame', 'field_file'] as const

export const DocumentBody = z
  .strictObject({
    doc_id: z.string(),
    step_id: z.string(),
    document_type: z.enum(STORED_DOCUMENT_TYPES),
    side: DocumentSideName.nullable(),
    field_id: z.string().nullable(),
    file_name: z.string(),
    mime_type: z.string(),
    size: z.number().int().openapi({ description: 'Bytes' }),
    sha256: z.string().nullable(),
    status: DocumentStatusName,
    uploaded_at: Instant.nullable(),
    replaced_by: z.string().nullable(),
    rejection: CodedMessage.nullable(),
    warnings: z.array(CodedMessage),
    extraction: Extraction.nullable(),
  })
  .openapi('Document')
export type DocumentBody = z.infer<typeof DocumentBody>

export const DocumentUrlBody = z
  .strictObject({
    doc_id: z.string(),
    url: z.string(),
    expires_in: z.number().int().openapi({ description: 'How long the URL works, in seconds' }),
    expires_at: Instant,
    file_name: z.string(),
    mime_type: z.string(),
    size: z.number().int(),
  })
  .openapi('DocumentUrl')

/** What is said of a file, however it comes. */
export const UploadFields = {
  step_id: StepId,
  document_type: z.enum([...DOCUMENT_TYPES, 'liveness_frame']).optional(),
  field_id: z.string().min(1).max(100).optional(),
  side: DocumentSideName.nullish(),
  file_name: z.string().min(1).max(255),
  mime_type: z
    .string()
    .min(1)
    .max(100)
    .openapi({ description: `One of ${MIME_TYPES.join(', ')}` }),
  size: z.number().int().positive().openapi({ description: 'Bytes, at most 15 MiB. The upload takes exactly as many' }),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
    .optional(),
}

export const UploadInitInput = z
  .strictObject(UploadFields)
  .superRefine((input, context) => {
    if ((input.document_type === undefined) === (input.field_id === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['document_type'],
        message: 'give either document_type (a document step) or field_id (a file field)',
      })
    }
  })
  .openapi('UploadInit')

export const AnnouncedUploadBody = z
  .strictObject({
    doc_id: z.string(),
    upload_url: z.string(),
    method: z.literal('PUT'),
    headers: z.record(z.string(), z.string()).openapi({ description: 'Headers to send with the PUT, exactly these' }),
    expires_at: Instant,
  })
  .openapi('AnnouncedUpload')

export const UploadConfirmInput = z.strictObject({ doc_id: DocId }).openapi('UploadConfirm')

export const EXAMPLE_DOCUMENT: DocumentBody = {
  doc_id: EXAMPLE_DOC_ID,
  step_id: 'identity',
  document_type: 'id',
  side: 'front',
  field_id: null,
  file_name: 'id-front.jpg',
  mime_type: 'image/jpeg',
  size: 48_213,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  status: 'uploaded',
  uploaded_at: '2026-11-23T10:32:10.000Z',
  replaced_by: null,
  rejection: null,
  warnings: [],
  extraction: null,
}
