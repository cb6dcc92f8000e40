import type { Context, TypedResponse } from 'hono'
import type { TenantCall, LinkCall, Defer } from '../application/call.ts'
import type { Clock, Log, SessionSnapshot } from '../application/ports.ts'
import type { DomainError } from '../domain/errors.ts'
import type { EpochMs } from '../domain/time.ts'
import type { LinkEnv, OpenEnv, TenantEnv } from './api.ts'
import type { ErrorStatus } from './error-map.ts'
import { httpErrorOf } from './error-map.ts'
import type { ErrorBody } from './schemas/errors.ts'

export const success = <T>(c: { var: { requestId: string } }, data: T) => ({
  status: 'success' as const,
  data,
  meta: { request_id: c.var.requestId },
})

export type Failure = { [S in ErrorStatus]: Response & TypedResponse<ErrorBody, S, 'json'> }[ErrorStatus]

type AnyContext = Context<OpenEnv> | Context<TenantEnv> | Context<LinkEnv>

export function failure(c: AnyContext, error: DomainError): Failure {
  const { status, type } = httpErrorOf(error.code, c.var.surface)
  noteRefusal(c, error)
  if (status === 401) c.header('WWW-Authenticate', challengeOf(error))
  if (error.retryAfterSeconds !== undefined) c.header('Retry-After', String(error.retryAfterSeconds))
  const details = detailsOf(error)
  const body: ErrorBody = {
    status: 'error',
    error: {
      type,
      code: error.code,
      message: error.message,
      ...(details.length === 0 ? {} : { details }),
      ...(error.retryAfterSeconds === undefined ? {} : { retry_after: error.retryAfterSeconds }),
    },
    meta: { request_id: c.var.requestId },
  }
  return c.json(body, status)
}

/** What is kept of a refused call is the refusal, not its answer. */
const noteRefusal = (c: { set(key: 'refusal', refusal: DomainError): void }, error: DomainError): void =>
  c.set('refusal', error)

type Details = NonNullable<ErrorBody['error']['details']>

function detailsOf(error: DomainError): Details {
  const details: Details = (error.details ?? []).map(({ path, message }) => ({ path, message }))
  if (error.transition === undefined) return details
  const { from, to, allowed } = error.transition
  return [{ path: 'status', message: error.message, from, to, allowed: [...allowed] }, ...details]
}

/** RFC 6750: a call without a token is told the scheme only. */
const challengeOf = (error: DomainError): string =>
  error.code === 'MISSING_TOKEN' ? 'Bearer realm="kyc"' : 'Bearer realm="kyc", error="invalid_token"'

export const tenantCall = (c: Context<TenantEnv>): TenantCall => ({
  actor: c.var.actor,
  requestId: c.var.requestId,
  idempotency: c.var.idempotency,
})

export const linkCall = (c: Context<LinkEnv>): LinkCall => ({ link: c.var.link, requestId: c.var.requestId })

/** Work that outlives the answer. What fails there is logged: nobody waits for it. */
export const deferTo =
  (c: AnyContext, log: Log): Defer =>
  (work) => {
    const settled = work.catch((cause: unknown) => {
      log.error('deferred_work_failed', {
        request_id: c.var.requestId,
        error_name: cause instanceof Error ? cause.name : 'unknown',
      })
    })
    c.executionCtx.waitUntil(settled)
  }

export const etagOf = (state: { version: number }): string => `"${state.version}"`

/** The clock of the tenant that a session belongs to. */
export const nowOf = (clock: Clock, { state }: SessionSnapshot): EpochMs =>
  clock.now({ tenantId: state.tenant_id, mode: state.mode })
