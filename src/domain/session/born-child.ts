// A child as its parent's trail tells of its birth: the same at every telling, whoever writes the seed or answers for it.

import type { WorkflowVersion } from '../workflow/definition.ts'
import { createSession } from './create.ts'
import type { RecordedEvent, SessionEvent } from './events.ts'
import type { SessionState } from './state.ts'

export type ChildAdded = Extract<SessionEvent, { type: 'subsession_added' }>

export function bornChild(input: {
  parent: Pick<SessionState, 'session_id' | 'tenant_id' | 'mode' | 'language' | 'depth'>
  added: ChildAdded
  told: Pick<RecordedEvent, 'actor' | 'request_id'>
  workflow: WorkflowVersion
  newEventId: () => string
}): ReturnType<typeof createSession> {
  const { parent, added, told, workflow, newEventId } = input
  const { subsession, metadata, nonce_hash, ttl_days } = added
  return createSession({
    session_id: subsession.session_id,
    tenant_id: parent.tenant_id,
    mode: parent.mode,
    workflow,
    ttl_days,
    nonce_hash,
    metadata,
    client_id: null,
    language: parent.language,
    redirect_url: null,
    parent: { session_id: parent.session_id, relationship: subsession.relationship, depth: parent.depth },
    now: subsession.created_at,
    actor: told.actor,
    request_id: told.request_id,
    newEventId,
  })
}
