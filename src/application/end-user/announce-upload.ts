import { PENDING_UPLOAD_MS } from '../../domain/document/document.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { EndUserCommand } from '../../domain/session/commands.ts'
import type { LinkCall } from '../call.ts'
import type { Deps, SignedUpload } from '../ports.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'

export type UploadAnnouncement = Omit<Extract<EndUserCommand, { type: 'announce_upload' }>, 'type' | 'doc_id'>
export type AnnouncedUpload = { docId: string; upload: SignedUpload }

/** The session learns of the document first, so that a URL is never out for a file nobody will sweep. */
export async function announceUpload(
  deps: LinkWriteDeps & Pick<Deps, 'clock' | 'documents'>,
  input: LinkCall & { announcement: UploadAnnouncement },
): Promise<Result<AnnouncedUpload, DomainError>> {
  const docId = `doc_${deps.ids.short()}`
  const announced = await runByLink(deps, input, { type: 'announce_upload', doc_id: docId, ...input.announcement })
  if (!announced.ok) return announced
  const { state } = announced.value
  const now = deps.clock.now({ tenantId: state.tenant_id, mode: state.mode })
  const { mime_type, size } = input.announcement
  const upload = await deps.documents.signUpload(
    { session_id: state.session_id, doc_id: docId },
    { mime_type, size, now, expiresAt: now + PENDING_UPLOAD_MS },
  )
  return ok({ docId, upload })
}
