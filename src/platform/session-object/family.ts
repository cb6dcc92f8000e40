import { SYSTEM_ACTOR } from '../../application/actor.ts'
import type { Ids, SessionObjects, WebhookWakes, Workflows } from '../../application/ports.ts'
import { chainEvents } from '../../domain/audit/chain.ts'
import { bornChild } from '../../domain/session/born-child.ts'
import type { RecordedEvent } from '../../domain/session/events.ts'
import { parentNotice } from '../../domain/session/parent-notice.ts'
import type { SessionState } from '../../domain/session/state.ts'
import type { SessionRows } from '../d1/session-projection.ts'

/** What a session owes its relatives. Both are safe to repeat. */
export type Family = {
  /** Writes the seed of a child that `added` speaks of. */
  insertChild(parent: SessionState, added: RecordedEvent): Promise<void>
  /** Tells the parent where this child stands now. */
  tellParent(child: SessionState): Promise<void>
}

type FamilyDeps = {
  workflows: Workflows
  sessionRows: SessionRows
  sessionObjects: SessionObjects
  webhookWakes: WebhookWakes
  ids: Ids
  newSalt: () => Uint8Array
}

export function createFamily(deps: FamilyDeps): Family {
  const { workflows, sessionRows, sessionObjects, webhookWakes, ids, newSalt } = deps
  return {
    async insertChild(parent, { event, actor, request_id }) {
      if (event.type !== 'subsession_added') throw new Error(`no child in ${event.type}`)
      const { subsession, workflow_version } = event
      // Removed before its seed was written: it must not come to be.
      if (!parent.subsessions.some((child) => child.session_id === subsession.session_id)) return
      const scope = { tenantId: parent.tenant_id, mode: parent.mode }
      const versions = await workflows.versions(scope, subsession.workflow_id)
      const workflow = versions.find(({ version }) => version === workflow_version)
      if (workflow === undefined) throw new Error('the workflow of a subsession is gone')
      const told = { actor, request_id }
      const newEventId = () => `evt_${ids.short()}`
      const { state, recorded, webhooks } = bornChild({ parent, added: event, told, workflow, newEventId })
      const events = chainEvents({ sessionId: state.session_id, head: null }, [recorded], newSalt)
      const inserted = await sessionRows.insertChildSeed({ state, events, webhooks })
      if (inserted !== 'inserted_owing') return
      const { tenant_id, mode, session_id } = state
      await webhookWakes.send({ tenant_id, mode, session_id })
    },

    async tellParent(child) {
      if (child.parent_session_id === null) return
      await sessionObjects.execute(child.parent_session_id, {
        grant: { by: 'system' },
        command: parentNotice(child),
        actor: SYSTEM_ACTOR,
        request_id: null,
        id: ids.short(),
        expected_version: null,
        awaits_projection: false,
      })
    },
  }
}
