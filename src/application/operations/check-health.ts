import { domainError, type DomainError, type ErrorDetail } from '../../domain/errors.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { SECOND_MS } from '../../domain/time.ts'
import { authenticate } from '../access/authenticate.ts'
import { permit } from '../access/permit.ts'
import type { Deps, Probe } from '../ports.ts'

export const PROBE_LIMIT_MS = 2 * SECOND_MS

export type ComponentHealth = { component: string; state: 'ok' | 'configured'; ms: number | null }

/**
 * Asks each part once, all at the same time, none longer than the limit. One that fails makes the whole an INTERNAL_ERROR
 * that names it, so that a monitor needs the status alone; why it failed is for the log.
 */
export async function checkHealth(
  deps: Pick<Deps, 'clock' | 'log' | 'tenants' | 'jwt' | 'probes'>,
  input: { authorization: string | null; requestId: string },
): Promise<Result<ComponentHealth[], DomainError>> {
  const known = await authenticate(deps, input.authorization)
  if (!known.ok) return known
  const permitted = permit(known.value.actor, 'tenant:manage')
  if (!permitted.ok) return permitted
  const asked = await Promise.all(deps.probes.map((probe) => askProbe(deps, probe, input.requestId)))
  const problems = asked.flatMap((answer) => ('message' in answer ? [answer] : []))
  if (problems.length > 0) return err(unhealthy(problems))
  return ok(asked.flatMap((answer) => ('state' in answer ? [answer] : [])))
}

async function askProbe(
  deps: Pick<Deps, 'clock' | 'log'>,
  { component, ask }: Probe,
  requestId: string,
): Promise<ComponentHealth | ErrorDetail> {
  if (ask === 'configured') return { component, state: ask, ms: null }
  const began = deps.clock.system()
  try {
    if (await isAnsweredInTime(ask())) return { component, state: 'ok', ms: deps.clock.system() - began }
    deps.log.error('health.no_answer', { request_id: requestId, kind: component })
    return { path: component, message: `did not answer within ${PROBE_LIMIT_MS} ms` }
  } catch (cause) {
    const error_name = cause instanceof Error ? cause.name : typeof cause
    deps.log.error('health.failed', { request_id: requestId, kind: component, error_name })
    return { path: component, message: 'failed' }
  }
}

async function isAnsweredInTime(answer: Promise<void>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), PROBE_LIMIT_MS)
  try {
    return await Promise.race([answer.then(() => true), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const unhealthy = (problems: readonly ErrorDetail[]): DomainError =>
  domainError(
    'INTERNAL_ERROR',
    `Not every part of the service answers: ${problems.map(({ path }) => path).join(', ')}. The log knows more.`,
    problems,
  )
