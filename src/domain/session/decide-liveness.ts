// The liveness step's attempts: the server draws the challenge, each one drawn counts, and once none is left the step
// is done as failed. Whether frames show a living person is an engine's matter, told with the command: frames that it
// refuses leave the next attempt open, and a verdict that could not be made is a result that no rule takes for a pass.

import { domainError } from '../errors.ts'
import { err, ok } from '../result.ts'
import type { Result } from '../result.ts'
import type { DomainError } from '../errors.ts'
import type { LivenessResult } from '../decision/check-results.ts'
import { MINUTE_MS } from '../time.ts'
import type { LivenessConfig } from '../workflow/definition.ts'
import type { SessionCommand } from './commands.ts'
import { handIn } from './decide-completion.ts'
import { consentRefusal, writableStep } from './end-user-gate.ts'
import { firstWrite } from './flow.ts'
import { currentDocuments } from './requirements.ts'
import type { SessionStep } from './steps.ts'
import { emit } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'

export const LIVENESS_CHALLENGE_MS = 5 * MINUTE_MS

type Command<T extends SessionCommand['type']> = Extract<SessionCommand, { type: T }>
type LivenessWork = { step: SessionStep; config: LivenessConfig }

const PROVIDER = 'kyc-sessions/liveness'

export function decideStartLiveness(turn: Turn, command: Command<'start_liveness'>): Refusal {
  const found = livenessStep(turn, command.step_id)
  if (!found.ok) return found.error
  const { step, config } = found.value
  const unconsented = consentRefusal(turn)
  if (unconsented !== null) return unconsented
  const { now } = turn.context
  const attempts = step.state.liveness
  if ((attempts?.result ?? null) !== null) return null
  // A challenge that is still open is the answer again: asking twice neither costs an attempt nor fishes for an easier one.
  if (attempts !== null && attempts.open !== null && now < attempts.open.expires_at) return null
  const begun = firstWrite(turn)
  if (begun !== null) return begun
  const used = attempts?.used ?? 0
  if (used >= config.max_retries + 1) return failForGood(turn, step, used)
  const open = {
    nonce: command.nonce,
    challenges: command.challenges,
    started_at: now,
    expires_at: now + LIVENESS_CHALLENGE_MS,
  }
  const liveness = { ...attempts, used: used + 1, open, result: null }
  emit(turn, { type: 'liveness_changed', step_id: command.step_id, liveness })
  return null
}

export function decideCompleteLiveness(turn: Turn, command: Command<'complete_liveness'>): Refusal {
  const found = livenessStep(turn, command.step_id)
  if (!found.ok) return found.error
  const { step, config } = found.value
  const attempts = step.state.liveness
  if (attempts !== null && attempts.result !== null) return null
  const open = attempts?.open ?? null
  if (attempts === null || open === null || open.nonce !== command.nonce) {
    return wrong('nonce', 'is not of the open challenge; POST /liveness/start first')
  }
  if (turn.context.now >= open.expires_at)
    return wrong('nonce', 'is of a challenge that has run out; POST /liveness/start again')
  const frames = currentDocuments(turn.state.documents, command.step_id)
    .filter((document) => document.document_type === 'liveness_frame' && document.created_at >= open.started_at)
    .map((document) => document.doc_id)
  const unknown = command.frame_doc_ids.findIndex((id) => !frames.includes(id))
  if (unknown !== -1)
    return wrong(`frame_doc_ids[${unknown}]`, 'must be a liveness_frame uploaded and confirmed for this challenge')
  if (command.frame_doc_ids.length === 0) return wrong('frame_doc_ids', 'must name at least one frame')
  const { verdict } = command
  const isLast = attempts.used >= config.max_retries + 1
  if (verdict.state === 'ok' && !verdict.passed && !isLast) {
    const liveness = { ...attempts, open: null, result: null }
    emit(turn, { type: 'liveness_changed', step_id: command.step_id, liveness })
    return null
  }
  return finish(turn, step, {
    ...verdict,
    checked_at: turn.context.now,
    provider: PROVIDER,
    attempts: attempts.used,
  })
}

function livenessStep(turn: Turn, stepId: string): Result<LivenessWork, DomainError> {
  const found = writableStep(turn, stepId)
  if (!found.ok) return found
  const { definition } = found.value
  if (definition.type === 'liveness') return ok({ step: found.value, config: definition.liveness_config })
  return err(domainError('INVALID_REQUEST', `Step "${stepId}" is a ${definition.type} step; name a liveness step.`))
}

const failForGood = (turn: Turn, step: SessionStep, used: number): Refusal =>
  finish(turn, step, {
    state: 'ok',
    checked_at: turn.context.now,
    provider: PROVIDER,
    message: `All ${used} attempts were used up.`,
    passed: false,
    confidence: null,
    attempts: used,
    reasons: ['attempts_used_up'],
    best_frame_doc_id: null,
  })

function finish(turn: Turn, step: SessionStep, result: LivenessResult): Refusal {
  const { step_id, form_data } = step.state
  emit(turn, { type: 'liveness_changed', step_id, liveness: { used: result.attempts, open: null, result } })
  return handIn(turn, step, form_data, new Set())
}

const wrong = (path: string, message: string): Refusal =>
  domainError('INVALID_REQUEST', `${path} ${message}.`, [{ path, message }])
