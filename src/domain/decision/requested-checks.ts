// Which checks a workflow asks for, and which of them wait for another one's result. It does not know whether a check
// can run here: that is the check's own state.

import type { CheckName, WorkflowDefinition } from '../workflow/definition.ts'
import { CHECK_NAMES } from '../workflow/definition.ts'

/** In the order of CHECK_NAMES, each once. */
export function requestedChecks(workflow: WorkflowDefinition): CheckName[] {
  const config = workflow.validation_config
  const asked: Record<CheckName, boolean> = {
    watchlists: config.run_lists,
    crypto: config.run_crypto,
    adverse_media: config.run_adverse_media,
    face_match: config.auto_face_match,
    liveness: workflow.steps.some((step) => step.type === 'liveness'),
    web_validation: config.run_web_validation,
    extraction: workflow.steps.some(
      (step) =>
        step.type === 'document_upload' && step.document_requirements.some((requirement) => requirement.auto_extract),
    ),
    cross_validation: config.cross_validation,
  }
  return CHECK_NAMES.filter((check) => asked[check])
}

/** What they compare or search may be known only from a document: see subject.name in decision/inputs.ts. */
const BUILDS_ON_EXTRACTION: ReadonlySet<CheckName> = new Set([
  'cross_validation',
  'face_match',
  'watchlists',
  'adverse_media',
])

/** Checks among `requested` that must have ended first. */
export const dependenciesOf = (check: CheckName, requested: readonly CheckName[]): CheckName[] =>
  BUILDS_ON_EXTRACTION.has(check) && requested.includes('extraction') ? ['extraction'] : []
