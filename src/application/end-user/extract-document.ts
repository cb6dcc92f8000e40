import type { CheckBase, DocumentExtraction } from '../../domain/decision/check-results.ts'
import type { SessionDocument } from '../../domain/document/document.ts'
import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { publicStatus } from '../../domain/session/public-view.ts'
import { linkGrant } from '../call.ts'
import { documentNotFound } from '../not-found.ts'
import { keepReading } from './keep-reading.ts'
import type { ReadingDeps } from './keep-reading.ts'
import type { LinkRead, LinkReadDeps } from './read-by-link.ts'
import { readByLink } from './read-by-link.ts'
import { sessionClosed } from './session-closed.ts'

export type ExtractedDocument = { document: SessionDocument; extraction: DocumentExtraction | null; check: CheckBase }

/** What the engine reads in one document, for the person to look over. Read once: a run and a later call find it with the document. */
export async function extractDocument(
  deps: LinkReadDeps & ReadingDeps,
  input: Omit<LinkRead, 'operation'> & { docId: string },
): Promise<Result<ExtractedDocument, DomainError>> {
  const read = await readByLink(deps, { ...input, operation: 'document.extract' })
  if (!read.ok) return read
  const { state } = read.value
  if (publicStatus(state) === 'completed') return err(sessionClosed())
  const document = state.documents.find((one) => one.doc_id === input.docId)
  if (document === undefined || document.status === 'rejected') return err(documentNotFound())
  if (document.status === 'pending_upload') {
    return err(domainError('UPLOAD_INCOMPLETE', 'The file is not confirmed yet. POST /upload/confirm first.'))
  }
  const counted = await deps.sessionObjects.attempt(state.session_id, linkGrant(input), 'extract')
  if (!counted.ok) return counted
  const reading = await keepReading(deps, input, read.value, input.docId)
  if (!reading.ok) return reading
  const { extraction, check } = reading.value
  return ok({ document: { ...document, extraction: document.extraction ?? extraction }, extraction, check })
}
