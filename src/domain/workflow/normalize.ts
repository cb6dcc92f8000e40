// A tenant's workflow with every default filled in and every name that it left out made. What must hold between its
// parts is asked of the result by validate.ts; paths in those answers are the tenant's own positions.

import { MAX_FILE_BYTES } from '../document/document.ts'
import type { ErrorDetail } from '../errors.ts'
import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import type {
  AutomationRules,
  DocumentRequirement,
  DocumentSide,
  LivenessConfig,
  StepType,
  ValidationConfig,
  WorkflowDefinition,
  WorkflowStep,
} from './definition.ts'
import { MIME_TYPES, RELATIONSHIPS } from './definition.ts'
import type {
  AutomationRulesInput,
  DocumentRequirementInput,
  LivenessConfigInput,
  ValidationConfigInput,
  WorkflowInput,
  WorkflowStepInput,
} from './input.ts'
import { normalizeFields } from './normalize-fields.ts'
import { slugOf, uniqueSlugs } from './slug.ts'
import { definitionProblems } from './validate.ts'

const DEFAULT_STEP_NAMES: Record<StepType, string> = {
  document_upload: 'Documents',
  form_fill: 'Your details',
  selfie: 'Selfie',
  liveness: 'Liveness check',
  subsession_collection: 'Related people',
  validation: 'Checks',
}

const DEFAULT_DOCUMENT_NAMES: Record<DocumentRequirement['document_type'], string> = {
  id: 'Identity document',
  passport: 'Passport',
  driver_license: 'Driving licence',
  residence_permit: 'Residence permit',
  proof_of_address: 'Proof of address',
  company_charter: 'Company charter',
  bank_ownership: 'Proof of bank account ownership',
  selfie: 'Selfie',
  other: 'Document',
}

const DEFAULT_THRESHOLD = 0.85
export const DEFAULT_MAX_SUBSESSIONS = 20

/** The definition with steps in their order, or every place that is wrong. */
export function normalizeDefinition(input: WorkflowInput): Result<WorkflowDefinition, ErrorDetail[]> {
  const isBiometric = input.steps.some((step) => step.type === 'selfie' || step.type === 'liveness')
  const definition: WorkflowDefinition = {
    name: input.name.trim(),
    description: input.description ?? null,
    template_type: input.template_type ?? 'custom',
    entity_types: input.entity_types ?? [],
    industry: input.industry ?? null,
    tags: input.tags ?? [],
    custom_tags: input.custom_tags ?? [],
    ttl_days: input.ttl_days ?? null,
    language: input.language ?? null,
    consent:
      input.consent === undefined || input.consent === null
        ? null
        : {
            version: input.consent.version,
            text: input.consent.text,
            privacy_url: input.consent.privacy_url ?? null,
            required: input.consent.required ?? isBiometric,
          },
    steps: normalizeSteps(input.steps),
    validation_config: normalizeConfig(input.validation_config ?? {}),
    subsession_workflow_id: input.subsession_workflow_id ?? null,
  }
  const problems = definitionProblems(definition)
  if (problems.length > 0) return err(problems)
  return ok({ ...definition, steps: definition.steps.toSorted((left, right) => left.order - right.order) })
}

function normalizeSteps(inputs: WorkflowStepInput[]): WorkflowStep[] {
  const ids = uniqueSlugs(
    inputs.map((step, index) => ({
      given: step.step_id,
      wanted: slugOf(step.name ?? '') ?? `step_${step.order ?? index + 1}`,
    })),
  )
  const takenFieldIds = new Set<string>()
  return inputs.map((input, index): WorkflowStep => {
    const base = {
      step_id: ids[index] ?? '',
      order: input.order ?? index + 1,
      name: input.name?.trim() ?? DEFAULT_STEP_NAMES[input.type],
      required: input.required ?? true,
      description: input.description ?? null,
      instructions: input.instructions ?? null,
    }
    switch (input.type) {
      case 'document_upload':
        return {
          ...base,
          type: input.type,
          document_requirements: input.document_requirements.map(normalizeRequirement),
        }
      case 'form_fill':
        return { ...base, type: input.type, custom_fields: normalizeFields(input.custom_fields, takenFieldIds) }
      case 'selfie':
        return { ...base, type: input.type }
      case 'liveness':
        return { ...base, type: input.type, liveness_config: normalizeLiveness(input.liveness_config ?? {}) }
      case 'subsession_collection':
        return {
          ...base,
          type: input.type,
          relationships: input.relationships ?? [...RELATIONSHIPS],
          min: input.min ?? (base.required ? 1 : 0),
          max: input.max ?? Math.max(DEFAULT_MAX_SUBSESSIONS, input.min ?? 0),
          workflow_id: input.workflow_id ?? null,
          require_completion: input.require_completion ?? false,
        }
      case 'validation':
        return { ...base, type: input.type, validations: input.validations, block_on: input.block_on ?? [] }
    }
  })
}

const hasTwoSides = (type: DocumentRequirement['document_type']): boolean =>
  type === 'id' || type === 'residence_permit' || type === 'driver_license'

function normalizeRequirement(input: DocumentRequirementInput): DocumentRequirement {
  const sides: DocumentSide[] = hasTwoSides(input.document_type) ? ['front', 'back'] : []
  const isPicture = input.document_type === 'selfie'
  return {
    document_type: input.document_type,
    display_name: input.display_name ?? DEFAULT_DOCUMENT_NAMES[input.document_type],
    required: input.required ?? true,
    sides: input.sides ?? sides,
    auto_extract: input.auto_extract ?? false,
    allow_multiple: input.allow_multiple ?? false,
    enable_auto_classification: input.enable_auto_classification ?? false,
    accepted_mime_types:
      input.accepted_mime_types ?? MIME_TYPES.filter((type) => !isPicture || type !== 'application/pdf'),
    max_size: input.max_size ?? MAX_FILE_BYTES,
    entity_role: input.entity_role ?? null,
  }
}

const normalizeLiveness = (input: LivenessConfigInput): LivenessConfig => ({
  min_confidence: input.min_confidence ?? 80,
  challenge_type: input.challenge_type ?? 'active',
  challenges: input.challenges ?? (input.challenge_type === 'passive' ? [] : ['blink', 'turn_left', 'turn_right']),
  save_reference_image: input.save_reference_image ?? true,
  use_for_face_match: input.use_for_face_match ?? false,
  max_retries: input.max_retries ?? 3,
})

function normalizeConfig(input: ValidationConfigInput): ValidationConfig {
  return {
    run_lists: input.run_lists ?? false,
    lists: input.lists ?? [],
    list_match_threshold: input.list_match_threshold ?? DEFAULT_THRESHOLD,
    run_crypto: input.run_crypto ?? false,
    run_adverse_media: input.run_adverse_media ?? false,
    auto_face_match: input.auto_face_match ?? false,
    face_match_threshold: input.face_match_threshold ?? DEFAULT_THRESHOLD,
    run_web_validation: input.run_web_validation ?? false,
    cross_validation: input.cross_validation ?? false,
    automation_rules: normalizeRules(input.automation_rules ?? {}, input.list_match_threshold ?? DEFAULT_THRESHOLD),
  }
}

function normalizeRules(input: AutomationRulesInput, threshold: number): AutomationRules {
  return {
    enabled: input.enabled ?? true,
    auto_process: input.auto_process ?? false,
    country_rules: (input.country_rules ?? []).map((rule) => ({ ...rule, applies_to: rule.applies_to ?? ['all'] })),
    list_match_rules: (input.list_match_rules ?? []).map((rule) => ({
      lists: rule.lists ?? [],
      min_score: rule.min_score ?? threshold,
      action: rule.action,
    })),
    document_rules: input.document_rules ?? [],
    form_field_rules: input.form_field_rules ?? [],
    subsession_rules: input.subsession_rules ?? [],
    risk_rules: input.risk_rules ?? [],
    default_action: input.default_action ?? 'manual_review',
  }
}
