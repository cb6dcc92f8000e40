// What a step other than a form still needs before it is done (forms: workflow/fields.ts). Each missing thing is named.

import type { ErrorDetail } from '../errors.ts'
import { unreachable } from '../result.ts'
import type { FormFillStep, SubsessionCollectionStep, WorkflowStep } from '../workflow/definition.ts'
import { hasCurrent, missingDocuments } from './requirements.ts'
import type { SessionState, StepState } from './state.ts'
import { isSubsessionCompleted } from './subsession-counts.ts'

export type PlainStep = Exclude<WorkflowStep, FormFillStep>

export function missingFrom(state: SessionState, step: StepState, definition: PlainStep): ErrorDetail[] {
  switch (definition.type) {
    case 'document_upload':
      return missingDocuments(definition, state.documents)
    case 'selfie':
      return hasCurrent(state.documents, definition.step_id, 'selfie')
        ? []
        : [{ path: 'documents.selfie', message: 'Please take a selfie.' }]
    case 'liveness':
      return (step.liveness?.result ?? null) !== null
        ? []
        : [{ path: 'liveness', message: 'Please do the liveness check.' }]
    case 'subsession_collection':
      return missingSubsessions(state, definition)
    case 'validation':
      return [{ path: 'validation', message: 'This step is done by the service; wait until its checks have ended.' }]
    default:
      return unreachable(definition)
  }
}

function missingSubsessions(state: SessionState, definition: SubsessionCollectionStep): ErrorDetail[] {
  const children = state.subsessions.filter((child) => child.step_id === definition.step_id)
  if (children.length < definition.min) {
    return [{ path: 'subsessions', message: `Please add at least ${definition.min}; there are ${children.length}.` }]
  }
  if (!definition.require_completion) return []
  return children
    .filter((child) => !isSubsessionCompleted(child.status))
    .map((child) => ({
      path: `subsessions.${child.session_id}`,
      message: `${child.name ?? 'This person'} has not finished yet.`,
    }))
}
