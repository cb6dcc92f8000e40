// A document of a session: a record of bytes that lie in R2 under `{session_id}/{doc_id}`. The record never holds
// the bytes, and its name is shown to reviewers only.

import type { DocumentExtraction } from '../decision/check-results.ts'
import type { DocumentSide, StoredDocumentType } from '../workflow/definition.ts'
import type { EpochMs } from '../time.ts'
import { MINUTE_MS } from '../time.ts'

export const DOCUMENT_STATUSES = ['pending_upload', 'uploaded', 'rejected'] as const
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number]

/** How long an upload may be announced before it is swept. */
export const PENDING_UPLOAD_MS = 15 * MINUTE_MS
export const MAX_FILE_BYTES = 15 * 1024 * 1024
export const MAX_UPLOADS_PER_SESSION = 60

export type DocumentWarning = { code: string; message: string }

export type SessionDocument = {
  doc_id: string
  step_id: string
  document_type: StoredDocumentType
  side: DocumentSide | null
  field_id: string | null
  file_name: string
  mime_type: string
  size: number
  /** Lower-case hex; null until confirmed. */
  sha256: string | null
  /** What the client announced, checked on confirm. */
  declared_sha256: string | null
  status: DocumentStatus
  created_at: EpochMs
  uploaded_at: EpochMs | null
  replaced_by: string | null
  rejection: { code: string; message: string } | null
  warnings: DocumentWarning[]
  extraction: DocumentExtraction | null
}

/** Uploaded and not replaced: the only documents that count for a step, a check or a rule. */
export const isCurrent = (document: SessionDocument): boolean =>
  document.status === 'uploaded' && document.replaced_by === null
