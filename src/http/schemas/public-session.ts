import { z } from '@hono/zod-openapi'
import { DocumentBody, EXAMPLE_DOCUMENT } from './document.ts'
import { Instant } from './envelope.ts'
import { EXAMPLE_SESSION_ID } from './ids.ts'
import { Json, JsonObject } from './json.ts'
import { AcceptedConsent } from './session.ts'
import { StepStatusName, StepTypeName } from './words.ts'

const PublicDocumentBody = z
  .strictObject(DocumentBody.shape)
  .pick({
    doc_id: true,
    step_id: true,
    document_type: true,
    side: true,
    field_id: true,
    file_name: true,
    mime_type: true,
    size: true,
    status: true,
    uploaded_at: true,
    rejection: true,
    warnings: true,
  })
  .openapi('PublicDocument')
export type PublicDocumentBody = z.infer<typeof PublicDocumentBody>

export const ConfirmedDocumentBody = z
  .strictObject({ ...PublicDocumentBody.shape, sha256: z.string().nullable() })
  .openapi('ConfirmedDocument')
export type ConfirmedDocumentBody = z.infer<typeof ConfirmedDocumentBody>

const PublicStepStateBody = z
  .strictObject({
    step_id: z.string(),
    name: z.string(),
    type: StepTypeName,
    order: z.number().int(),
    required: z.boolean(),
    status: StepStatusName,
    started_at: Instant.nullable(),
    completed_at: Instant.nullable(),
    form_data: z.record(z.string(), Json),
    documents: z.array(PublicDocumentBody),
  })
  .openapi('PublicStep')

export const PublicSessionBody = z
  .strictObject({
    session_id: z.string(),
    workflow_name: z.string(),
    status: z.enum(['draft', 'active', 'awaiting_client_correction', 'completed']),
    current_step_index: z.number().int(),
    total_steps: z.number().int(),
    steps_data: z.array(PublicStepStateBody),
    corrections: z.array(
      z.strictObject({
        correction_id: z.string(),
        step_id: z.string(),
        field_ids: z.array(z.string()),
        document_types: z.array(z.string()),
        message: z.string(),
        requested_at: Instant,
      }),
    ),
    consent: AcceptedConsent.nullable(),
    expires_at: Instant,
    language: z.string().nullable(),
    redirect_url: z.string().nullable(),
    next_action: z.enum(['start', 'complete_step', 'wait', 'correct', 'done']),
  })
  .openapi('PublicSession')
export type PublicSessionBody = z.infer<typeof PublicSessionBody>

export const StartInput = z
  .strictObject({
    consent: z.boolean().optional(),
    consent_version: z.string().min(1).max(50).optional(),
  })
  .openapi('Start')

export const SaveStepInput = z.strictObject({ form_data: JsonObject }).openapi('SaveStep')
export const CompleteStepInput = z.strictObject({ form_data: JsonObject.optional() }).openapi('CompleteStep')
export const SkipStepInput = z.strictObject({}).openapi('SkipStep')

export const EXAMPLE_PUBLIC_SESSION: PublicSessionBody = {
  session_id: EXAMPLE_SESSION_ID,
  workflow_name: 'Basic KYC',
  status: 'active',
  current_step_index: 0,
  total_steps: 2,
  steps_data: [
    {
      step_id: 'your_details',
      name: 'Your details',
      type: 'form_fill',
      order: 1,
      required: true,
      status: 'in_progress',
      started_at: '2026-11-23T10:31:00.000Z',
      completed_at: null,
      form_data: { full_name: 'Anna Maria Eriksson' },
      documents: [],
    },
  ],
  corrections: [],
  consent: { version: '2026-01', accepted_at: '2026-11-23T10:31:00.000Z' },
  expires_at: '2026-12-07T10:30:00.000Z',
  language: 'en',
  redirect_url: 'https://shop.example.com/done',
  next_action: 'complete_step',
}

const { sha256, replaced_by: _replaced, extraction: _extraction, ...shownDocument } = EXAMPLE_DOCUMENT
export const EXAMPLE_CONFIRMED: ConfirmedDocumentBody = { ...shownDocument, sha256 }
