// What the person behind the link may do with a step: begin, save, skip. Handing one in is decide-completion.ts.

import { domainError } from '../errors.ts'
import { civilDateAt } from '../time.ts'
import { equalJson } from '../canonical-json.ts'
import type { FormFillStep } from '../workflow/definition.ts'
import { checkFormData } from '../workflow/fields.ts'
import type { SessionCommand } from './commands.ts'
import { consentRefusal, isOpenForWrites, knownStep, linkRefusal, writableStep, writeRefusal } from './end-user-gate.ts'
import { advance, firstWrite, reopenValidationsAfter } from './flow.ts'
import { byFieldId, mergeForm } from './form-merge.ts'
import { closedFieldsChanged, openItems, recordFieldChanges } from './open-corrections.ts'
import type { SessionStep } from './steps.ts'
import { emit } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'

type Command<T extends SessionCommand['type']> = Extract<SessionCommand, { type: T }>

export function decideStart(turn: Turn, command: Command<'start'>): Refusal {
  const closed = writeRefusal(turn)
  if (closed !== null) return closed
  const asked = turn.context.workflow.consent
  const mustMatch = command.consent || command.consent_version !== null
  if (mustMatch && command.consent_version !== (asked?.version ?? null)) {
    const message =
      asked === null
        ? 'this workflow asks for no consent; leave it out'
        : `must be "${asked.version}", the version shown`
    return domainError('INVALID_REQUEST', `consent_version ${message}.`, [{ path: 'consent_version', message }])
  }
  const begun = firstWrite(turn)
  if (begun !== null) return begun
  if (command.consent && asked !== null && turn.state.consent === null) {
    emit(turn, { type: 'consent_accepted', version: asked.version })
  }
  return null
}

export function decideSave(turn: Turn, command: Command<'save_step'>): Refusal {
  const found = writableStep(turn, command.step_id)
  if (!found.ok) return found.error
  const { state, definition } = found.value
  if (definition.type !== 'form_fill') return notAForm(found.value)
  const sent = byFieldId(definition, command.form_data)
  const checked = checkFormData({
    step: definition,
    data: command.form_data,
    today: civilDateAt(turn.context.now),
    documents: turn.state.documents,
    purpose: 'save',
  })
  if (!checked.ok) return domainError('INVALID_REQUEST', 'Some answers cannot be kept; see details.', checked.error)
  const cleared = Object.fromEntries(Object.keys(sent).map((id) => [id, null]))
  const data = mergeForm(state.form_data, { ...cleared, ...checked.value })
  const sentIds = new Set(Object.keys(sent))
  const inCorrection = turn.state.status === 'awaiting_client_correction'
  if (inCorrection) {
    const refusal = closedFieldsRefusal(turn, definition, data)
    if (refusal !== null) return refusal
  }
  const begun = firstWrite(turn)
  if (begun !== null) return begun
  if (inCorrection) recordFieldChanges(turn, state.step_id, state.form_data, data, sentIds)
  const isUnchanged = equalJson(data, state.form_data) && state.status !== 'pending' && state.status !== 'skipped'
  if (!isUnchanged) emit(turn, { type: 'step_saved', step_id: state.step_id, form_data: data })
  return null
}

export function closedFieldsRefusal(
  turn: Turn,
  definition: FormFillStep,
  data: Parameters<typeof closedFieldsChanged>[3],
): Refusal {
  const step = turn.state.steps.find((one) => one.step_id === definition.step_id)
  const items = openItems(turn.state, definition.step_id)
  const details = closedFieldsChanged(definition, items, step?.form_data ?? {}, data)
  if (details.length === 0) return null
  return domainError(
    'FIELD_NOT_OPEN_FOR_CORRECTION',
    'Only what was asked to be corrected may be changed; see details.',
    details,
  )
}

export function notAForm(step: SessionStep): Refusal {
  const message = `Step "${step.state.step_id}" is a ${step.definition.type} step and takes no form_data.`
  return domainError('INVALID_REQUEST', message, [{ path: 'form_data', message }])
}

export function decideSkip(turn: Turn, command: Command<'skip_step'>): Refusal {
  const expired = linkRefusal(turn)
  if (expired !== null) return expired
  const known = knownStep(turn, command.step_id)
  if (known.ok && known.value.state.status === 'skipped' && !isOpenForWrites(turn)) return null
  const found = writableStep(turn, command.step_id)
  if (!found.ok) return found.error
  const { state, definition, index } = found.value
  if (state.status === 'skipped') return null
  if (turn.state.status === 'awaiting_client_correction') {
    return domainError('INVALID_REQUEST', `Step "${state.step_id}" was asked to be corrected; complete it instead.`)
  }
  if (definition.required || definition.type === 'validation') {
    return domainError('INVALID_REQUEST', `Step "${state.step_id}" is required and cannot be skipped.`)
  }
  const unconsented = consentRefusal(turn)
  if (unconsented !== null) return unconsented
  const begun = firstWrite(turn)
  if (begun !== null) return begun
  emit(turn, { type: 'step_skipped', step_id: state.step_id })
  reopenValidationsAfter(turn, index)
  return advance(turn)
}
