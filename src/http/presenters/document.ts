import type { SessionDocument } from '../../domain/document/document.ts'
import type { DocumentBody } from '../schemas/document.ts'
import { isoOrNull } from './time.ts'

/** The declared hash and the announcement's time stay inside. */
export const presentDocument = (document: SessionDocument): DocumentBody => ({
  doc_id: document.doc_id,
  step_id: document.step_id,
  document_type: document.document_type,
  side: document.side,
  field_id: document.field_id,
  file_name: document.file_name,
  mime_type: document.mime_type,
  size: document.size,
  sha256: document.sha256,
  status: document.status,
  uploaded_at: isoOrNull(document.uploaded_at),
  replaced_by: document.replaced_by,
  rejection: document.rejection,
  warnings: document.warnings,
  extraction: document.extraction,
})
