import type { CheckBase, DocumentExtraction } from '../../domain/decision/check-results.ts'
import { gatherInputs } from '../../domain/decision/inputs.ts'
import { unavailableResult } from '../../domain/decision/unavailable-result.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { LinkCall } from '../call.ts'
import type { Deps, SessionSnapshot } from '../ports.ts'
import type { LinkWriteDeps } from './run-by-link.ts'
import { runByLink } from './run-by-link.ts'

export type ReadingDeps = LinkWriteDeps & Pick<Deps, 'engines' | 'clock' | 'log'>
const BROKE_DOWN = 'The document could not be read now.'

export type Reading = { extraction: DocumentExtraction | null; check: CheckBase }

/**
 * Reads one document, whether the workflow asks for it or not, and keeps what was read with it: a run finds it there. An
 * engine that breaks down is a check that says so, and nothing is kept: the run reads anew.
 */
export async function keepReading(
  deps: ReadingDeps,
  call: LinkCall,
  { state, workflow }: SessionSnapshot,
  docId: string,
): Promise<Result<Reading, DomainError>> {
  const now = deps.clock.now({ tenantId: state.tenant_id, mode: state.mode })
  const inputs = gatherInputs({ state, workflow, previous: {}, explainMisses: false })
  const documents = inputs.documents.flatMap((one) => (one.doc_id === docId ? [{ ...one, auto_extract: true }] : []))
  const result = await deps.engines.extraction({ ...inputs, documents }, now).catch((cause: unknown) => {
    const error_name = cause instanceof Error ? cause.name : typeof cause
    deps.log.warn('document.not_read', { session_id: state.session_id, error_name })
    const base = { state: 'error', provider: 'none', checked_at: now, message: BROKE_DOWN } as const
    return unavailableResult('extraction', base)
  })
  const extraction = ('documents' in result ? result.documents : []).find((one) => one.doc_id === docId) ?? null
  const isKnown = state.documents.some((one) => one.doc_id === docId && one.extraction !== null)
  if (extraction !== null && !isKnown) {
    const kept = await runByLink(deps, call, { type: 'record_extraction', extraction })
    if (!kept.ok) return kept
  }
  return ok({ extraction, check: result })
}
