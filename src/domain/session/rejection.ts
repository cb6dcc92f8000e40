// A refused upload is a committed fact and an error at once: the event is stored, and this is what the caller hears.

import { domainError } from '../errors.ts'
import type { DomainError } from '../errors.ts'
import type { SessionState } from './state.ts'

export function rejectionOf(state: SessionState, docId: string): DomainError | null {
  const document = state.documents.find((one) => one.doc_id === docId)
  if (document === undefined || document.status !== 'rejected' || document.rejection === null) return null
  const { code, message } = document.rejection
  return domainError('FILE_REJECTED', message, [{ path: 'doc_id', message: code }])
}
