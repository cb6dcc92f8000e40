import { z } from '@hono/zod-openapi'
import { MAX_FILE_BYTES } from '../../domain/document/document.ts'
import { BLOCK_REASONS } from '../../domain/workflow/definition.ts'
import { WorkflowId } from './ids.ts'
import { FieldBody, FieldInput, PublicFieldBody } from './workflow-fields.ts'
import { CheckName, DocumentSideName, DocumentTypeName, MimeTypeName, RelationshipName } from './words.ts'

const shownRequirement = {
  document_type: DocumentTypeName,
  display_name: z.string().min(1).max(200),
  required: z.boolean(),
  sides: z.array(DocumentSideName).max(2),
  allow_multiple: z.boolean(),
  accepted_mime_types: z.array(MimeTypeName).min(1),
  max_size: z.number().int().min(1).max(MAX_FILE_BYTES).openapi({ description: 'Bytes' }),
}
const Requirement = z
  .strictObject({
    ...shownRequirement,
    auto_extract: z.boolean(),
    enable_auto_classification: z.boolean(),
    entity_role: z.string().max(100).nullable(),
  })
  .openapi('DocumentRequirement')
const RequirementInput = z
  .strictObject(Requirement.shape)
  .partial()
  .extend({ document_type: DocumentTypeName })
  .openapi('DocumentRequirementInput')
const PublicRequirement = z.strictObject(shownRequirement).openapi('PublicDocumentRequirement')

const LivenessConfig = z
  .strictObject({
    min_confidence: z.number().min(0).max(100),
    challenge_type: z.enum(['passive', 'active']),
    challenges: z.array(z.enum(['blink', 'turn_left', 'turn_right', 'nod', 'smile'])).max(10),
    save_reference_image: z.boolean(),
    use_for_face_match: z.boolean(),
    max_retries: z.number().int().min(0).max(20),
  })
  .openapi('LivenessConfig')
const LivenessConfigInput = z.strictObject(LivenessConfig.shape).partial().openapi('LivenessConfigInput')
const PublicLivenessConfig = z
  .strictObject({ challenge_type: LivenessConfig.shape.challenge_type, max_retries: LivenessConfig.shape.max_retries })
  .openapi('PublicLivenessConfig')

const shown = {
  step_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1–64 letters, digits, `_` or `-`'),
  order: z.number().int().min(1).openapi({ description: 'Position among the steps: from 1, without gaps' }),
  name: z.string().min(1).max(200),
  required: z.boolean(),
  instructions: z.string().max(2_000).nullable().openapi({ description: 'What the person is told to do' }),
}
const base = {
  ...shown,
  description: z
    .string()
    .max(2_000)
    .nullable()
    .openapi({ description: 'What the step is for. Internal: the person never sees it' }),
}
const baseInput = z.strictObject(base).partial().shape

const collection = {
  relationships: z.array(RelationshipName).min(1),
  min: z.number().int().min(0).max(50),
  max: z.number().int().min(1).max(50),
  require_completion: z.boolean(),
}
const gate = { validations: z.array(CheckName).min(1), block_on: z.array(z.enum(BLOCK_REASONS)) }

const typed = <T extends string>(type: T) => ({ type: z.literal(type) })

export const WorkflowStepBody = z
  .discriminatedUnion('type', [
    z.strictObject({ ...base, ...typed('document_upload'), document_requirements: z.array(Requirement) }),
    z.strictObject({ ...base, ...typed('form_fill'), custom_fields: z.array(FieldBody) }),
    z.strictObject({ ...base, ...typed('selfie') }),
    z.strictObject({ ...base, ...typed('liveness'), liveness_config: LivenessConfig }),
    z.strictObject({
      ...base,
      ...typed('subsession_collection'),
      ...collection,
      workflow_id: z.string().nullable(),
    }),
    z.strictObject({ ...base, ...typed('validation'), ...gate }),
  ])
  .openapi('WorkflowStep')

export const WorkflowStepInput = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...baseInput,
      ...typed('document_upload'),
      document_requirements: z.array(RequirementInput).max(50),
    }),
    z.strictObject({ ...baseInput, ...typed('form_fill'), custom_fields: z.array(FieldInput).max(200) }),
    z.strictObject({ ...baseInput, ...typed('selfie') }),
    z.strictObject({ ...baseInput, ...typed('liveness'), liveness_config: LivenessConfigInput.optional() }),
    z.strictObject({
      ...baseInput,
      ...typed('subsession_collection'),
      ...z.strictObject(collection).partial().shape,
      workflow_id: WorkflowId.nullish(),
    }),
    z.strictObject({
      ...baseInput,
      ...typed('validation'),
      validations: gate.validations,
      block_on: gate.block_on.optional(),
    }),
  ])
  .openapi('WorkflowStepInput')

export const PublicStepBody = z
  .discriminatedUnion('type', [
    z.strictObject({ ...shown, ...typed('document_upload'), document_requirements: z.array(PublicRequirement) }),
    z.strictObject({ ...shown, ...typed('form_fill'), custom_fields: z.array(PublicFieldBody) }),
    z.strictObject({ ...shown, ...typed('selfie') }),
    z.strictObject({ ...shown, ...typed('liveness'), liveness_config: PublicLivenessConfig }),
    z.strictObject({ ...shown, ...typed('subsession_collection'), ...collection }),
    z.strictObject({ ...shown, ...typed('validation') }),
  ])
  .openapi('PublicWorkflowStep')
