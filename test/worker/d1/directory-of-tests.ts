// What the D1 tests stand on: two tenants with a workflow each, sessions made by the real domain code, and their rows.

import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import type { TenantScope } from '../../../src/application/actor.ts'
import type { AccessLine, LinkFacts, Tenant } from '../../../src/application/ports.ts'
import { chainEvents, type ChainedEvent } from '../../../src/domain/audit/chain.ts'
import { createSession } from '../../../src/domain/session/create.ts'
import { evolve } from '../../../src/domain/session/evolve.ts'
import type { RecordedEvent, SessionEvent } from '../../../src/domain/session/events.ts'
import type { ActorRef, SessionState } from '../../../src/domain/session/state.ts'
import type { WebhookEvent } from '../../../src/domain/webhook/events.ts'
import type { WorkflowVersion } from '../../../src/domain/workflow/definition.ts'
import { newSalt } from '../../../src/platform/crypto/ids.ts'
import { createErasures } from '../../../src/platform/d1/erasures.ts'
import { createSessionDirectory } from '../../../src/platform/d1/session-directory.ts'
import { createPersonKeys } from '../../../src/platform/crypto/person-keys.ts'
import { createSessionRows } from '../../../src/platform/d1/session-projection.ts'
import { prepare } from '../../../src/platform/d1/statement.ts'
import { createTenantMemory } from '../../../src/platform/d1/tenant-memory.ts'
import { createTenants } from '../../../src/platform/d1/tenants.ts'
import { insertSession } from '../../../src/platform/d1/write-session.ts'
import { createWorkflows } from '../../../src/platform/d1/workflows.ts'
import { simpleWorkflow } from '../../support/fixtures/workflow.ts'

export const NOW = Date.UTC(2026, 10, 23, 10, 30)
export const DAY = 86_400_000
export const db = env.DB
export const clock = { now: NOW }

let serial = 0
const next = (): string => String((serial += 1)).padStart(12, '0')
export const newSessionId = (): string => `01950000-0000-7000-8000-${next()}`
export const newEventId = (): string => `evt_${next()}`

export const acme: TenantScope = { tenantId: 'acme', mode: 'live' }
export const rival: TenantScope = { tenantId: 'rival', mode: 'live' }
export const acmeTest: TenantScope = { tenantId: 'acme', mode: 'test' }
export const reviewer: ActorRef = { type: 'user', id: 'reviewer-1', name: 'Rita' }

export const directory = createSessionDirectory(db, { newEventId, newSalt })
export const personKeys = createPersonKeys({ current: 1, keys: new Map([[1, new Uint8Array(32)]]) })
export const sessionRows = createSessionRows(db, { personKeys })
export const erasures = createErasures(db, { newEventId })
export const workflows = createWorkflows(db, { now: () => clock.now })
export const tenants = createTenants(db, createTenantMemory({ now: () => clock.now }))

export const tenantOf = ({ tenantId }: TenantScope): Tenant => ({
  tenant_id: tenantId,
  name: `${tenantId} Ltd`,
  settings: {
    branding: { display_name: null, logo_url: null, color: null },
    allowed_origins: [],
    allowed_redirects: [],
    retention_days: null,
  },
  created_at: NOW,
})

export const workflowIdOf = ({ tenantId, mode }: TenantScope): string => `workflow-${tenantId}-${mode}`

export const workflowOf = (scope: TenantScope, version = 1): WorkflowVersion => ({
  workflow_id: workflowIdOf(scope),
  version,
  definition: simpleWorkflow({ name: `Version ${version}` }),
  created_at: NOW,
})

export async function makeTenants(): Promise<void> {
  for (const scope of [acme, rival]) await tenants.insert(tenantOf(scope))
  for (const scope of [acme, rival, acmeTest]) await workflows.insert(scope, workflowOf(scope))
}

export type Made = { state: SessionState; created: RecordedEvent; webhooks: WebhookEvent[]; link: LinkFacts }
export type Wish = {
  scope?: TenantScope
  at?: number
  parent?: { session_id: string; depth: number }
  metadata?: SessionState['metadata']
  clientId?: string | null
  tags?: string[]
  workflowId?: string
  ttlDays?: number
}

export function newSession(wish: Wish = {}): Made {
  const scope = wish.scope ?? acme
  const workflow = workflowOf(scope)
  const session_id = newSessionId()
  const { state, recorded, webhooks } = createSession({
    session_id,
    tenant_id: scope.tenantId,
    mode: scope.mode,
    workflow: {
      ...workflow,
      workflow_id: wish.workflowId ?? workflow.workflow_id,
      definition: { ...workflow.definition, custom_tags: wish.tags ?? [] },
    },
    ttl_days: wish.ttlDays ?? null,
    nonce_hash: `hash-of-${session_id}`,
    metadata: wish.metadata ?? {},
    client_id: wish.clientId ?? null,
    language: null,
    redirect_url: null,
    parent: wish.parent === undefined ? null : { ...wish.parent, relationship: 'ubo' },
    now: wish.at ?? NOW,
    actor: reviewer,
    request_id: 'req-1',
    newEventId,
  })
  return {
    state,
    created: recorded,
    webhooks,
    link: { session_id, generation: 1, nonce_hash: state.link.nonce_hash, placement: 0 },
  }
}

export async function seeded(wish: Wish = {}): Promise<Made> {
  const made = newSession(wish)
  if ((await directory.insertSeed(made)) === 'not_current') throw new Error('the seed was refused')
  return made
}

/** Puts many in at once, whatever their workflow. */
export async function putIn(many: readonly Made[]): Promise<void> {
  for (let start = 0; start < many.length; start += 40) {
    const statements = many
      .slice(start, start + 40)
      .flatMap(({ state }) => insertSession({ state, events: [], webhooks: [] }, 'object', sql`TRUE`))
    await db.batch(statements.map((statement) => prepare(db, statement)))
  }
}

/** The state after one more event, as the session's object would have it. */
export function after(
  state: SessionState,
  event: SessionEvent,
  at = NOW + 1_000,
): { state: SessionState; events: ChainedEvent[] } {
  const recorded: RecordedEvent = { sequence: state.version + 1, at, actor: reviewer, request_id: 'req-2', event }
  return { state: evolve(state, recorded), events: chained(state, recorded) }
}

/** As the first link of its session's chain, wherever it stands. */
export const chained = ({ session_id }: SessionState, recorded: RecordedEvent): ChainedEvent[] =>
  chainEvents({ sessionId: session_id, head: null }, [recorded], newSalt)

export const started = (state: SessionState) =>
  after(state, { type: 'status_changed', from: 'draft', to: 'active', by: 'first_write', reason: null })

export const webhookOf = (state: SessionState, sequence: number): WebhookEvent => ({
  event_id: newEventId(),
  sequence,
  type: 'kyc.session.started',
  occurred_at: state.updated_at,
  body: JSON.stringify({ data: { session_id: state.session_id, sequence, personal: 'Anna Maria' } }),
})

export const lineOf = (scope: TenantScope, sessionId: string | null = null): AccessLine => ({
  scope,
  at: NOW,
  actor: reviewer,
  request_id: 'req-read',
  operation: 'session.read',
  session_id: sessionId,
})

export async function count(table: string, where = 'TRUE'): Promise<number> {
  const row = await db.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<{ n: number }>()
  return row?.n ?? 0
}

/** The database with every statement's rows read added up. */
export function metered(target: D1Database): {
  db: D1Database
  rowsRead(): number
  rowsWritten(): number
  reset(): void
} {
  const totals = { read: 0, written: 0 }
  const counting = new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name, object)
      if (name !== 'batch') return typeof member === 'function' ? member.bind(object) : member
      return async (statements: D1PreparedStatement[]) => {
        const results = await object.batch(statements)
        for (const { meta } of results) {
          totals.read += meta.rows_read
          totals.written += meta.rows_written
        }
        return results
      }
    },
  })
  return {
    db: counting,
    rowsRead: () => totals.read,
    rowsWritten: () => totals.written,
    reset: () => Object.assign(totals, { read: 0, written: 0 }),
  }
}
