// What a tenant may ask of a person, as data: the workflow definition of the API, word for word. These are the shapes
// after defaults were filled in (workflow/normalize.ts) and references were checked (workflow/validate.ts).

import type { CivilDate, EpochMs } from '../time.ts'

export const DOCUMENT_TYPES = [
  'id',
  'passport',
  'driver_license',
  'residence_permit',
  'proof_of_address',
  'company_charter',
  'bank_ownership',
  'selfie',
  'other',
] as const
export type DocumentType = (typeof DOCUMENT_TYPES)[number]

/** Documents also hold liveness frames and the files of file fields, which no requirement names. */
export type StoredDocumentType = DocumentType | 'liveness_frame' | 'field_file'

export const IDENTITY_DOCUMENT_TYPES = ['id', 'passport', 'driver_license', 'residence_permit'] as const

export const DOCUMENT_SIDES = ['front', 'back'] as const
export type DocumentSide = (typeof DOCUMENT_SIDES)[number]

export const MIME_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'] as const
export type DocumentMimeType = (typeof MIME_TYPES)[number]

export type DocumentRequirement = {
  document_type: DocumentType
  display_name: string
  required: boolean
  sides: DocumentSide[]
  auto_extract: boolean
  allow_multiple: boolean
  enable_auto_classification: boolean
  accepted_mime_types: DocumentMimeType[]
  /** Bytes. */
  max_size: number
  entity_role: string | null
}

export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'date',
  'boolean',
  'select',
  'multi_select',
  'file',
  'email',
  'phone',
  'url',
  'country',
  'name',
  'wallet',
  'domain',
  'address',
  'entity_array',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

export const OPERATORS = [
  'equals',
  'not_equals',
  'in',
  'not_in',
  'contains',
  'greater_than',
  'less_than',
  'is_empty',
  'is_not_empty',
] as const
export type Operator = (typeof OPERATORS)[number]

export type ScalarValue = string | number | boolean | null
export type Condition = { field_id: string; operator: Operator; value?: ScalarValue | ScalarValue[] | undefined }

export const COUNTRY_TYPES = ['nationality', 'residence', 'tax_residence', 'incorporation'] as const
export type CountryType = (typeof COUNTRY_TYPES)[number]

export type ValidationRules = {
  min_length?: number | undefined
  max_length?: number | undefined
  min_value?: number | undefined
  max_value?: number | undefined
  min_items?: number | undefined
  max_items?: number | undefined
  /** An ECMAScript pattern, matched against the whole value with the `u` flag. */
  pattern?: string | undefined
  pattern_message?: string | undefined
}

export type FieldOption = { value: string; label: string }

export type FormField = {
  field_id: string
  field_key: string
  name: string
  type: FieldType
  required: boolean
  description?: string | undefined
  tooltip?: string | undefined
  instructions?: string | undefined
  placeholder?: string | undefined
  help_text?: string | undefined
  default_value?: unknown
  options?: FieldOption[] | undefined
  item_fields?: FormField[] | undefined
  name_type?: 'individual' | 'company' | undefined
  validate_lists?: boolean | undefined
  country_type?: CountryType | undefined
  validate_email?: boolean | undefined
  block_disposable?: boolean | undefined
  /** Free word for the page (e.g. `iban`, `tax_id`); nothing is validated by it. */
  format?: string | undefined
  min_date?: CivilDate | 'today' | undefined
  max_date?: CivilDate | 'today' | undefined
  max_length?: number | undefined
  min_value?: number | undefined
  max_value?: number | undefined
  validation_rules?: ValidationRules | undefined
  conditional_logic?: { show_if: Condition } | undefined
}

export const CHECK_NAMES = [
  'watchlists',
  'crypto',
  'adverse_media',
  'face_match',
  'liveness',
  'web_validation',
  'extraction',
  'cross_validation',
] as const
export type CheckName = (typeof CHECK_NAMES)[number]

export const BLOCK_REASONS = [
  'watchlist_hit',
  'crypto_hit',
  'adverse_media_high',
  'face_mismatch',
  'check_error',
] as const
export type BlockReason = (typeof BLOCK_REASONS)[number]

export const RELATIONSHIPS = ['ubo', 'submerchant', 'director', 'shareholder', 'representative', 'other'] as const
export type Relationship = (typeof RELATIONSHIPS)[number]

export const LIVENESS_CHALLENGES = ['blink', 'turn_left', 'turn_right', 'nod', 'smile'] as const
export type LivenessChallenge = (typeof LIVENESS_CHALLENGES)[number]

export type LivenessConfig = {
  /** 0–100. */
  min_confidence: number
  challenge_type: 'passive' | 'active'
  challenges: LivenessChallenge[]
  save_reference_image: boolean
  use_for_face_match: boolean
  max_retries: number
}

type StepBase = {
  step_id: string
  /** 1-based, sequential. */
  order: number
  name: string
  required: boolean
  /** Internal; never shown to the end user. */
  description: string | null
  /** To the end user. */
  instructions: string | null
}

export type DocumentUploadStep = StepBase & { type: 'document_upload'; document_requirements: DocumentRequirement[] }
export type FormFillStep = StepBase & { type: 'form_fill'; custom_fields: FormField[] }
export type SelfieStep = StepBase & { type: 'selfie' }
export type LivenessStep = StepBase & { type: 'liveness'; liveness_config: LivenessConfig }
export type SubsessionCollectionStep = StepBase & {
  type: 'subsession_collection'
  relationships: Relationship[]
  min: number
  max: number
  workflow_id: string | null
  require_completion: boolean
}
export type ValidationStep = StepBase & { type: 'validation'; validations: CheckName[]; block_on: BlockReason[] }

export type WorkflowStep =
  | DocumentUploadStep
  | FormFillStep
  | SelfieStep
  | LivenessStep
  | SubsessionCollectionStep
  | ValidationStep
export const STEP_TYPES = [
  'document_upload',
  'form_fill',
  'selfie',
  'liveness',
  'subsession_collection',
  'validation',
] as const
export type StepType = (typeof STEP_TYPES)[number]

export const ACTIONS = ['auto_approve', 'auto_deny', 'manual_review', 'flag', 'no_action'] as const
export type RuleAction = (typeof ACTIONS)[number]

export type CountryRule = {
  country_code: string
  action: RuleAction
  applies_to: (CountryType | 'all')[]
  reason?: string | undefined
}
export type ListMatchRule = { lists: string[]; min_score: number; action: RuleAction }
export const DOCUMENT_CONDITIONS = [
  'missing',
  'expired',
  'expires_within_days',
  'unreadable',
  'mrz_invalid',
  'type_mismatch',
  'data_mismatch',
  'issuing_country_in',
] as const
export type DocumentCondition = (typeof DOCUMENT_CONDITIONS)[number]
export type DocumentRule = {
  document_type: DocumentType
  condition: DocumentCondition
  /** Days for `expires_within_days`, country codes for `issuing_country_in`. */
  value?: number | string[] | undefined
  action: RuleAction
}
export type FormFieldRule = {
  field_id?: string | undefined
  field_key?: string | undefined
  operator: Operator
  value?: ScalarValue | ScalarValue[] | undefined
  action: RuleAction
}
export const SUBSESSION_CONDITIONS = ['any_rejected', 'any_not_completed', 'any_not_approved'] as const
export type SubsessionRule = { condition: (typeof SUBSESSION_CONDITIONS)[number]; action: RuleAction }
export type RiskRule = { min_risk: number; action: RuleAction }

export type AutomationRules = {
  enabled: boolean
  auto_process: boolean
  country_rules: CountryRule[]
  list_match_rules: ListMatchRule[]
  document_rules: DocumentRule[]
  form_field_rules: FormFieldRule[]
  subsession_rules: SubsessionRule[]
  risk_rules: RiskRule[]
  /** Taken only when no rule fired. */
  default_action: RuleAction
}

export type ValidationConfig = {
  run_lists: boolean
  /** Names of lists; empty = all. */
  lists: string[]
  /** 0–1. */
  list_match_threshold: number
  run_crypto: boolean
  run_adverse_media: boolean
  auto_face_match: boolean
  /** 0–1. */
  face_match_threshold: number
  run_web_validation: boolean
  cross_validation: boolean
  automation_rules: AutomationRules
}

export type ConsentRequirement = { version: string; text: string; privacy_url: string | null; required: boolean }

export type WorkflowDefinition = {
  name: string
  description: string | null
  template_type: string
  entity_types: ('individual' | 'company' | 'both')[]
  industry: string | null
  tags: string[]
  custom_tags: string[]
  /** 1–365; null = the service's default of 7. */
  ttl_days: number | null
  /** BCP 47. */
  language: string | null
  consent: ConsentRequirement | null
  steps: WorkflowStep[]
  validation_config: ValidationConfig
  subsession_workflow_id: string | null
}

/** One immutable version of a workflow. */
export type WorkflowVersion = {
  workflow_id: string
  version: number
  definition: WorkflowDefinition
  created_at: EpochMs
}
