// What a command leads to: events, or a refusal with the reason. Pure: the same state, command and context give the
// same answer, and a refusal changes nothing.

import type { DomainError } from '../errors.ts'
import type { Result } from '../result.ts'
import type { EpochMs } from '../time.ts'
import type { WorkflowDefinition } from '../workflow/definition.ts'
import type { SessionCommand } from './commands.ts'
import type { SessionEvent } from './events.ts'
import type { ActorRef, SessionState } from './state.ts'

export type DecideContext = {
  now: EpochMs
  workflow: WorkflowDefinition
  actor: ActorRef
  /** Fresh for this command, 26 Crockford characters: names the one run, validation or challenge that it may start. */
  id: string
  /** The version the caller saw (`If-Match`); null = not asked. */
  expected_version: number | null
}

export declare function decide(
  state: SessionState,
  command: SessionCommand,
  context: DecideContext,
): Result<SessionEvent[], DomainError>
