// The real Worker with bindings that fail, engines that may be faked, and a door for the driver under /__soak. It is
// built by the soak alone, from the project's own wrangler.toml (server.ts).

import { createApp } from '../../src/http/app.ts'
import { handleSchedule } from '../../src/cron/handle-schedule.ts'
import { handleBatch } from '../../src/queue/handle-batch.ts'
import { compose } from '../../src/platform/compose.ts'
import type { SessionState } from '../../src/domain/session/state.ts'
import { SessionObject as RealSessionObject } from '../../src/platform/session-object/session-object.ts'
import { FAKE_ENGINES } from './fake-engines.ts'
import { faults, faultyEnv } from './faults.ts'

export type ObjectFacts = { state: SessionState | null; owed: number; bytes: number }

export class SessionObject extends RealSessionObject {
  constructor(ctx: DurableObjectState, env: Env) {
    super(
      ctx,
      faultyEnv(env, () => ctx.abort('soak: evicted')),
    )
  }

  async facts(): Promise<ObjectFacts> {
    const { sql } = this.ctx.storage
    const read = await this.read({ by: 'system' })
    const state = read !== 'not_hydrated' && read.ok ? read.value.state : null
    const owed = state === null ? 0 : Number(sql.exec('SELECT count(*) AS owed FROM outbox').one()['owed'])
    return { state, owed, bytes: sql.databaseSize }
  }

  /** Leases and pauses run out now: a lost message is otherwise sent again after two minutes. */
  async hurry(): Promise<void> {
    if ((await this.read({ by: 'system' })) === 'not_hydrated') return
    this.ctx.storage.sql.exec('UPDATE outbox SET due_at = 0')
    await this.ctx.storage.setAlarm(Date.now())
  }
}

type Inside = { env: Env; deps: ReturnType<typeof compose>['deps']; app: ReturnType<typeof createApp> }
let inside: Inside | null = null

function insideOf(env: Env): Inside {
  if (inside !== null && inside.env === env) return inside
  const composed = compose(faultyEnv(env, null))
  const isFaked = Reflect.get(env, 'SOAK_ENGINES') === 'fake'
  const deps = isFaked ? { ...composed.deps, engines: FAKE_ENGINES } : composed.deps
  inside = { env, deps, app: createApp(deps) }
  return inside
}

export default {
  fetch: (request, env, ctx) => {
    const url = new URL(request.url)
    if (url.pathname.startsWith('/__soak/')) return answerDriver(url, request, env)
    return insideOf(env).app.fetch(request, env, ctx)
  },
  queue: (batch: MessageBatch<never>, env: Env, ctx) =>
    handleBatch(insideOf(env).deps, batch, (task) => ctx.waitUntil(task)),
  scheduled: (controller, env) => handleSchedule(insideOf(env).deps, controller.scheduledTime),
} satisfies ExportedHandler<Env, never>

async function answerDriver(url: URL, request: Request, env: Env): Promise<Response> {
  switch (url.pathname) {
    case '/__soak/faults':
      faults.areOn = url.searchParams.get('on') === '1'
      return Response.json(faults.counted)
    case '/__soak/compare': {
      const ids: string[] = await request.json()
      return Response.json(await Promise.all(ids.map((id) => compare(env, id))))
    }
    case '/__soak/hurry': {
      const ids: string[] = await request.json()
      await Promise.all(ids.map((id) => soakStub(env, id).hurry()))
      return Response.json({})
    }
    case '/__soak/due':
      return Response.json(await makeDue(env))
    default:
      return new Response(null, { status: 404 })
  }
}

/** Deliveries parked for hours and deletions parked for minutes are due now. Answers what is still open. */
async function makeDue(env: Env): Promise<{ pending: number; tombstones: number }> {
  const [, , pending, tombstones] = await env.DB.batch<{ open: number }>([
    env.DB.prepare(`UPDATE webhook_deliveries SET next_attempt_at = 0 WHERE status = 'pending'`),
    env.DB.prepare(`UPDATE tombstones SET resume_at = 0 WHERE phase NOT IN ('late_files', 'done')`),
    env.DB.prepare(`SELECT count(*) AS open FROM webhook_deliveries WHERE status = 'pending'`),
    env.DB.prepare(`SELECT count(*) AS open FROM tombstones WHERE phase NOT IN ('late_files', 'done')`),
  ])
  return { pending: pending?.results[0]?.open ?? 0, tombstones: tombstones?.results[0]?.open ?? 0 }
}

export type Compared = {
  session_id: string
  differences: string[]
  owed: number
  status: string | null
  is_run_open: boolean
  sequences: number[]
  last_sequence: number
  object_bytes: number
}

type SoakRpc = { facts(): Promise<ObjectFacts>; hurry(): Promise<void> }
const soakStub = (env: Env, sessionId: string): DurableObjectStub & SoakRpc =>
  env.SESSIONS.getByName(sessionId) as DurableObjectStub as DurableObjectStub & SoakRpc

async function compare(env: Env, sessionId: string): Promise<Compared> {
  const facts = await soakStub(env, sessionId).facts()
  const [stored, row, events, tombstone] = await env.DB.batch<Record<string, unknown>>([
    env.DB.prepare('SELECT state, version, owner FROM session_states WHERE session_id = ?').bind(sessionId),
    env.DB.prepare('SELECT version, status FROM sessions WHERE session_id = ?').bind(sessionId),
    env.DB.prepare('SELECT sequence FROM webhook_events WHERE session_id = ? ORDER BY sequence').bind(sessionId),
    env.DB.prepare('SELECT 1 FROM tombstones WHERE session_id = ?').bind(sessionId),
  ])
  const isErased = (tombstone?.results.length ?? 0) > 0
  const copy = stored?.results[0]
  const text = copy?.['state']
  const inD1: SessionState | null = typeof text === 'string' ? JSON.parse(text) : null
  const truth = facts.state ?? inD1
  const differences: string[] = []
  if (isErased) {
    if (facts.state !== null) differences.push('erased, yet its object has a state')
    if (inD1 !== null) differences.push('erased, yet D1 has a state')
    if (row?.results.length !== 0) differences.push('erased, yet lists show it')
  } else {
    if (inD1 === null) differences.push('D1 has no state')
    if (facts.state !== null && JSON.stringify(facts.state) !== JSON.stringify(inD1)) differences.push('state')
    if (facts.state !== null && copy?.['owner'] !== 'object') differences.push('owner')
    const { version, status } = row?.results[0] ?? {}
    if (truth?.version !== version || truth?.status !== status) differences.push('row')
  }
  return {
    session_id: sessionId,
    differences,
    owed: facts.owed,
    status: isErased ? 'erased' : (truth?.status ?? null),
    is_run_open: truth !== null && truth.run !== null && truth.run.closed_at === null,
    sequences: (events?.results ?? []).map(({ sequence }) => Number(sequence)),
    last_sequence: truth?.webhook_sequence ?? 0,
    object_bytes: facts.bytes,
  }
}
