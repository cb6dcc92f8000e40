// What events make of the documents. A document that replaced others gives them their place back when it is removed.

import type { DocumentExtraction } from '../decision/check-results.ts'
import { unreachable } from '../result.ts'
import type { EpochMs } from '../time.ts'
import type { SessionEvent } from './events.ts'
import { begun, changeStep } from './evolve-steps.ts'
import type { SessionState } from './state.ts'

type DocumentEvent = Extract<
  SessionEvent,
  {
    type:
      | 'upload_announced'
      | 'upload_confirmed'
      | 'upload_rejected'
      | 'uploads_swept'
      | 'document_removed'
      | 'document_read'
  }
>

export function evolveDocuments(state: SessionState, event: DocumentEvent, at: EpochMs): SessionState {
  switch (event.type) {
    case 'upload_announced':
      return changeStep({ ...state, documents: [...state.documents, event.document] }, event.document.step_id, (step) =>
        begun(step, at),
      )
    case 'upload_confirmed':
      return {
        ...state,
        documents: state.documents.map((document) => {
          if (event.replaces.includes(document.doc_id)) return { ...document, replaced_by: event.doc_id }
          if (document.doc_id !== event.doc_id) return document
          const { size, sha256, mime_type, warnings } = event
          return { ...document, size, sha256, mime_type, warnings, status: 'uploaded', uploaded_at: at }
        }),
      }
    case 'upload_rejected':
      return {
        ...state,
        documents: state.documents.map((document) =>
          document.doc_id === event.doc_id ? { ...document, status: 'rejected', rejection: event.rejection } : document,
        ),
      }
    case 'uploads_swept':
      return { ...state, documents: state.documents.filter((document) => !event.doc_ids.includes(document.doc_id)) }
    case 'document_removed':
      return {
        ...state,
        documents: state.documents
          .filter((document) => document.doc_id !== event.doc_id)
          .map((document) => (document.replaced_by === event.doc_id ? { ...document, replaced_by: null } : document)),
      }
    case 'document_read':
      return withExtractions(state, [event.extraction])
    default:
      return unreachable(event)
  }
}

/** What was read, at the documents that are still there. */
export function withExtractions(state: SessionState, extractions: readonly DocumentExtraction[]): SessionState {
  const read = new Map(extractions.map((one) => [one.doc_id, one]))
  return {
    ...state,
    documents: state.documents.map((document) => {
      const extraction = read.get(document.doc_id)
      return extraction === undefined ? document : { ...document, extraction }
    }),
  }
}
