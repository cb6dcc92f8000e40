import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { createGuessGuard, limitCalls } from '../../application/access/limit-calls.ts'
import { linkNotFound } from '../../application/not-found.ts'
import type { CallLimit, Deps } from '../../application/ports.ts'
import type { DomainError } from '../../domain/errors.ts'
import { SECOND_MS } from '../../domain/time.ts'
import { failure } from '../answers.ts'
import type { LinkEnv, OpenEnv, TenantEnv } from '../api.ts'
import { notice } from '../routes/pages/welcome.ts'

type LimitDeps = Pick<Deps, 'callLimiter' | 'clock' | 'tokens'>
type AnyContext = Context<OpenEnv> | Context<TenantEnv> | Context<LinkEnv>

/** The platform writes this header itself. Absent where no network is between: then only credentials are counted. */
const addressOf = (c: AnyContext): string | null => c.req.header('cf-connecting-ip') ?? null

/** What every answer says of limits; last of all, so that it knows how the call ended. */
export const limitHeaders =
  ({ clock }: Pick<Deps, 'clock'>): MiddlewareHandler<OpenEnv> =>
  async (c, next) => {
    await next()
    const { refusal, callLimit } = c.var
    const limit = refusal?.limit ?? callLimit
    if (limit !== undefined) c.res.headers.set('X-RateLimit-Limit', String(limit))
    if (refusal?.code !== 'RATE_LIMITED' || refusal.retryAfterSeconds === undefined) return
    c.res.headers.set('X-RateLimit-Remaining', '0')
    const reset = Math.ceil(clock.system() / SECOND_MS) + refusal.retryAfterSeconds
    c.res.headers.set('X-RateLimit-Reset', String(reset))
  }

/** Before the credential is looked at: a refused call costs nothing but the limiter. */
export function limitedByToken(deps: LimitDeps): MiddlewareHandler<TenantEnv> {
  const guard = createGuessGuard(deps)
  return async (c, next) => {
    // A path that leads nowhere is told so, and costs nothing.
    if (!matchedRoutes(c).some((route) => route.method !== 'ALL')) return next()
    announce(c, deps, 'token')
    const credential = c.req.header('authorization') ?? ''
    if (credential === '') return next()
    const address = addressOf(c)
    const refused = guard.refuse(address, credential) ?? (await limitCalls(deps, 'token', credential))
    if (refused !== null) return failure(c, refused)
    await next()
    if (c.var.refusal?.code === 'INVALID_TOKEN') await guard.failed(address, credential)
    else if (Object.hasOwn(c.var, 'actor')) guard.proved(credential)
    return undefined
  }
}

/** Behind the check of the MAC: a link of ours is never locked out by those who guess at links from its address. */
export const limitedByLink =
  (deps: LimitDeps): MiddlewareHandler<LinkEnv> =>
  async (c, next) => {
    announce(c, deps, 'link')
    const refused = await limitLink(deps, c.var.link.nonce_hash, addressOf(c))
    return refused === null ? next() : failure(c, refused)
  }

/** What a link that we did not make is told. */
export async function forgedLink(deps: LimitDeps, c: AnyContext): Promise<DomainError> {
  announce(c, deps, 'link')
  return (await limitAddress(deps, 'failures', addressOf(c))) ?? linkNotFound()
}

export const limitedPage =
  (deps: LimitDeps): MiddlewareHandler<OpenEnv, '/v/:access_token'> =>
  async (c, next) => {
    announce(c, deps, 'link')
    const link = await deps.tokens.verify(c.req.param('access_token'))
    const refused = link === null ? await forgedLink(deps, c) : await limitLink(deps, link.nonce_hash, addressOf(c))
    if (refused?.code !== 'RATE_LIMITED') return next()
    c.set('refusal', refused)
    c.header('Retry-After', String(refused.retryAfterSeconds))
    return notice(c, 'tooMany', 429)
  }

/** What needs no credential. */
export const limitedByAddress =
  (deps: LimitDeps): MiddlewareHandler<OpenEnv> =>
  async (c, next) => {
    announce(c, deps, 'address')
    const refused = await limitAddress(deps, 'address', addressOf(c))
    return refused === null ? next() : failure(c, refused)
  }

const limitLink = async (deps: LimitDeps, nonceHash: string, address: string | null): Promise<DomainError | null> =>
  (await limitCalls(deps, 'link', nonceHash)) ?? (await limitAddress(deps, 'address', address))

const limitAddress = async (deps: LimitDeps, limit: CallLimit, address: string | null): Promise<DomainError | null> =>
  address === null ? null : limitCalls(deps, limit, address)

function announce(c: { set(key: 'callLimit', limit: number): void }, deps: LimitDeps, limit: CallLimit): void {
  c.set('callLimit', deps.callLimiter.perMinute[limit])
}
