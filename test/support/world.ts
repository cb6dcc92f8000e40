// A tenant with a key and workflows in the real local D1, and sessions driven through the use cases the routes call.

import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { PERMISSIONS, type Permission, type TenantActor } from '../../src/application/actor.ts'
import type { Envelope, SessionSnapshot, Tenant, Trail } from '../../src/application/ports.ts'
import { createSession, type CreatedSession } from '../../src/application/sessions/create-session.ts'
import type { DomainError } from '../../src/domain/errors.ts'
import type { Result } from '../../src/domain/result.ts'
import type { SessionCommand } from '../../src/domain/session/commands.ts'
import type { Mode } from '../../src/domain/session/state.ts'
import type { WorkflowDefinition } from '../../src/domain/workflow/definition.ts'
import { compose } from '../../src/platform/compose.ts'
import { stubOf } from '../../src/platform/session-object/session-objects.ts'
import { simpleWorkflow } from './fixtures/workflow.ts'
import { instrument } from './instrument.ts'

/** All events of an opened session, from its object. */
export async function trailOf(sessionId: string): Promise<Trail> {
  const trail = await objectOf(sessionId).events({ by: 'system' }, { after: 0, limit: 1000 })
  if (trail === 'not_hydrated' || !trail.ok) throw new Error('no trail')
  return trail.value
}

export const composed = () => compose(instrument(env, 'worker'))
export const objectOf = (sessionId: string) => stubOf(env.SESSIONS, sessionId)

export type World = {
  tenant: Tenant
  actor: TenantActor
  key: string
  workflowId: string
  definition: WorkflowDefinition
}

export async function makeWorld(
  options: { definition?: WorkflowDefinition; mode?: Mode; permissions?: Permission[]; allowedOrigins?: string[] } = {},
): Promise<World> {
  const { deps } = composed()
  const mode = options.mode ?? 'test'
  const permissions = options.permissions ?? [...PERMISSIONS]
  const definition = options.definition ?? simpleWorkflow()
  const tenant: Tenant = {
    tenant_id: deps.ids.uuid(),
    name: 'Acme',
    created_at: deps.clock.system(),
    settings: {
      branding: { display_name: null, logo_url: null, color: null },
      allowed_origins: options.allowedOrigins ?? [],
      allowed_redirects: [],
      retention_days: null,
    },
  }
  await deps.tenants.insert(tenant)
  const minted = deps.keyMint.mint(mode)
  const key_id = deps.ids.uuid()
  const { key_hash, hint } = minted
  await deps.tenants.insertKey({
    key_id,
    tenant_id: tenant.tenant_id,
    mode,
    name: 'test key',
    permissions,
    key_hash,
    hint,
    created_at: deps.clock.system(),
  })
  const actor: TenantActor = {
    scope: { tenantId: tenant.tenant_id, mode },
    ref: { type: 'api_key', id: key_id, name: 'test key' },
    permissions,
  }
  const workflowId = deps.ids.uuid()
  await deps.workflows.insert(actor.scope, {
    workflow_id: workflowId,
    version: 1,
    definition,
    created_at: deps.clock.system(),
  })
  return { tenant, actor, key: minted.secret, workflowId, definition }
}

export async function newSession(world: World, changes: { ttl_days?: number } = {}): Promise<CreatedSession> {
  const { deps } = composed()
  const created = await createSession(deps, {
    actor: world.actor,
    requestId: 'req_test',
    tenant: world.tenant,
    defer: () => undefined,
    session: {
      workflow_id: world.workflowId,
      ttl_days: changes.ttl_days ?? null,
      metadata: {},
      client_id: null,
      language: null,
      redirect_url: null,
    },
  })
  if (!created.ok) throw new Error(created.error.message)
  return created.value
}

/** Runs a command as the tenant on the session's object, past the HTTP layer. */
export const asTenant = (
  world: World,
  sessionId: string,
  command: SessionCommand,
): Promise<Result<SessionSnapshot, DomainError>> => objectOf(sessionId).execute(envelopeOf(world, command))

export const envelopeOf = (world: World, command: SessionCommand, changes: Partial<Envelope> = {}): Envelope => ({
  grant: { by: 'tenant', scope: world.actor.scope },
  command,
  actor: world.actor.ref,
  request_id: 'req_test',
  id: composed().deps.ids.short(),
  expected_version: null,
  awaits_projection: true,
  ...changes,
})

/** Runs a command as the person behind the link. */
export const asEndUser = async (
  session: CreatedSession,
  command: SessionCommand,
): Promise<Result<SessionSnapshot, DomainError>> =>
  objectOf(session.state.session_id).execute(await linkEnvelopeOf(session, command))

export async function linkEnvelopeOf(session: CreatedSession, command: SessionCommand): Promise<Envelope> {
  const { deps } = composed()
  const link = await deps.tokens.verify(session.accessToken)
  if (link === null) throw new Error('the token does not verify')
  return {
    grant: { by: 'link', link },
    command,
    actor: { type: 'end_user', id: link.session_id, name: null },
    request_id: 'req_test',
    id: deps.ids.short(),
    expected_version: null,
    awaits_projection: false,
  }
}

/** What an object owes is due at once: a test does not wait for the retry's time. */
export const makeDue = (sessionId: string): Promise<void> =>
  runInDurableObject(objectOf(sessionId), (_object, state) => {
    state.storage.sql.exec('UPDATE outbox SET due_at = 0')
  })

export type StoredRow = { owner: string; version: number; state: string }
export const storedRow = (sessionId: string): Promise<StoredRow | null> =>
  env.DB.prepare('SELECT owner, version, state FROM session_states WHERE session_id = ?')
    .bind(sessionId)
    .first<StoredRow>()

/** Waits, a bounded time, until `probe` gives something. */
export async function eventually<T>(probe: () => Promise<T | null | undefined | false>, what: string): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await probe()
    if (found !== null && found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`did not happen within 2 s: ${what}`)
}
