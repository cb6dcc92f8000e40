import { SYSTEM_ACTOR, type TenantScope } from '../src/application/actor.ts'
import { chainEvents } from '../src/domain/audit/chain.ts'
import type { SessionCommand } from '../src/domain/session/commands.ts'
import { createSession } from '../src/domain/session/create.ts'
import { decide } from '../src/domain/session/decide.ts'
import { record } from '../src/domain/session/record.ts'
import type { ActorRef } from '../src/domain/session/state.ts'
import { normalizeDefinition } from '../src/domain/workflow/normalize.ts'
import { createIds, newSalt } from '../src/platform/crypto/ids.ts'
import { createPersonKeys } from '../src/platform/crypto/person-keys.ts'
import { createSessionDirectory } from '../src/platform/d1/session-directory.ts'
import { createSessionRows } from '../src/platform/d1/session-projection.ts'
import { createWorkflows } from '../src/platform/d1/workflows.ts'

/** One session from its creation to a reviewer's note, each command written to D1 by its own projection. */
export async function measureLife(
  db: D1Database,
  totals: { written: number },
  scope: TenantScope,
): Promise<{ step: string; written: number }[]> {
  const ids = createIds()
  const newEventId = (): string => `evt_${ids.short()}`
  const now = Date.now()
  const normalized = normalizeDefinition({
    name: 'Bench',
    custom_tags: ['eu', 'vip'],
    steps: [
      {
        step_id: 'person',
        name: 'You',
        type: 'form_fill',
        custom_fields: [{ field_id: 'full_name', name: 'Name', type: 'text', required: true }],
      },
    ],
  })
  if (!normalized.ok) throw new Error('bench: the workflow is not valid')
  const definition = normalized.value
  const workflow = { workflow_id: ids.uuid(), version: 1, definition, created_at: now }
  await createWorkflows(db, { now: () => now }).insert(scope, workflow)

  const measured: { step: string; written: number }[] = []
  const measure = async (step: string, write: () => Promise<unknown>): Promise<void> => {
    totals.written = 0
    await write()
    measured.push({ step, written: totals.written })
  }
  const born = createSession({
    session_id: ids.uuid(),
    tenant_id: scope.tenantId,
    mode: scope.mode,
    workflow,
    ttl_days: null,
    nonce_hash: 'hash',
    metadata: { user_email: 'anna@example.com', user_name: 'Anna' },
    client_id: 'client-1',
    language: null,
    redirect_url: null,
    parent: null,
    now,
    actor: SYSTEM_ACTOR,
    request_id: null,
    newEventId,
  })
  await measure('create', () =>
    createSessionDirectory(db, { newEventId, newSalt }).insertSeed({
      state: born.state,
      created: born.recorded,
      webhooks: born.webhooks,
    }),
  )
  const personKeys = createPersonKeys({ current: 1, keys: new Map([[1, new Uint8Array(32)]]) })
  const rows = createSessionRows(db, { personKeys })
  await measure('claim by the object, at the first write', () => rows.claim(born.state.session_id, { by: 'system' }))

  const person: ActorRef = { type: 'end_user', id: born.state.session_id, name: null }
  const reviewer: ActorRef = { type: 'api_key', id: 'bench', name: null }
  const form_data = { full_name: 'Anna Eriksson' }
  const life: [string, ActorRef, SessionCommand][] = [
    ['start', person, { type: 'start', consent: false, consent_version: null }],
    ['save a step', person, { type: 'save_step', step_id: 'person', form_data }],
    ['complete the last step', person, { type: 'complete_step', step_id: 'person', form_data }],
    ['process', reviewer, { type: 'process', rerun: false }],
    ['renew the link', reviewer, { type: 'renew_link', ttl_days: null, nonce_hash: 'other' }],
  ]
  let state = born.state
  let head: string | null = null
  for (const [step, actor, command] of life) {
    const decided = decide(state, command, {
      now,
      workflow: definition,
      actor,
      id: ids.short(),
      expected_version: null,
    })
    if (!decided.ok) throw new Error(`bench: ${step}: ${decided.error.message}`)
    const recorded = record(state, decided.value, {
      at: now,
      actor,
      request_id: null,
      workflow: definition,
      newEventId,
    })
    if (!recorded.ok) throw new Error(`bench: ${step}: ${recorded.error.message}`)
    const { webhooks } = recorded.value
    const events = chainEvents({ sessionId: state.session_id, head }, recorded.value.recorded, newSalt)
    state = recorded.value.state
    head = events.at(-1)?.link ?? head
    const change = { state, events, webhooks }
    await measure(step, () => rows.project(change))
  }
  return measured
}
