// Holds what a document seems to be against what it was sent as. Only a clear other kind is one; a letter about an account
// may prove an address and the account as well, and any identity document is an `id`.

import type { StoredDocumentType } from '../../domain/workflow/definition.ts'
import { IDENTITY_DOCUMENT_TYPES } from '../../domain/workflow/definition.ts'
import type { Classification } from './classify.ts'
import { familyOf } from './document-families.ts'

export type SettledType = { document_type: StoredDocumentType | null; isOther: boolean }

const CLEAR = 0.8

export function settleType(sentAs: StoredDocumentType, found: Classification | null): SettledType {
  if (found === null) return { document_type: null, isOther: false }
  if (found.document_type === sentAs) return { document_type: sentAs, isOther: false }
  if (found.confidence < CLEAR) return { document_type: null, isOther: false }
  if (familyOf(sentAs) === 'letter' && familyOf(found.document_type) === 'letter')
    return { document_type: sentAs, isOther: false }
  const isIdentity = IDENTITY_DOCUMENT_TYPES.some((type) => type === found.document_type)
  const isOther = sentAs !== 'other' && sentAs !== 'field_file' && !(sentAs === 'id' && isIdentity)
  return { document_type: found.document_type, isOther }
}

/** Words for the person on the page. */
export const TYPE_WORDS: Record<StoredDocumentType, string> = {
  id: 'an identity card',
  passport: 'a passport',
  driver_license: 'a driving licence',
  residence_permit: 'a residence permit',
  proof_of_address: 'a bill or a letter that shows an address',
  company_charter: 'a company document',
  bank_ownership: 'a letter about a bank account',
  selfie: 'a selfie',
  other: 'another document',
  liveness_frame: 'a picture of a face',
  field_file: 'a file',
}
