import { z } from '@hono/zod-openapi'
import { ACTOR_TYPES } from '../../domain/session/state.ts'
import { COMPLIANCE_STATUSES, FINAL_DECISIONS, SESSION_STATUSES } from '../../domain/session/status.ts'
import {
  AdverseMediaResult,
  CrossValidationResult,
  CryptoResult,
  ExtractionResult,
  FaceMatchResult,
  LivenessResult,
  ResultsByCheck,
  WebValidationResult,
} from './check-results.ts'
import { WatchlistsResult } from './watchlists.ts'
import { DocumentBody } from './document.ts'
import { Instant } from './envelope.ts'
import { Json } from './json.ts'
import { RelationshipName, RiskLevelName, StepStatusName, StepTypeName } from './words.ts'

export const SessionStatusName = z.enum(SESSION_STATUSES).openapi('SessionStatus')
export const ComplianceStatusName = z.enum(COMPLIANCE_STATUSES).openapi('ComplianceStatus')
export const FinalDecisionName = z.enum(FINAL_DECISIONS).openapi('FinalDecision')

export const ActorBody = z
  .strictObject({ type: z.enum(ACTOR_TYPES), id: z.string(), name: z.string().nullable() })
  .openapi('Actor')

export const DecisionBody = z
  .strictObject({
    by: z.enum(['automation', 'reviewer']),
    reviewer: z.string().nullable().openapi({ description: 'The subject of the JWT, or the name of the API key' }),
    on_behalf_of: z.string().nullable(),
    reason: z.string().nullable(),
    decided_at: Instant,
  })
  .openapi('Decision')

const AutomationFlagBody = z
  .strictObject({ rule: z.string(), action: z.string(), reason: z.string() })
  .openapi('AutomationFlag')

const RiskFactorBody = z
  .strictObject({ factor: z.string(), points: z.number(), evidence: z.string() })
  .openapi('RiskFactor')

export const StepBody = z
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
    documents: z.array(DocumentBody),
  })
  .openapi('Step')

export const CorrectionBody = z
  .strictObject({
    correction_id: z.string(),
    round: z.number().int(),
    step_id: z.string(),
    field_ids: z.array(z.string()),
    document_types: z.array(z.string()),
    message: z.string(),
    note: z.string().nullable(),
    status: z.enum(['open', 'resolved', 'cancelled']),
    requested_at: Instant,
    requested_by: ActorBody,
    resolved_at: Instant.nullable(),
    changes: z.array(
      z.strictObject({
        field_id: z.string().nullable(),
        document_type: z.string().nullable(),
        old_value: Json,
        new_value: Json,
        at: Instant,
        by: ActorBody,
      }),
    ),
  })
  .openapi('Correction')

export const ProcessingResultsBody = z
  .strictObject({
    extraction_results: ExtractionResult.nullable(),
    cross_validation: CrossValidationResult.nullable(),
    face_match_result: FaceMatchResult.nullable(),
    liveness_result: LivenessResult.nullable(),
    external_validations: z.strictObject({
      watchlists: WatchlistsResult.nullable(),
      crypto: CryptoResult.nullable(),
      adverse_media: AdverseMediaResult.nullable(),
    }),
    web_validation_results: WebValidationResult.nullable(),
    subsessions: z.strictObject({
      total: z.number().int(),
      completed: z.number().int(),
      rejected: z.number().int(),
      not_approved: z.number().int(),
    }),
    final_decision: FinalDecisionName.nullable(),
    risk_score: z.number(),
    risk_level: RiskLevelName,
    risk_factors: z.array(RiskFactorBody),
    automation_flags: z.array(AutomationFlagBody),
    started_at: Instant,
    completed_at: Instant,
    superseded_at: Instant.nullable(),
  })
  .openapi('ProcessingResults')

export const ValidationBody = z
  .strictObject({
    validation_id: z.string(),
    step_id: z.string().nullable(),
    status: z.enum(['running', 'completed']),
    results: ResultsByCheck,
    started_at: Instant,
    completed_at: Instant.nullable(),
  })
  .openapi('Validation')

export const AcceptedConsent = z.strictObject({ version: z.string(), accepted_at: Instant }).openapi('AcceptedConsent')

const row = {
  session_id: z.string(),
  workflow_id: z.string(),
  workflow_version: z.number().int(),
  workflow_name: z.string(),
  status: SessionStatusName,
  compliance_status: ComplianceStatusName,
  version: z
    .number()
    .int()
    .openapi({ description: 'Grows by one with each change. Also the `ETag`, and what `If-Match` takes' }),
  current_step_index: z.number().int(),
  total_steps: z.number().int(),
  completed_steps: z.number().int(),
  open_corrections: z.number().int(),
  metadata: z.record(z.string(), Json),
  custom_tags: z.array(z.string()),
  client_id: z.string().nullable(),
  language: z.string().nullable(),
  redirect_url: z.string().nullable(),
  parent_session_id: z.string().nullable(),
  relationship: RelationshipName.nullable(),
  subsessions: z.strictObject({ total: z.number().int(), completed: z.number().int() }),
  consent: AcceptedConsent.nullable(),
  link_expired: z.boolean(),
  expires_at: Instant,
  created_at: Instant,
  updated_at: Instant,
  completed_at: Instant.nullable(),
  processed_at: Instant.nullable(),
  final_decision: FinalDecisionName.nullable(),
  decision: DecisionBody.nullable(),
  risk_score: z.number().nullable(),
  risk_level: RiskLevelName.nullable(),
  automation_flags: z.array(AutomationFlagBody),
}

const whole = {
  ...row,
  steps_data: z.array(StepBody),
  corrections: z.array(CorrectionBody),
  notes: z.array(z.strictObject({ text: z.string(), by: ActorBody, at: Instant })),
  validations: z.array(ValidationBody),
  processing_results: ProcessingResultsBody.nullable(),
}

export const SessionRowBody = z.strictObject(row).openapi('SessionRow')
export const SessionBody = z.strictObject(whole).openapi('Session')
export const CreatedSessionBody = z
  .strictObject({
    ...whole,
    access_token: z.string().openapi({
      description:
        'The credential of the person: the last part of the link. Answered once, the server cannot show it again',
    }),
    access_link: z.string().openapi({ format: 'uri' }),
  })
  .openapi('CreatedSession')

export type SessionRowBody = z.infer<typeof SessionRowBody>
export type SessionBody = z.infer<typeof SessionBody>
export type CreatedSessionBody = z.infer<typeof CreatedSessionBody>
export type StepBody = z.infer<typeof StepBody>
export type CorrectionBody = z.infer<typeof CorrectionBody>
export type ProcessingResultsBody = z.infer<typeof ProcessingResultsBody>
export type ValidationBody = z.infer<typeof ValidationBody>
export type ResultsByCheckBody = z.infer<typeof ResultsByCheck>
