// The extraction check: which documents are read, and what the check says of them. A file never changes, so what was read
// of it before stands. What a document holds is read-document.ts's matter.

import type { CheckInputs, DocumentExtraction, ExtractionResult } from '../../domain/decision/check-results.ts'
import { civilDateAt } from '../../domain/time.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { DocumentSide } from '../../domain/workflow/definition.ts'
import type { ReadJob } from './read-document.ts'

const PROVIDER = 'kyc-sessions/reader'

export type DocumentKey = { session_id: string; doc_id: string }
export type ReaderParts = {
  open: (key: DocumentKey) => Promise<ReadableStream<Uint8Array> | null>
  read: (job: ReadJob, body: ReadableStream<Uint8Array>) => Promise<{ extraction: DocumentExtraction }>
}

/** One document after the other: each may need the memory of a whole isolate. Throws when reading itself breaks down. */
export const createExtractionEngine =
  ({ open, read }: ReaderParts) =>
  async (inputs: CheckInputs, now: EpochMs): Promise<ExtractionResult> => {
    const base = { checked_at: now, provider: PROVIDER }
    const asked = inputs.documents.filter((document) => document.auto_extract)
    if (asked.length === 0) {
      return { ...base, state: 'no_input', message: 'The session holds no document that is to be read.', documents: [] }
    }
    const documents: DocumentExtraction[] = []
    const missing: string[] = []
    for (const document of asked) {
      if (document.extraction !== null) {
        documents.push(document.extraction)
        continue
      }
      const body = await open({ session_id: inputs.session_id, doc_id: document.doc_id })
      if (body === null) {
        missing.push(document.doc_id)
        continue
      }
      const { doc_id, document_type, side } = document
      const job = { doc_id, document_type, side: sideOf(side), today: civilDateAt(now) }
      documents.push((await read(job, body)).extraction)
    }
    if (missing.length === 0) return { ...base, state: 'ok', documents }
    return { ...base, state: 'error', message: `The file of ${missing.join(', ')} is not there.`, documents }
  }

const sideOf = (side: string | null): DocumentSide | null => (side === 'front' || side === 'back' ? side : null)
