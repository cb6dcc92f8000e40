// Which requirement of a step a document answers, and which documents are still missing. A passport has no back: once
// one is there for an `id` requirement, only its front is asked for.

import { isCurrent } from '../document/document.ts'
import type { SessionDocument } from '../document/document.ts'
import type { ErrorDetail } from '../errors.ts'
import type { DocumentRequirement, DocumentUploadStep, StoredDocumentType } from '../workflow/definition.ts'
import { IDENTITY_DOCUMENT_TYPES } from '../workflow/definition.ts'

/** An `id` requirement takes any identity document that no other requirement of the step names. */
export function requirementFor(step: DocumentUploadStep, documentType: string): DocumentRequirement | null {
  const exact = step.document_requirements.find((requirement) => requirement.document_type === documentType)
  if (exact !== undefined) return exact
  const isIdentity = IDENTITY_DOCUMENT_TYPES.some((type) => type === documentType)
  return isIdentity
    ? (step.document_requirements.find((requirement) => requirement.document_type === 'id') ?? null)
    : null
}

export const currentDocuments = (documents: readonly SessionDocument[], stepId: string): SessionDocument[] =>
  documents.filter((document) => document.step_id === stepId && isCurrent(document))

export const isPassport = (document: SessionDocument): boolean =>
  document.document_type === 'passport' || document.extraction?.document_type === 'passport'

export function missingDocuments(step: DocumentUploadStep, documents: readonly SessionDocument[]): ErrorDetail[] {
  const current = currentDocuments(documents, step.step_id)
  return step.document_requirements
    .filter((requirement) => requirement.required)
    .flatMap((requirement): ErrorDetail[] => {
      const given = current.filter((document) => requirementFor(step, document.document_type) === requirement)
      const path = `documents.${requirement.document_type}`
      if (requirement.sides.length === 0 || (requirement.document_type === 'id' && given.some(isPassport))) {
        return given.length > 0 ? [] : [{ path, message: `Please upload ${requirement.display_name}.` }]
      }
      return requirement.sides
        .filter((side) => !given.some((document) => document.side === side))
        .map((side) => ({
          path: `${path}.${side}`,
          message: `Please upload the ${side} of ${requirement.display_name}.`,
        }))
    })
}

export const hasCurrent = (documents: readonly SessionDocument[], stepId: string, type: StoredDocumentType): boolean =>
  currentDocuments(documents, stepId).some((document) => document.document_type === type)
