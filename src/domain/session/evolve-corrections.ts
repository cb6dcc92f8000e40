// What events make of correction rounds. `completed_at` of a step in correction stays: it says that the step was done
// before, and with which right a cancelled round puts it back. Cancelling restores the values that the round changed and the
// documents that it replaced.

import type { SessionDocument } from '../document/document.ts'
import { unreachable } from '../result.ts'
import type { EpochMs } from '../time.ts'
import type { SessionEvent } from './events.ts'
import { originalData } from './original-data.ts'
import type { Correction, CorrectionChange, LivenessAttempts, SessionState, StepState } from './state.ts'

type CorrectionEvent = Extract<
  SessionEvent,
  { type: 'corrections_requested' | 'correction_changed' | 'corrections_closed' }
>

export function evolveCorrections(state: SessionState, event: CorrectionEvent, at: EpochMs): SessionState {
  switch (event.type) {
    case 'corrections_requested': {
      const named = new Set(event.corrections.map((correction) => correction.step_id))
      const results = state.processing_results
      return {
        ...state,
        corrections: [...state.corrections, ...event.corrections],
        correction_round: event.round,
        steps: state.steps.map((step) =>
          named.has(step.step_id) ? { ...step, status: 'needs_correction', liveness: askedAnew(step.liveness) } : step,
        ),
        processing_results:
          results === null ? null : { ...results, final_decision: null, superseded_at: results.superseded_at ?? at },
      }
    }
    case 'correction_changed':
      return {
        ...state,
        corrections: state.corrections.map((correction) =>
          correction.correction_id === event.correction_id
            ? { ...correction, changes: event.changes.reduce(withChange, correction.changes) }
            : correction,
        ),
      }
    case 'corrections_closed': {
      const closed = (correction: Correction): Correction =>
        event.correction_ids.includes(correction.correction_id)
          ? { ...correction, status: event.as, resolved_at: at }
          : correction
      const next = { ...state, corrections: state.corrections.map(closed) }
      if (event.as === 'resolved') return next
      return {
        ...next,
        steps: state.steps.map((step) => putBack(state, step, event.correction_ids)),
        documents: documentsPutBack(state, event.correction_ids),
      }
    }
    default:
      return unreachable(event)
  }
}

/** One entry per field: what was there before the round, and what is there now. */
function withChange(changes: CorrectionChange[], change: CorrectionChange): CorrectionChange[] {
  const known = changes.find((one) => one.field_id !== null && one.field_id === change.field_id)
  if (known === undefined) return [...changes, change]
  return changes.map((one) => (one === known ? { ...change, old_value: known.old_value } : one))
}

function putBack(state: SessionState, step: StepState, cancelled: string[]): StepState {
  const items = state.corrections.filter((one) => one.step_id === step.step_id && one.status === 'open')
  const isOver = items.length > 0 && items.every((item) => cancelled.includes(item.correction_id))
  if (step.status !== 'needs_correction' || !isOver) return step
  return {
    ...step,
    status: step.completed_at === null ? 'skipped' : 'completed',
    form_data: originalData(step.form_data, items),
    liveness: restored(step.liveness),
  }
}

function askedAnew(liveness: LivenessAttempts | null): LivenessAttempts | null {
  const result = liveness?.result ?? liveness?.before_correction
  return result === undefined || result === null
    ? null
    : { used: 0, open: null, result: null, before_correction: result }
}

function restored(liveness: LivenessAttempts | null): LivenessAttempts | null {
  const result = liveness?.before_correction
  return liveness === null || result === undefined ? liveness : { used: result.attempts, open: null, result }
}

/** What the round replaced is current again, and what it brought for that is replaced in turn. */
function documentsPutBack(state: SessionState, cancelled: string[]): SessionDocument[] {
  const brought = new Set(
    state.corrections
      .filter((item) => cancelled.includes(item.correction_id))
      .flatMap((item) => item.changes.flatMap((change) => (change.document_type === null ? [] : [change.new_value]))),
  )
  const replacedBy = new Map(state.documents.map((document) => [document.doc_id, document.replaced_by]))
  const originOf = new Map<string, string>()
  for (const { doc_id, replaced_by } of state.documents) {
    if (brought.has(doc_id)) continue
    for (let next = replaced_by; next !== null && brought.has(next); next = replacedBy.get(next) ?? null)
      originOf.set(next, doc_id)
  }
  return state.documents.map((document) => {
    if (brought.has(document.doc_id))
      return { ...document, replaced_by: originOf.get(document.doc_id) ?? document.replaced_by }
    return document.replaced_by !== null && brought.has(document.replaced_by)
      ? { ...document, replaced_by: null }
      : document
  })
}
