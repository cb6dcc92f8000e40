// Kinds of documents by how they are read: cards and booklets of a person, letters about an account, papers of a company.

import type { StoredDocumentType } from '../../domain/workflow/definition.ts'

export type DocumentFamily = 'card' | 'letter' | 'charter'

/** Null: nothing is looked for in it. */
export function familyOf(type: StoredDocumentType): DocumentFamily | null {
  switch (type) {
    case 'id':
    case 'passport':
    case 'driver_license':
    case 'residence_permit':
      return 'card'
    case 'proof_of_address':
    case 'bank_ownership':
      return 'letter'
    case 'company_charter':
      return 'charter'
    case 'selfie':
    case 'liveness_frame':
    case 'field_file':
    case 'other':
      return null
  }
}
