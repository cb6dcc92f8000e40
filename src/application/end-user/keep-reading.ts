import type { CheckBase, DocumentExtraction } from '../../domain/decision/check-results.ts'
import { gatherInputs } from '../../domain/decision/inputs.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { LinkCall } from '../call.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'

export type ReadingDeps = LinkWriteDeps & Pick<Deps, 'engines' | 'clock'>
export type Reading = { extraction: DocumentExtraction | null; check: CheckBase }

/** Reads one document, whether the workflow asks for it or not, and keeps what was read with it: a run finds it there. */
export async function keepReading(
  deps: ReadingDeps,
  call: LinkCall,
  { state, workflow }: SessionSnapshot,
  docId: string,
): Promise<Result<Reading, DomainError>> {
  const now = deps.clock.now({ tenantId: state.tenant_id, mode: state.mode })
  const inputs = gatherInputs({ state, workflow, previous: {}, explainMisses: false })
  const documents = inputs.documents.flatMap((one) => (one.doc_id === docId ? [{ ...one, auto_extract: true }] : []))
  const result = await deps.engines.extraction({ ...inputs, documents }, now)
  const extraction = ('documents' in result ? result.documents : []).find((one) => one.doc_id === docId) ?? null
  const isKnown = state.documents.some((one) => one.doc_id === docId && one.extraction !== null)
  if (extraction !== null && !isKnown) {
    const kept = await runByLink(deps, call, { type: 'record_extraction', extraction })
    if (!kept.ok) return kept
  }
  return ok({ extraction, check: result })
}
