import type { CheckBase, DocumentExtraction } from '../../domain/decision/check-results.ts'
import { gatherInputs } from '../../domain/decision/inputs.ts'
import type { SessionDocument } from '../../domain/document/document.ts'
import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { publicStatus } from '../../domain/session/public-view.ts'
import { linkGrant } from '../call.ts'
import { documentNotFound } from '../not-found.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'
import type { LinkRead, LinkReadDeps } from './read-by-link.ts'
import { readByLink } from './read-by-link.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'
import { sessionClosed } from './session-closed.ts'

export type ExtractedDocument = { document: SessionDocument; extraction: DocumentExtraction | null; check: CheckBase }

/** What the engine reads in one document, for the person to look over. Read once: a run and a later call find it with the document. */
export async function extractDocument(
  deps: LinkReadDeps & LinkWriteDeps & Pick<Deps, 'engines'>,
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
  const result = await readOne(deps, read.value, input.docId)
  const extraction = result.documents.find((one) => one.doc_id === input.docId) ?? null
  if (extraction === null || document.extraction !== null) return ok({ document, extraction, check: result })
  const kept = await runByLink(deps, input, { type: 'record_extraction', extraction })
  return kept.ok ? ok({ document: { ...document, extraction }, extraction, check: result }) : kept
}

/** The engine sees this document alone, and reads it also where the workflow does not say so. */
async function readOne(
  deps: Pick<Deps, 'engines' | 'clock'>,
  { state, workflow }: SessionSnapshot,
  docId: string,
): Promise<CheckBase & { documents: DocumentExtraction[] }> {
  const now = deps.clock.now({ tenantId: state.tenant_id, mode: state.mode })
  const inputs = gatherInputs({ state, workflow, previous: {}, explainMisses: false })
  const documents = inputs.documents.flatMap((one) => (one.doc_id === docId ? [{ ...one, auto_extract: true }] : []))
  const result = await deps.engines.extraction({ ...inputs, documents }, now)
  if ('documents' in result) return result
  return { state: 'error', provider: result.provider, checked_at: now, documents: [] }
}
