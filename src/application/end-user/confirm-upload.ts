import type { SessionDocument } from '../../domain/document/document.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { requirementFor } from '../../domain/decision/document-facts.ts'
import type { Defer, LinkCall } from '../call.ts'
import { documentNotFound } from '../not-found.ts'
import type { Deps } from '../ports.ts'
import { keepReading } from './keep-reading.ts'
import type { ReadingDeps } from './keep-reading.ts'
import { runByLink } from './run-by-link.ts'

/**
 * One read of the stored bytes, then the session is told what they are: size, hash, type by content, what is wrong with them.
 * What the workflow wants read is read behind the answer.
 */
export async function confirmUpload(
  deps: ReadingDeps & Pick<Deps, 'documents'>,
  input: LinkCall & { docId: string; defer: Defer },
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
  if (document === undefined) return err(documentNotFound())
  const isToBeRead = requirementFor(document, confirmed.value.workflow)?.auto_extract === true
  if (isToBeRead && document.status === 'uploaded' && document.extraction === null) {
    input.defer(keepReading(deps, input, confirmed.value, input.docId))
  }
  return ok(document)
}
