import type { SessionDocument } from '../../../src/domain/document/document.ts'

/** A document that was uploaded and confirmed. */
export const uploaded = (changes: Partial<SessionDocument> = {}): SessionDocument => ({
  doc_id: 'doc_1',
  step_id: 'form',
  document_type: 'field_file',
  side: null,
  field_id: null,
  file_name: 'file.pdf',
  mime_type: 'application/pdf',
  size: 100,
  sha256: '00',
  declared_sha256: null,
  status: 'uploaded',
  created_at: 0,
  uploaded_at: 1,
  replaced_by: null,
  rejection: null,
  warnings: [],
  extraction: null,
  ...changes,
})
