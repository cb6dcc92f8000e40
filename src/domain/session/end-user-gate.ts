// Whether the person behind the link may write at all, and to this step. What they write is checked elsewhere.

import { domainError } from '../errors.ts'
import type { DomainError } from '../errors.ts'
import { err, ok } from '../result.ts'
import type { Result } from '../result.ts'
import { findStep, isDone } from './steps.ts'
import type { SessionStep } from './steps.ts'
import type { Refusal, Turn } from './turn.ts'

export function linkRefusal(turn: Turn): Refusal {
  const { status, expires_at } = turn.state
  if (status !== 'expired' && turn.context.now < expires_at) return null
  return domainError('LINK_EXPIRED', 'This link has run out. Ask the company that sent it for a new one.')
}

export const isOpenForWrites = (turn: Turn): boolean => {
  const { status } = turn.state
  return status === 'draft' || status === 'active' || status === 'awaiting_client_correction'
}

export function writeRefusal(turn: Turn): Refusal {
  const expired = linkRefusal(turn)
  if (expired !== null || isOpenForWrites(turn)) return expired
  return domainError(
    'SESSION_CLOSED',
    'Everything was handed in; nothing can be changed unless corrections are asked for.',
  )
}

export function knownStep(turn: Turn, stepId: string): Result<SessionStep, DomainError> {
  const step = findStep(turn.state, turn.context.workflow, stepId)
  return step === null ? err(domainError('STEP_NOT_FOUND', `This session has no step "${stepId}".`)) : ok(step)
}

/** The step, when the person may write to it now. */
export function writableStep(turn: Turn, stepId: string): Result<SessionStep, DomainError> {
  const closed = writeRefusal(turn)
  if (closed !== null) return err(closed)
  const found = knownStep(turn, stepId)
  if (!found.ok) return found
  if (turn.state.status === 'awaiting_client_correction') {
    return found.value.state.status === 'needs_correction'
      ? found
      : err(notOpen(`Step "${stepId}" was not asked to be corrected.`, stepId))
  }
  const blocking = turn.context.workflow.steps.find((definition) => {
    const index = turn.state.steps.findIndex((step) => step.step_id === definition.step_id)
    const step = turn.state.steps[index]
    return step !== undefined && index < found.value.index && definition.required && !isDone(step)
  })
  if (blocking === undefined) return found
  const message = `Step "${stepId}" opens once step "${blocking.step_id}" is done.`
  return err(domainError('STEP_LOCKED', message, [{ path: 'step_id', message }]))
}

export const notOpen = (message: string, path: string): DomainError =>
  domainError('FIELD_NOT_OPEN_FOR_CORRECTION', message, [{ path, message }])

/** Nothing is handed in, and no face is filmed, before the person agreed to what the workflow asks agreement for. */
export function consentRefusal(turn: Turn): Refusal {
  const { consent } = turn.context.workflow
  if (consent === null || !consent.required || turn.state.consent !== null) return null
  const message = `is needed first: POST /start with consent true and consent_version "${consent.version}"`
  return domainError('INVALID_REQUEST', `consent ${message}.`, [{ path: 'consent', message }])
}
