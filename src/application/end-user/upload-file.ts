import type { SessionDocument } from '../../domain/document/document.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import type { Defer, LinkCall } from '../call.ts'
import type { Deps } from '../ports.ts'
import type { UploadAnnouncement } from './announce-upload.ts'
import { confirmUpload } from './confirm-upload.ts'
import type { ReadingDeps } from './keep-reading.ts'
import { runByLink } from './run-by-link.ts'

/** Init, PUT and confirm in one. The session learns of the file before the bucket does, so that a broken one is swept. */
export async function uploadFile(
  deps: ReadingDeps & Pick<Deps, 'documents'>,
  input: LinkCall & { defer: Defer; announcement: Omit<UploadAnnouncement, 'size'>; bytes: Uint8Array },
): Promise<Result<SessionDocument, DomainError>> {
  const { announcement, bytes } = input
  const docId = `doc_${deps.ids.short()}`
  const announced = await runByLink(deps, input, {
    type: 'announce_upload',
    doc_id: docId,
    ...announcement,
    size: bytes.length,
  })
  if (!announced.ok) return announced
  await deps.documents.put({ session_id: input.link.session_id, doc_id: docId }, bytes, announcement.mime_type)
  return confirmUpload(deps, { ...input, docId })
}
