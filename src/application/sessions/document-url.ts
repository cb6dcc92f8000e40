import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { SessionDocument } from '../../domain/document/document.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { EpochMs } from '../../domain/time.ts'
import { SECOND_MS } from '../../domain/time.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { documentNotFound } from '../not-found.ts'
import type { Deps } from '../ports.ts'
import { readSession } from './read-session.ts'

export const DOWNLOAD_URL_SECONDS = 300

export type DocumentUrl = { document: SessionDocument; url: string; expiresInSeconds: number; expiresAt: EpochMs }

/** A short-lived URL that downloads the file as an attachment. The access line is the audit event. */
export async function documentUrl(
  deps: Pick<Deps, 'clock' | 'ids' | 'directory' | 'sessionObjects' | 'documents'>,
  input: TenantCall & { sessionId: string; docId: string },
): Promise<Result<DocumentUrl, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const session = await readSession(deps, input, 'document.url', input.sessionId)
  if (!session.ok) return session
  const document = session.value.state.documents.find((candidate) => candidate.doc_id === input.docId)
  if (document === undefined || document.status === 'rejected') return err(documentNotFound())
  if (document.status === 'pending_upload') {
    return err(
      domainError(
        'UPLOAD_INCOMPLETE',
        'The upload of this document was announced but not confirmed: there is no file yet.',
      ),
    )
  }
  const now = deps.clock.now(input.actor.scope)
  const url = await deps.documents.signDownload(
    { session_id: input.sessionId, doc_id: document.doc_id },
    { file_name: document.file_name, mime_type: document.mime_type, now, expiresInSeconds: DOWNLOAD_URL_SECONDS },
  )
  return ok({
    document,
    url,
    expiresInSeconds: DOWNLOAD_URL_SECONDS,
    expiresAt: now + DOWNLOAD_URL_SECONDS * SECOND_MS,
  })
}
