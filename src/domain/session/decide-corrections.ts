// A reviewer's request to correct: which steps, fields and documents are opened again. It clears the decision; what the
// person then sends is decide-completion.ts.

import { domainError } from '../errors.ts'
import type { ErrorDetail } from '../errors.ts'
import type { WorkflowStep } from '../workflow/definition.ts'
import type { CorrectionRequest, SessionCommand } from './commands.ts'
import { extendBy, ttlRefusal } from './decide-link.ts'
import { requirementFor } from './requirements.ts'
import type { Correction } from './state.ts'
import { findStep } from './steps.ts'
import type { SessionStep } from './steps.ts'
import { allowedTargets, findTransition } from './transitions.ts'
import { emit, illegalMove, moveTo } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'

export function decideCorrections(
  turn: Turn,
  command: Extract<SessionCommand, { type: 'request_corrections' }>,
): Refusal {
  const { status, expires_at, correction_round, decision, final_decision } = turn.state
  const { now, actor } = turn.context
  if (findTransition(status, 'awaiting_client_correction', 'corrections_request') === null) {
    return illegalMove(status, 'awaiting_client_correction', allowedTargets(status, 'corrections_request'))
  }
  const items = command.corrections.map((request) => withFieldIds(turn, request))
  const invalid = requestRefusal(turn, items) ?? ttlRefusal(command.ttl_days)
  if (invalid !== null) return invalid
  if (command.ttl_days === null && now >= expires_at) {
    return domainError(
      'LINK_EXPIRED',
      'The link has run out, so nobody could correct anything. Send ttl_days to extend it.',
    )
  }
  if (command.ttl_days !== null) extendBy(turn, command.ttl_days)
  if (decision !== null || final_decision !== null) emit(turn, { type: 'decision_cleared', risk: false })
  const round = correction_round + 1
  const corrections = items.map((item): Correction => ({
    ...item,
    round,
    note: command.note,
    status: 'open',
    requested_at: now,
    requested_by: actor,
    resolved_at: null,
    changes: [],
  }))
  emit(turn, { type: 'corrections_requested', round, corrections, note: command.note })
  return moveTo(turn, 'awaiting_client_correction', 'corrections_request')
}

/** Fields may be named by their key; they are kept by id. */
function withFieldIds(turn: Turn, request: CorrectionRequest): CorrectionRequest {
  const definition = turn.context.workflow.steps.find((step) => step.step_id === request.step_id)
  const fields = definition?.type === 'form_fill' ? definition.custom_fields : []
  const idOf = (name: string): string =>
    (fields.find((field) => field.field_id === name) ?? fields.find((field) => field.field_key === name))?.field_id ??
    name
  return {
    ...request,
    field_ids: [...new Set(request.field_ids.map(idOf))],
    document_types: [...new Set(request.document_types)],
  }
}

function requestRefusal(turn: Turn, items: readonly CorrectionRequest[]): Refusal {
  if (items.length === 0) {
    const message = 'must name at least one step'
    return domainError('INVALID_REQUEST', `corrections ${message}.`, [{ path: 'corrections', message }])
  }
  const unknown = items.flatMap((item, index): ErrorDetail[] =>
    findStep(turn.state, turn.context.workflow, item.step_id) === null
      ? [{ path: `corrections[${index}].step_id`, message: `no such step: ${item.step_id}` }]
      : [],
  )
  if (unknown.length > 0) return domainError('STEP_NOT_FOUND', 'Name steps of this workflow; see details.', unknown)
  const details = items.flatMap((item, index) => {
    const step = findStep(turn.state, turn.context.workflow, item.step_id)
    return step === null ? [] : problemsOf(step, item, `corrections[${index}]`)
  })
  return details.length === 0
    ? null
    : domainError('INVALID_REQUEST', 'Some of this cannot be corrected; see details.', details)
}

function problemsOf(step: SessionStep, item: CorrectionRequest, path: string): ErrorDetail[] {
  const { definition, state } = step
  if (definition.type === 'validation') {
    return [{ path: `${path}.step_id`, message: 'this step is done by the service; name a step that the person does' }]
  }
  if (state.status === 'pending' || state.status === 'in_progress') {
    return [{ path: `${path}.step_id`, message: 'this step was not handed in yet; there is nothing to correct' }]
  }
  const fields = definition.type === 'form_fill' ? definition.custom_fields : []
  return [
    ...item.field_ids.flatMap((id, index) =>
      fields.some((field) => field.field_id === id)
        ? []
        : [{ path: `${path}.field_ids[${index}]`, message: `no such field in this step: ${id}` }],
    ),
    ...item.document_types.flatMap((type, index) =>
      asksFor(definition, type)
        ? []
        : [{ path: `${path}.document_types[${index}]`, message: `this step does not ask for: ${type}` }],
    ),
  ]
}

const asksFor = (definition: WorkflowStep, type: string): boolean =>
  (definition.type === 'selfie' && type === 'selfie') ||
  (definition.type === 'document_upload' && requirementFor(definition, type) !== null)
