// Whether a step may be called done, and what follows: the next step, or the end of a correction round. A step is never
// done with a required thing missing; a refusal names each one.

import { domainError } from '../errors.ts'
import type { DomainError, ErrorDetail } from '../errors.ts'
import { equalJson } from '../canonical-json.ts'
import { err, ok } from '../result.ts'
import type { Result } from '../result.ts'
import { MINUTE_MS, civilDateAt } from '../time.ts'
import type { WorkflowStep } from '../workflow/definition.ts'
import { checkFormData } from '../workflow/fields.ts'
import type { SessionCommand } from './commands.ts'
import { closedFieldsRefusal, notAForm } from './decide-steps.ts'
import { consentRefusal, isOpenForWrites, knownStep, linkRefusal, writableStep } from './end-user-gate.ts'
import { advance, firstWrite, processIfAutomatic, reopenValidationsAfter } from './flow.ts'
import { byFieldId, mergeForm } from './form-merge.ts'
import { openItems, owedByItems, recordFieldChanges } from './open-corrections.ts'
import type { FormData } from './state.ts'
import { missingFrom } from './step-completeness.ts'
import { allStepsDone } from './steps.ts'
import type { SessionStep } from './steps.ts'
import { emit, moveTo } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'

/**
 * A lost answer may be asked for again after the session closed. Not for longer: values are hidden from then on, and a
 * link that leaked must not become a way to guess them.
 */
export const REPEAT_WINDOW_MS = 10 * MINUTE_MS

export function decideComplete(turn: Turn, command: Extract<SessionCommand, { type: 'complete_step' }>): Refusal {
  const expired = linkRefusal(turn)
  if (expired !== null) return expired
  const known = knownStep(turn, command.step_id)
  if (known.ok && isRepeat(turn, known.value, command.form_data)) return null
  const found = writableStep(turn, command.step_id)
  if (!found.ok) return found.error
  const { definition, state } = found.value
  const sent = command.form_data ?? {}
  if (definition.type !== 'form_fill' && Object.keys(sent).length > 0) return notAForm(found.value)
  const unconsented = consentRefusal(turn)
  if (unconsented !== null) return unconsented

  const checked = checkedData(turn, found.value, sent)
  const data = checked.ok ? checked.value : state.form_data
  const sentIds = new Set(definition.type === 'form_fill' ? Object.keys(byFieldId(definition, sent)) : [])
  if (checked.ok && turn.state.status === 'awaiting_client_correction' && definition.type === 'form_fill') {
    const refusal = closedFieldsRefusal(turn, definition, data)
    if (refusal !== null) return refusal
  }
  const details = [...(checked.ok ? [] : checked.error), ...owed(turn, definition, data, sentIds)]
  if (details.length > 0) return incomplete(state.step_id, details)

  const begun = firstWrite(turn)
  return begun ?? handIn(turn, found.value, data, sentIds)
}

/** The step is complete: goes on with the flow, or with the end of the correction round. */
export function handIn(turn: Turn, step: SessionStep, data: FormData, sent: ReadonlySet<string>): Refusal {
  if (turn.state.status === 'awaiting_client_correction') return completeCorrected(turn, step, data, sent)
  emit(turn, { type: 'step_completed', step_id: step.state.step_id, form_data: data })
  reopenValidationsAfter(turn, step.index)
  return advance(turn)
}

const incomplete = (stepId: string, details: ErrorDetail[]): DomainError =>
  domainError('STEP_INCOMPLETE', `Step "${stepId}" is not complete; details name what is missing or wrong.`, details)

function checkedData(turn: Turn, { state, definition }: SessionStep, sent: FormData): Result<FormData, ErrorDetail[]> {
  if (definition.type !== 'form_fill') {
    const missing = missingFrom(turn.state, state, definition)
    return missing.length === 0 ? ok(state.form_data) : err(missing)
  }
  return checkFormData({
    step: definition,
    data: mergeForm(state.form_data, byFieldId(definition, sent)),
    today: civilDateAt(turn.context.now),
    documents: turn.state.documents,
    purpose: 'complete',
  })
}

function owed(turn: Turn, definition: WorkflowStep, data: FormData, sent: ReadonlySet<string>): ErrorDetail[] {
  if (turn.state.status !== 'awaiting_client_correction') return []
  return owedByItems({ state: turn.state, definition, items: openItems(turn.state, definition.step_id), data, sent })
}

function isRepeat(turn: Turn, step: SessionStep, sent: FormData | null): boolean {
  const { state, definition } = step
  if (state.status !== 'completed' || state.completed_at === null) return false
  if (sent === null || Object.keys(sent).length === 0) return true
  if (definition.type !== 'form_fill') return false
  if (!isOpenForWrites(turn) && turn.context.now - state.completed_at > REPEAT_WINDOW_MS) return false
  const checked = checkedData(turn, step, sent)
  return checked.ok && equalJson(checked.value, state.form_data)
}

function completeCorrected(turn: Turn, step: SessionStep, data: FormData, sent: ReadonlySet<string>): Refusal {
  const { step_id } = step.state
  recordFieldChanges(turn, step_id, step.state.form_data, data, sent)
  emit(turn, { type: 'step_completed', step_id, form_data: data })
  const closed = openItems(turn.state, step_id).map((item) => item.correction_id)
  emit(turn, { type: 'corrections_closed', correction_ids: closed, as: 'resolved' })
  if (turn.state.corrections.some((item) => item.status === 'open')) return null
  if (allStepsDone(turn.state)) return moveTo(turn, 'completed', 'corrections_resolved') ?? processIfAutomatic(turn)
  const firstCorrected = turn.state.steps.findIndex((one) =>
    turn.state.corrections.some((item) => item.status === 'resolved' && item.step_id === one.step_id),
  )
  const moved = moveTo(turn, 'active', 'corrections_resolved')
  if (moved !== null) return moved
  reopenValidationsAfter(turn, firstCorrected)
  return advance(turn)
}
