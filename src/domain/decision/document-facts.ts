// Facts of one uploaded document that rules and risk ask for: which requirement it answers, which types it counts as,
// when it runs out. It reads what extraction found and never reads the image itself.

import type { SessionDocument } from '../document/document.ts'
import type { CivilDate } from '../time.ts'
import { civilDateToDays } from '../time.ts'
import type { DocumentRequirement, WorkflowDefinition } from '../workflow/definition.ts'
import { IDENTITY_DOCUMENT_TYPES } from '../workflow/definition.ts'
import type { DocumentExtraction } from './check-results.ts'

export const isIdentityType = (type: string): boolean => IDENTITY_DOCUMENT_TYPES.some((one) => one === type)

/** The requirement of the document's own step that names its type, else that step's `id`, which takes any identity document. */
export function requirementFor(document: SessionDocument, workflow: WorkflowDefinition): DocumentRequirement | null {
  const step = workflow.steps.find((one) => one.step_id === document.step_id)
  if (step?.type !== 'document_upload') return null
  const requirements = step.document_requirements
  return (
    requirements.find((one) => one.document_type === document.document_type) ??
    requirements.find((one) => one.document_type === 'id' && isIdentityType(document.document_type)) ??
    null
  )
}

/** Whether a rule about `type` means this document: `id` means any identity document, and a passport sent as `id` is a passport. */
export function countsAs(type: string, document: SessionDocument, extraction: DocumentExtraction | null): boolean {
  if (document.document_type === type) return true
  if (type === 'id') return isIdentityType(document.document_type)
  return document.document_type === 'id' && extraction?.document_type === type
}

/** Negative once it has run out; null when no date was read. A document is good on its last day. */
export function daysUntilExpiry(extraction: DocumentExtraction | null, today: CivilDate): number | null {
  const expiry = civilDateToDays(extraction?.fields['expiry_date']?.value ?? '')
  const now = civilDateToDays(today)
  return expiry === null || now === null ? null : expiry - now
}

/** Read as something else than what was asked for; `id` is fine with any identity document. */
export function isOtherType(document: SessionDocument, extraction: DocumentExtraction | null): boolean {
  if (extraction === null) return false
  if (extraction.warnings.some((warning) => warning.code === 'type_mismatch')) return true
  const read = extraction.document_type
  if (read === null || read === document.document_type || document.document_type === 'other') return false
  return !(document.document_type === 'id' && isIdentityType(read))
}

export const isUnreadable = (extraction: DocumentExtraction | null): boolean =>
  extraction === null ||
  extraction.warnings.some((warning) => warning.code === 'unreadable') ||
  (Object.keys(extraction.fields).length === 0 && extraction.mrz === null)
