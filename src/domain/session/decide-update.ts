// PATCH: a reviewer's verdict, a reactivation, a manual expiry, and the plain details of a session. The table says which
// moves there are; the conditions on them are checked here.

import { equalJson } from '../canonical-json.ts'
import { domainError } from '../errors.ts'
import type { SessionCommand } from './commands.ts'
import { extendBy, restore, ttlRefusal } from './decide-link.ts'
import { advance } from './flow.ts'
import type { Metadata } from './state.ts'
import type { SessionStatus } from './status.ts'
import { allStepsDone, unfinishedRequiredSteps } from './steps.ts'
import { allowedTargets, findTransition } from './transitions.ts'
import { emit, illegalMove, moveTo } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'

type Update = Extract<SessionCommand, { type: 'update' }>

export const MAX_METADATA_BYTES = 16 * 1024

export function decideUpdate(turn: Turn, command: Update): Refusal {
  const { status } = turn.state
  const refusal = ttlRefusal(command.ttl_days)
  if (refusal !== null) return refusal
  if (command.status === 'expired' && command.ttl_days !== null) {
    return wrong('ttl_days', 'must be left out where the session is made to expire')
  }
  const described = updateDetails(turn, command)
  if (described !== null) return described
  if (command.status !== null && command.status !== status) return changeStatus(turn, command, command.status)
  if (command.ttl_days === null) return null
  extendBy(turn, command.ttl_days)
  return restore(turn, 'link_renewal')
}

function updateDetails(turn: Turn, command: Update): Refusal {
  const { metadata: present, client_id: presentClient } = turn.state
  const metadata = command.metadata === null ? present : merged(present, command.metadata)
  const client_id = command.client_id === undefined ? presentClient : command.client_id
  if (new TextEncoder().encode(JSON.stringify(metadata)).length > MAX_METADATA_BYTES) {
    return wrong('metadata', `must be at most ${MAX_METADATA_BYTES} bytes of JSON once merged`)
  }
  const { actor, now } = turn.context
  const note = command.notes === null ? null : { text: command.notes, by: actor, at: now }
  if (note === null && client_id === presentClient && equalJson(metadata, present)) return null
  emit(turn, { type: 'details_updated', metadata, client_id, note })
  return null
}

function merged(present: Metadata, changes: Metadata): Metadata {
  const members = new Map([...Object.entries(present), ...Object.entries(changes)])
  return Object.fromEntries([...members].filter(([, value]) => value !== null))
}

function changeStatus(turn: Turn, command: Update, to: SessionStatus): Refusal {
  const { status: from } = turn.state
  switch (to) {
    case 'approved':
    case 'rejected':
    case 'manual_review':
      return decideByReviewer(turn, command, to)
    case 'active':
      return from === 'expired' ? restoreByPatch(turn, command) : reactivate(turn, command)
    case 'expired':
      return moveTo(turn, 'expired', 'patch', command.reason)
    case 'awaiting_client_correction':
      return wrongTarget(to, 'POST /kyc/sessions/{session_id}/corrections asks for corrections')
    case 'processing':
    case 'processed':
      return wrongTarget(to, 'POST /kyc/sessions/{session_id}/process processes a completed session')
    case 'completed':
      return wrongTarget(
        to,
        'a session is completed when its last step is, by POST /public/sessions/{access_token}/step/{step_id}/complete',
      )
    case 'draft':
      return wrongTarget(to, 'POST /kyc/sessions makes a new draft')
  }
}

function decideByReviewer(turn: Turn, command: Update, to: 'approved' | 'rejected' | 'manual_review'): Refusal {
  const { status: from } = turn.state
  const { actor, now, workflow } = turn.context
  const row = findTransition(from, to, 'patch')
  if (row === null) return illegalMove(from, to, patchTargets(from))
  if (row.conditions.includes('reason_required') && (command.reason ?? '').trim() === '') {
    return wrong('reason', `is required to change what was ${from}`)
  }
  if (row.conditions.includes('required_steps_done')) {
    const unfinished = unfinishedRequiredSteps(turn.state, workflow)
    if (unfinished.length > 0) {
      const details = unfinished.map((step) => ({
        path: `steps_data.${step.step_id}`,
        message: `"${step.name}" is required and not done.`,
      }))
      return domainError(
        'STEP_INCOMPLETE',
        'A session is approved once every required step is done; see details.',
        details,
      )
    }
  }
  if (command.ttl_days !== null) extendBy(turn, command.ttl_days)
  const cancelled = turn.state.corrections.filter((item) => item.status === 'open').map((item) => item.correction_id)
  if (cancelled.length > 0) emit(turn, { type: 'corrections_closed', correction_ids: cancelled, as: 'cancelled' })
  emit(turn, {
    type: 'decision_made',
    decision: {
      by: 'reviewer',
      reviewer: actor,
      on_behalf_of: command.on_behalf_of,
      reason: command.reason,
      decided_at: now,
    },
    final_decision: to,
  })
  return moveTo(turn, to, 'patch', command.reason)
}

function restoreByPatch(turn: Turn, command: Update): Refusal {
  const dead = deadLinkRefusal(turn, command)
  if (dead !== null) return dead
  if (command.ttl_days !== null) extendBy(turn, command.ttl_days)
  return restore(turn, 'patch')
}

function reactivate(turn: Turn, command: Update): Refusal {
  const { status: from } = turn.state
  if (findTransition(from, 'active', 'patch') === null) return illegalMove(from, 'active', patchTargets(from))
  const dead = deadLinkRefusal(turn, command)
  if (dead !== null) return dead
  if (command.ttl_days !== null) extendBy(turn, command.ttl_days)
  emit(turn, { type: 'decision_cleared', risk: true })
  if (allStepsDone(turn.state)) {
    const completed = turn.state.steps.filter((step) => step.status === 'completed')
    const reopened = completed.length > 0 ? completed : turn.state.steps
    emit(turn, { type: 'steps_reopened', step_ids: reopened.map((step) => step.step_id) })
  }
  return moveTo(turn, 'active', 'patch', command.reason) ?? advance(turn)
}

const deadLinkRefusal = (turn: Turn, command: Update): Refusal =>
  command.ttl_days === null && turn.context.now >= turn.state.expires_at
    ? wrong('ttl_days', 'is required: the link has run out, so nobody could go on')
    : null

/** From expired the word for every return is `active`. */
const patchTargets = (from: SessionStatus): SessionStatus[] =>
  from === 'expired' ? ['active'] : allowedTargets(from, 'patch')

const wrongTarget = (to: SessionStatus, right: string): Refusal =>
  wrong('status', `cannot be set to ${to} here: ${right}`)

const wrong = (path: string, message: string): Refusal =>
  domainError('INVALID_REQUEST', `${path} ${message}.`, [{ path, message }])

export function decideLegalHold(turn: Turn, command: Extract<SessionCommand, { type: 'set_legal_hold' }>): Refusal {
  if (turn.state.legal_hold !== command.held) {
    emit(turn, { type: 'legal_hold_changed', held: command.held, reason: command.reason })
  }
  return null
}
