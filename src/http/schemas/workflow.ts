import { z } from '@hono/zod-openapi'
import { Instant, Pagination } from './envelope.ts'
import { EXAMPLE_WORKFLOW_ID, WorkflowId } from './ids.ts'
import { Language } from './language.ts'
import { ValidationConfigBody, ValidationConfigInput } from './workflow-rules.ts'
import { PublicStepBody, WorkflowStepBody, WorkflowStepInput } from './workflow-steps.ts'

const EntityTypes = z.array(z.enum(['individual', 'company', 'both'])).max(3)
const Tags = z.array(z.string().min(1).max(100)).max(50)
export const TtlDays = z.number().int().min(1).max(365)

export const Consent = z
  .strictObject({
    version: z.string().min(1).max(50),
    text: z.string().min(1).max(20_000),
    privacy_url: z.url({ protocol: /^https$/ }).nullable(),
    required: z.boolean(),
  })
  .openapi('ConsentRequirement')
export const ConsentInput = z
  .strictObject(Consent.shape)
  .partial({ privacy_url: true, required: true })
  .openapi('ConsentInput')

/** What names and describes a workflow; a template takes these from its caller too. */
const description = {
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2_000).nullish(),
  tags: Tags.optional(),
  custom_tags: Tags.optional().openapi({ description: 'Copied into each new session, and sent in each webhook of it' }),
  ttl_days: TtlDays.nullish(),
  language: Language.nullish(),
}

export const WorkflowInputBody = z
  .strictObject({
    ...description,
    template_type: z.string().min(1).max(50).optional(),
    entity_types: EntityTypes.optional(),
    industry: z.string().max(100).nullish(),
    consent: ConsentInput.nullish(),
    steps: z.array(WorkflowStepInput).min(1, 'must hold at least one step').max(50),
    validation_config: ValidationConfigInput.optional(),
    subsession_workflow_id: WorkflowId.nullish(),
  })
  .openapi('WorkflowInput')

export const TemplateChangesBody = z.strictObject(description).partial().openapi('TemplateChanges')

export const WorkflowBody = z
  .strictObject({
    workflow_id: z.string(),
    version: z.number().int(),
    status: z.enum(['active', 'deleted']),
    created_at: Instant,
    version_created_at: Instant,
    name: z.string(),
    description: z.string().nullable(),
    template_type: z.string(),
    entity_types: EntityTypes,
    industry: z.string().nullable(),
    tags: z.array(z.string()),
    custom_tags: z.array(z.string()),
    ttl_days: z.number().int().nullable(),
    language: z.string().nullable(),
    consent: Consent.nullable(),
    steps: z.array(WorkflowStepBody),
    validation_config: ValidationConfigBody,
    subsession_workflow_id: z.string().nullable(),
  })
  .openapi('Workflow')
export type WorkflowBody = z.infer<typeof WorkflowBody>

export const WorkflowListBody = z.strictObject({ workflows: z.array(WorkflowBody), pagination: Pagination })
export const WorkflowVersionsBody = z.strictObject({ versions: z.array(WorkflowBody) })

export const PublicWorkflowBody = z
  .strictObject({
    workflow_id: z.string(),
    version: z.number().int(),
    name: z.string(),
    entity_types: EntityTypes,
    language: z.string().nullable(),
    consent: Consent.nullable(),
    steps: z.array(PublicStepBody),
  })
  .openapi('PublicWorkflow')
export type PublicWorkflowBody = z.infer<typeof PublicWorkflowBody>

export const EXAMPLE_WORKFLOW_INPUT: z.input<typeof WorkflowInputBody> = {
  name: 'Basic KYC',
  custom_tags: ['retail'],
  ttl_days: 14,
  steps: [
    {
      type: 'form_fill',
      name: 'Your details',
      custom_fields: [
        { field_id: 'full_name', name: 'Full name', type: 'name', required: true, validate_lists: true },
        { field_id: 'wallet', name: 'Payout wallet', type: 'wallet' },
      ],
    },
    { type: 'document_upload', name: 'Identity', document_requirements: [{ document_type: 'id', auto_extract: true }] },
  ],
  validation_config: { run_lists: true, run_crypto: true, cross_validation: true },
}

export const EXAMPLE_WORKFLOW: WorkflowBody = {
  workflow_id: EXAMPLE_WORKFLOW_ID,
  version: 1,
  status: 'active',
  created_at: '2026-11-23T10:00:00.000Z',
  version_created_at: '2026-11-23T10:00:00.000Z',
  name: 'Basic KYC',
  description: null,
  template_type: 'custom',
  entity_types: [],
  industry: null,
  tags: [],
  custom_tags: ['retail'],
  ttl_days: 14,
  language: null,
  consent: null,
  steps: [
    {
      step_id: 'your_details',
      order: 1,
      name: 'Your details',
      type: 'form_fill',
      required: true,
      description: null,
      instructions: null,
      custom_fields: [
        {
          field_id: 'full_name',
          field_key: 'full_name',
          name: 'Full name',
          type: 'name',
          required: true,
          validate_lists: true,
        },
      ],
    },
  ],
  validation_config: {
    run_lists: true,
    lists: [],
    list_match_threshold: 0.85,
    run_crypto: true,
    run_adverse_media: false,
    auto_face_match: false,
    face_match_threshold: 0.85,
    run_web_validation: false,
    cross_validation: true,
    automation_rules: {
      enabled: true,
      auto_process: false,
      country_rules: [],
      list_match_rules: [],
      document_rules: [],
      form_field_rules: [],
      subsession_rules: [],
      risk_rules: [],
      default_action: 'manual_review',
    },
  },
  subsession_workflow_id: null,
}
