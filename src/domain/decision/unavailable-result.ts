// The result of a check that could not say anything: empty evidence under a state that is not `ok`. Rules and floors
// see the state; nothing here may ever read as a pass.

import type { CheckName } from '../workflow/definition.ts'
import { unreachable } from '../result.ts'
import type { CheckBase, CheckResult, CheckState } from './check-results.ts'

export type Unavailable = CheckBase & { state: Exclude<CheckState, 'ok' | 'stale'> }

export function unavailableResult(check: CheckName, base: Unavailable): CheckResult {
  switch (check) {
    case 'watchlists':
      return { ...base, hits: [] }
    case 'crypto':
      return { ...base, addresses: [] }
    case 'adverse_media':
      return { ...base, level: 'none', articles: [] }
    case 'face_match':
      return {
        ...base,
        is_match: false,
        similarity: null,
        distance: null,
        decision: 'no_reliable_face',
        reference_doc_id: null,
        probe_doc_id: null,
        problems: [],
      }
    case 'liveness':
      return { ...base, passed: false, confidence: null, attempts: 0, reasons: [], best_frame_doc_id: null }
    case 'web_validation':
      return { ...base, sites: [] }
    case 'extraction':
      return { ...base, documents: [] }
    case 'cross_validation':
      return { ...base, is_consistent: false, comparisons: [] }
    default:
      return unreachable(check)
  }
}
