// A command's events put in their place: numbered, dated, with the state they lead to and the webhooks they make. It
// refuses only what would outgrow a session's cap; the service's own work is never refused for size.

import type { DomainError } from '../errors.ts'
import { err, ok } from '../result.ts'
import type { Result } from '../result.ts'
import type { EpochMs } from '../time.ts'
import type { WebhookEvent } from '../webhook/events.ts'
import { webhookEventsOf } from '../webhook/payload.ts'
import type { WorkflowDefinition } from '../workflow/definition.ts'
import type { RecordedEvent, SessionEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { sizeRefusal } from './size.ts'
import type { ActorRef, SessionState } from './state.ts'

export type RecordContext = {
  at: EpochMs
  actor: ActorRef
  request_id: string | null
  workflow: WorkflowDefinition
  /** A fresh `evt_…` for each webhook event. */
  newEventId: () => string
}
export type Recorded = { state: SessionState; recorded: RecordedEvent[]; webhooks: WebhookEvent[] }

export function record(
  state: SessionState,
  events: readonly SessionEvent[],
  context: RecordContext,
): Result<Recorded, DomainError> {
  const { at, actor, request_id, workflow, newEventId } = context
  const outcome: Recorded = { state, recorded: [], webhooks: [] }
  for (const event of events) {
    const before = outcome.state
    const recorded: RecordedEvent = { sequence: before.version + 1, at, actor, request_id, event }
    outcome.state = evolve(before, recorded)
    outcome.recorded.push(recorded)
    outcome.webhooks.push(...webhookEventsOf({ before, recorded, after: outcome.state, workflow, newEventId }))
  }
  const refusal = actor.type === 'system' ? null : sizeRefusal(outcome.state)
  return refusal === null ? ok(outcome) : err(refusal)
}
