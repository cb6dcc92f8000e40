// A workflow as a tenant sends it: the definition with everything optional that has a default (normalize.ts). The
// types and enums of the body are checked before, by http's schema; a definition that was read back fits in again.

import type { MakeOptional } from './make-optional.ts'
import type {
  AutomationRules,
  BlockReason,
  CheckName,
  ConsentRequirement,
  CountryRule,
  DocumentRequirement,
  DocumentRule,
  FormField,
  FormFieldRule,
  LivenessConfig,
  Relationship,
  ValidationConfig,
} from './definition.ts'

/** The same step may be sent without any of these. */
type StepInputBase = {
  step_id?: string | undefined
  order?: number | undefined
  name?: string | undefined
  required?: boolean | undefined
  description?: string | null | undefined
  instructions?: string | null | undefined
}

export type DocumentRequirementInput = MakeOptional<
  DocumentRequirement,
  Exclude<keyof DocumentRequirement, 'document_type'>
>

export type FormFieldInput = MakeOptional<Omit<FormField, 'item_fields'>, 'field_id' | 'field_key' | 'required'> & {
  item_fields?: FormFieldInput[] | undefined
}

export type LivenessConfigInput = MakeOptional<LivenessConfig, keyof LivenessConfig>

export type WorkflowStepInput = StepInputBase &
  (
    | { type: 'document_upload'; document_requirements: DocumentRequirementInput[] }
    | { type: 'form_fill'; custom_fields: FormFieldInput[] }
    | { type: 'selfie' }
    | { type: 'liveness'; liveness_config?: LivenessConfigInput | undefined }
    | {
        type: 'subsession_collection'
        relationships?: Relationship[] | undefined
        min?: number | undefined
        max?: number | undefined
        workflow_id?: string | null | undefined
        require_completion?: boolean | undefined
      }
    | { type: 'validation'; validations: CheckName[]; block_on?: BlockReason[] | undefined }
  )

export type AutomationRulesInput = MakeOptional<
  Omit<AutomationRules, 'country_rules' | 'document_rules' | 'form_field_rules' | 'list_match_rules'>,
  'enabled' | 'auto_process' | 'subsession_rules' | 'risk_rules' | 'default_action'
> & {
  country_rules?: MakeOptional<CountryRule, 'applies_to'>[] | undefined
  list_match_rules?:
    | { lists?: string[] | undefined; min_score?: number | undefined; action: AutomationRules['default_action'] }[]
    | undefined
  document_rules?: DocumentRule[] | undefined
  form_field_rules?: FormFieldRule[] | undefined
}

export type ValidationConfigInput = MakeOptional<
  Omit<ValidationConfig, 'automation_rules'>,
  Exclude<keyof ValidationConfig, 'automation_rules'>
> & { automation_rules?: AutomationRulesInput | undefined }

export type ConsentInput = MakeOptional<ConsentRequirement, 'required' | 'privacy_url'>

export type WorkflowInput = {
  name: string
  steps: WorkflowStepInput[]
  description?: string | null | undefined
  template_type?: string | undefined
  entity_types?: ('individual' | 'company' | 'both')[] | undefined
  industry?: string | null | undefined
  tags?: string[] | undefined
  custom_tags?: string[] | undefined
  ttl_days?: number | null | undefined
  language?: string | null | undefined
  consent?: ConsentInput | null | undefined
  validation_config?: ValidationConfigInput | undefined
  subsession_workflow_id?: string | null | undefined
}
