import type { CheckBase, DocumentExtraction } from '../../domain/decision/check-results.ts'
import { gatherInputs } from '../../domain/decision/inputs.ts'
import { unavailableResult } from '../../domain/decision/unavailable-result.ts'
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
import { sessionClosed } from './session-closed.ts'

export type ExtractedDocument = { document: SessionDocument; extraction: DocumentExtraction | null; check: CheckBase }

/** What the engine reads in one document, for the person to look over. Nothing of it is kept: a run reads for itself. */
export async function extractDocument(
  deps: LinkReadDeps & Pick<Deps, 'engines'>,
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
  const result = await runExtraction(deps, read.value)
  const found = result.documents.find((one) => one.doc_id === input.docId)
  return ok({ document, extraction: found ?? document.extraction, check: result })
}

async function runExtraction(deps: LinkReadDeps & Pick<Deps, 'engines'>, { state, workflow }: SessionSnapshot) {
  const now = deps.clock.now({ tenantId: state.tenant_id, mode: state.mode })
  const inputs = gatherInputs({ state, workflow, previous: {}, explainMisses: false })
  const result = await deps.engines.extraction(inputs, now)
  if ('documents' in result) return result
  const base = { state: 'error', provider: result.provider, checked_at: now } as const
  return { ...unavailableResult('extraction', base), documents: [] }
}
