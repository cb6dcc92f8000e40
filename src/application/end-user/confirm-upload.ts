import type { SessionDocument } from '../../domain/document/document.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { LinkCall } from '../call.ts'
import { documentNotFound } from '../not-found.ts'
import type { Deps } from '../ports.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'

/** One read of the stored bytes, then the session is told what they are: size, hash, type by content, what is wrong with them. */
export async function confirmUpload(
  deps: LinkWriteDeps & Pick<Deps, 'documents'>,
  input: LinkCall & { docId: string },
): Promise<Result<SessionDocument, DomainError>> {
  const observed = await deps.documents.inspect({ session_id: input.link.session_id, doc_id: input.docId })
  const confirmed = await runByLink(deps, input, {
    type: 'confirm_upload',
    doc_id: input.docId,
    observed,
    warnings: observed?.warnings ?? [],
  })
  if (!confirmed.ok) return confirmed
  const document = confirmed.value.state.documents.find((candidate) => candidate.doc_id === input.docId)
  return document === undefined ? err(documentNotFound()) : ok(document)
}
