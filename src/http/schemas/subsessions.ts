import { z } from '@hono/zod-openapi'
import { Instant } from './envelope.ts'
import { EXAMPLE_CREATED } from './examples.ts'
import { EXAMPLE_SESSION_ID, EXAMPLE_SUBSESSION_ID, StepId, WorkflowId } from './ids.ts'
import { Metadata } from './session-requests.ts'
import { ComplianceStatusName, FinalDecisionName, SessionStatusName } from './session.ts'
import type { CreatedSessionBody } from './session.ts'
import { TtlDays } from './workflow.ts'
import { RelationshipName } from './words.ts'

const Relationship = RelationshipName

export const CreateSubsessionInput = z
  .strictObject({
    relationship: Relationship,
    name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .openapi({ description: 'The name of the person, kept as `metadata.user_name`' }),
    email: z
      .email()
      .max(254)
      .optional()
      .openapi({ description: 'Where to reach the person, kept as `metadata.user_email`' }),
    workflow_id: WorkflowId.optional().openapi({
      description:
        "The workflow to make it from. Left out: the one of the step, else the `subsession_workflow_id` of the parent's workflow, else the parent's own",
    }),
    step_id: StepId.optional().openapi({
      description: 'The `subsession_collection` step that it counts for. Left out: none',
    }),
    ttl_days: TtlDays.optional(),
    metadata: Metadata.optional(),
  })
  .openapi('CreateSubsession')

const SubsessionBody = z
  .strictObject({
    session_id: z.string(),
    relationship: Relationship,
    name: z.string().nullable(),
    status: SessionStatusName,
    compliance_status: ComplianceStatusName,
    completed_steps: z.number().int(),
    total_steps: z.number().int(),
    is_completed: z.boolean(),
    final_decision: FinalDecisionName.nullable(),
    risk_score: z.number().nullable(),
    expires_at: Instant,
    created_at: Instant,
  })
  .openapi('Subsession')

export const SubsessionListBody = z
  .strictObject({
    subsessions: z.array(SubsessionBody),
    total: z.number().int(),
    completed: z.number().int(),
    all_completed: z.boolean(),
  })
  .openapi('SubsessionList')
export type SubsessionListBody = z.infer<typeof SubsessionListBody>

export const EXAMPLE_SUBSESSION_INPUT = {
  relationship: 'ubo' as const,
  name: 'Erik Larsson',
  email: 'erik@example.com',
}

export const EXAMPLE_SUBSESSION: CreatedSessionBody = {
  ...EXAMPLE_CREATED,
  session_id: EXAMPLE_SUBSESSION_ID,
  parent_session_id: EXAMPLE_SESSION_ID,
  relationship: 'ubo',
  client_id: null,
  redirect_url: null,
  metadata: { user_name: 'Erik Larsson', user_email: 'erik@example.com' },
}

export const EXAMPLE_SUBSESSIONS: SubsessionListBody = {
  subsessions: [
    {
      session_id: EXAMPLE_SUBSESSION_ID,
      relationship: 'ubo',
      name: 'Erik Larsson',
      status: 'active',
      compliance_status: 'pending',
      completed_steps: 1,
      total_steps: 2,
      is_completed: false,
      final_decision: null,
      risk_score: null,
      expires_at: '2026-12-07T10:30:00.000Z',
      created_at: '2026-11-23T10:30:00.000Z',
    },
  ],
  total: 1,
  completed: 0,
  all_completed: false,
}
