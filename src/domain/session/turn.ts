// One turn of a session: what a command has led to so far, and the state that this makes. Rules write events here and
// read the state they lead to, so that a command's later rules see its earlier effects. Who may do what is not here.

import type { DomainError } from '../errors.ts'
import type { EpochMs } from '../time.ts'
import type { WorkflowDefinition } from '../workflow/definition.ts'
import type { SessionEvent } from './events.ts'
import { evolve } from './evolve.ts'
import type { ActorRef, SessionState } from './state.ts'
import type { SessionStatus } from './status.ts'
import { allowedTargets, findTransition } from './transitions.ts'
import type { Trigger } from './transitions.ts'

export type DecideContext = {
  now: EpochMs
  workflow: WorkflowDefinition
  actor: ActorRef
  /** Fresh for this command, 26 Crockford characters: names the one run, validation or challenge that it may start. */
  id: string
  /** The version the caller saw (`If-Match`); null = not asked. */
  expected_version: number | null
}

export type Turn = { readonly context: DecideContext; state: SessionState; readonly events: SessionEvent[] }

/** Why a command is refused; null = it is not. A refused turn is thrown away whole. */
export type Refusal = DomainError | null

export const beginTurn = (state: SessionState, context: DecideContext): Turn => ({ context, state, events: [] })

export function emit(turn: Turn, event: SessionEvent): void {
  const { now, actor } = turn.context
  turn.state = evolve(turn.state, { sequence: turn.state.version + 1, at: now, actor, request_id: null, event })
  turn.events.push(event)
}

/** The only way a status changes: by a row of the table. */
export function moveTo(turn: Turn, to: SessionStatus, by: Trigger, reason: string | null = null): Refusal {
  const from = turn.state.status
  if (findTransition(from, to, by) === null) return illegalMove(from, to, allowedTargets(from, by))
  emit(turn, { type: 'status_changed', from, to, by, reason })
  return null
}

export function illegalMove(from: SessionStatus, to: SessionStatus, allowed: SessionStatus[]): DomainError {
  const choices = allowed.length === 0 ? 'nothing' : allowed.join(', ')
  return {
    code: 'INVALID_STATUS_TRANSITION',
    message: `A session that is ${from} cannot become ${to} this way; from here it may become: ${choices}.`,
    transition: { from, to, allowed },
  }
}
