// A parent's children: added, removed, and what they report. The child itself is its own session; adding it here is what
// makes the shell create it.

import { domainError } from '../errors.ts'
import { DAY_MS } from '../time.ts'
import type { SubsessionCollectionStep } from '../workflow/definition.ts'
import type { SessionCommand } from './commands.ts'
import { knownStep, writableStep } from './end-user-gate.ts'
import { firstWrite } from './flow.ts'
import { MAX_SUBSESSION_DEPTH } from './state.ts'
import type { Metadata } from './state.ts'
import { emit } from './turn.ts'
import type { Refusal, Turn } from './turn.ts'

type Command<T extends SessionCommand['type']> = Extract<SessionCommand, { type: T }>

export function decideAddSubsession(turn: Turn, command: Command<'add_subsession'>): Refusal {
  const isEndUser = turn.context.actor.type === 'end_user'
  if (!isEndUser && turn.state.status === 'expired') {
    return domainError('LINK_EXPIRED', 'An expired session takes no subsessions; extend it first.')
  }
  const refusal = isEndUser ? endUserRefusal(turn, command) : tenantRefusal(turn, command)
  if (refusal !== null) return refusal
  if (turn.state.subsessions.some((child) => child.session_id === command.session_id)) return null
  if (turn.state.depth + 1 > MAX_SUBSESSION_DEPTH) {
    return domainError(
      'INVALID_REQUEST',
      `Subsessions go ${MAX_SUBSESSION_DEPTH} levels deep, and this session is on the last. Add it to a session above.`,
    )
  }
  const begun = isEndUser ? firstWrite(turn) : null
  if (begun !== null) return begun
  const {
    session_id,
    workflow_id,
    relationship,
    name,
    step_id,
    email,
    nonce_hash,
    workflow_version,
    workflow_name,
    ttl_days,
  } = command
  emit(turn, {
    type: 'subsession_added',
    subsession: {
      session_id,
      workflow_id,
      relationship,
      name,
      step_id,
      status: 'draft',
      final_decision: null,
      risk_score: null,
      completed_steps: 0,
      total_steps: command.total_steps,
      expires_at: turn.context.now + ttl_days * DAY_MS,
      created_at: turn.context.now,
      known_version: 1,
    },
    email,
    metadata: subsessionMetadata(command),
    nonce_hash,
    workflow_version,
    workflow_name,
    ttl_days,
  })
  return null
}

/** What the child is created with. */
export function subsessionMetadata({
  metadata,
  name,
  email,
}: Pick<Command<'add_subsession'>, 'metadata' | 'name' | 'email'>): Metadata {
  return {
    ...metadata,
    ...(name === null ? {} : { user_name: name }),
    ...(email === null ? {} : { user_email: email }),
  }
}

function endUserRefusal(turn: Turn, command: Command<'add_subsession'>): Refusal {
  if (command.step_id === null) return wrong('step_id', 'must name the step that collects subsessions')
  const found = writableStep(turn, command.step_id)
  if (!found.ok) return found.error
  return found.value.definition.type === 'subsession_collection'
    ? collectionRefusal(turn, found.value.definition, command)
    : wrong('step_id', 'must name a step that collects subsessions')
}

function tenantRefusal(turn: Turn, command: Command<'add_subsession'>): Refusal {
  if (command.step_id === null) return null
  const found = knownStep(turn, command.step_id)
  if (!found.ok) return found.error
  return found.value.definition.type === 'subsession_collection'
    ? collectionRefusal(turn, found.value.definition, command)
    : wrong('step_id', 'must name a step that collects subsessions')
}

function collectionRefusal(turn: Turn, step: SubsessionCollectionStep, command: Command<'add_subsession'>): Refusal {
  if (step.relationships.length > 0 && !step.relationships.includes(command.relationship)) {
    return wrong('relationship', `must be one of ${step.relationships.join(', ')} in this step`)
  }
  const present = turn.state.subsessions.filter((child) => child.step_id === step.step_id)
  const isRepeat = present.some((child) => child.session_id === command.session_id)
  if (isRepeat || present.length < step.max) return null
  return domainError('INVALID_REQUEST', `This step takes at most ${step.max} subsessions.`)
}

export function decideRemoveSubsession(turn: Turn, command: Command<'remove_subsession'>): Refusal {
  if (!turn.state.subsessions.some((child) => child.session_id === command.session_id)) {
    return domainError('SUBSESSION_NOT_FOUND', 'This session has no such subsession.')
  }
  emit(turn, { type: 'subsession_removed', session_id: command.session_id })
  return null
}

/** Children report out of order; what is older than what is known says nothing. */
export function decideNoteSubsession(turn: Turn, command: Command<'note_subsession'>): Refusal {
  const known = turn.state.subsessions.find((child) => child.session_id === command.session_id)
  if (known === undefined || command.known_version <= known.known_version) return null
  const { known_version, status, final_decision, risk_score, completed_steps, total_steps, expires_at } = command
  emit(turn, {
    type: 'subsession_noted',
    subsession: {
      ...known,
      known_version,
      status,
      final_decision,
      risk_score,
      completed_steps,
      total_steps,
      expires_at,
    },
  })
  return null
}

const wrong = (path: string, message: string): Refusal =>
  domainError('INVALID_REQUEST', `${path} ${message}.`, [{ path, message }])
