import type { Context, MiddlewareHandler } from 'hono'
import type { Deps, KeyedCall } from '../../application/ports.ts'
import { domainError } from '../../domain/errors.ts'
import { EFFECTLESS_POSTS, isKeptRefusal, keyReused, MAX_IDEMPOTENCY_KEY_CHARACTERS } from '../../domain/idempotency.ts'
import { failure } from '../answers.ts'
import type { TenantEnv } from '../api.ts'

/** Two hashes of 64 characters each: some 2 MB of memory at most. */
const CALLS_REMEMBERED = 5_000

/** A refusal may quote what was sent: it goes with the session that it was sent for. */
const OF_A_SESSION = /^\/kyc\/sessions\/([0-9a-f-]{36})(?:\/|$)/

type IdempotentDeps = Pick<Deps, 'clock' | 'idempotencyKeys' | 'keptCalls'>

/**
 * Every POST under /kyc that comes with an Idempotency-Key. The effect and what rebuilds its answer are kept together
 * where the effect takes place (docs/adr/0008); refusals that came to no such place are kept here.
 */
export function idempotent(deps: IdempotentDeps): MiddlewareHandler<TenantEnv> {
  const fingerprints = new Map<string, string>()
  return async (c, next) => {
    const key = c.req.header('idempotency-key')
    if (key === undefined || c.req.method !== 'POST' || !isAuthenticated(c)) return next()
    if (EFFECTLESS_POSTS.includes(c.req.path)) return next()
    if (key.length === 0 || key.length > MAX_IDEMPOTENCY_KEY_CHARACTERS) return failure(c, malformedKey())
    const { pathname, search } = new URL(c.req.url)
    const call = deps.idempotencyKeys.identify(c.var.actor.scope, key, {
      method: c.req.method,
      path: `${pathname}${search}`,
      body: await c.req.text(),
    })
    const known = fingerprints.get(call.keyed.key_hash)
    if (known !== undefined && known !== call.keyed.fingerprint) return failure(c, keyReused())
    c.set('idempotency', call)
    await next()
    await keepRefusal(deps, c, call.keyed)
    if (call.keyed.is_replay) c.res.headers.set('Idempotent-Replayed', 'true')
    if (isSettled(c)) remember(fingerprints, call.keyed)
  }
}

/** What the session object has not kept already. The row that is there may be another call's: then that one counts. */
async function keepRefusal(deps: IdempotentDeps, c: Context<TenantEnv>, keyed: KeyedCall): Promise<void> {
  const { refusal, actor, requestId } = c.var
  if (refusal === undefined || keyed.is_kept || keyed.is_replay || !isKeptRefusal(refusal.code)) return
  const at = deps.clock.now(actor.scope)
  const by = { keyed, call_id: requestId, at }
  const sessionId = OF_A_SESSION.exec(c.req.path)?.[1] ?? null
  const kept = await deps.keptCalls.keepRefusal(actor.scope, by, { error: refusal, session_id: sessionId })
  if (kept.fingerprint !== keyed.fingerprint) c.res = failure(c, keyReused())
  else if (!kept.is_new && kept.error !== null) {
    c.res = failure(c, kept.error)
    keyed.is_replay = true
  }
}

/** A path that leads nowhere is not asked for a token. */
const isAuthenticated = (c: Context<TenantEnv>): boolean => Object.hasOwn(c.var, 'actor')

const isSettled = (c: Context<TenantEnv>): boolean =>
  c.res.ok || (c.var.refusal !== undefined && isKeptRefusal(c.var.refusal.code))

/** The oldest goes first. An isolate's memory only makes reuse across objects likelier to be caught. */
function remember(fingerprints: Map<string, string>, { key_hash, fingerprint }: KeyedCall): void {
  fingerprints.delete(key_hash)
  fingerprints.set(key_hash, fingerprint)
  const oldest = fingerprints.size > CALLS_REMEMBERED ? fingerprints.keys().next().value : undefined
  if (oldest !== undefined) fingerprints.delete(oldest)
}

const malformedKey = () => {
  const message = `must have 1 to ${MAX_IDEMPOTENCY_KEY_CHARACTERS} characters`
  return domainError('INVALID_REQUEST', `The header Idempotency-Key ${message}.`, [
    { path: 'Idempotency-Key', message },
  ])
}
