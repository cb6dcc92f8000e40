// What the person behind the link may know of a workflow: what is asked of them and in which words. What is checked,
// at which threshold, and what follows from it is the tenant's alone.

import type {
  ConsentRequirement,
  DocumentRequirement,
  DocumentUploadStep,
  FormField,
  FormFillStep,
  LivenessConfig,
  LivenessStep,
  SelfieStep,
  SubsessionCollectionStep,
  ValidationStep,
  WorkflowDefinition,
  WorkflowStep,
} from './definition.ts'

export type PublicFormField = Omit<
  FormField,
  'validate_lists' | 'validate_email' | 'block_disposable' | 'item_fields'
> & {
  item_fields?: PublicFormField[] | undefined
}
export type PublicDocumentRequirement = Omit<
  DocumentRequirement,
  'auto_extract' | 'enable_auto_classification' | 'entity_role'
>
export type PublicWorkflowStep =
  | (Omit<DocumentUploadStep, 'description' | 'document_requirements'> & {
      document_requirements: PublicDocumentRequirement[]
    })
  | (Omit<FormFillStep, 'description' | 'custom_fields'> & { custom_fields: PublicFormField[] })
  | Omit<SelfieStep, 'description'>
  | (Omit<LivenessStep, 'description' | 'liveness_config'> & {
      liveness_config: Pick<LivenessConfig, 'challenge_type' | 'max_retries'>
    })
  | Omit<SubsessionCollectionStep, 'description' | 'workflow_id'>
  | Omit<ValidationStep, 'description' | 'validations' | 'block_on'>

export type PublicWorkflow = {
  name: string
  entity_types: WorkflowDefinition['entity_types']
  language: string | null
  consent: ConsentRequirement | null
  steps: PublicWorkflowStep[]
}

export const publicWorkflow = (definition: WorkflowDefinition): PublicWorkflow => ({
  name: definition.name,
  entity_types: definition.entity_types,
  language: definition.language,
  consent: definition.consent,
  steps: definition.steps.map(publicStep),
})

function publicStep(step: WorkflowStep): PublicWorkflowStep {
  const shown = {
    step_id: step.step_id,
    order: step.order,
    name: step.name,
    required: step.required,
    instructions: step.instructions,
  }
  switch (step.type) {
    case 'document_upload':
      return { ...shown, type: step.type, document_requirements: step.document_requirements.map(publicRequirement) }
    case 'form_fill':
      return { ...shown, type: step.type, custom_fields: step.custom_fields.map(publicField) }
    case 'liveness': {
      const { challenge_type, max_retries } = step.liveness_config
      return { ...shown, type: step.type, liveness_config: { challenge_type, max_retries } }
    }
    case 'subsession_collection': {
      const { relationships, min, max, require_completion } = step
      return { ...shown, type: step.type, relationships, min, max, require_completion }
    }
    case 'selfie':
    case 'validation':
      return { ...shown, type: step.type }
  }
}

function publicRequirement(requirement: DocumentRequirement): PublicDocumentRequirement {
  const { auto_extract: _1, enable_auto_classification: _2, entity_role: _3, ...shown } = requirement
  return shown
}

function publicField(field: FormField): PublicFormField {
  const { validate_lists: _1, validate_email: _2, block_disposable: _3, item_fields, ...shown } = field
  return item_fields === undefined ? shown : { ...shown, item_fields: item_fields.map(publicField) }
}
