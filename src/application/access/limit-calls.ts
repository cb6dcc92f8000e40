import type { DomainError } from '../../domain/errors.ts'
import { MINUTE_MS, SECOND_MS } from '../../domain/time.ts'
import type { CallLimit, Deps, LimitKey } from '../ports.ts'

type LimitDeps = Pick<Deps, 'callLimiter'>

const PERIOD_SECONDS = MINUTE_MS / SECOND_MS

/** Null: the call goes on. The limiter does not say when its minute ends, so the caller is told to wait a whole one. */
export async function limitCalls(deps: LimitDeps, limit: CallLimit, counted: string): Promise<DomainError | null> {
  const { callLimiter } = deps
  return (await callLimiter.admit(limit, callLimiter.keyOf(counted)))
    ? null
    : tooManyCalls(callLimiter.perMinute[limit], PERIOD_SECONDS)
}

export const tooManyCalls = (limit: number, retryAfterSeconds: number): DomainError => ({
  code: 'RATE_LIMITED',
  message: `These are too many calls: at most ${limit} a minute are taken. Wait ${retryAfterSeconds} seconds.`,
  retryAfterSeconds,
  limit,
})

export type GuessGuard = {
  /** Before the credential is looked at. */
  refuse(address: string | null, credential: string): DomainError | null
  /** It opened a tenant. */
  proved(credential: string): void
  failed(address: string | null, credential: string): Promise<void>
}

const MAX_REMEMBERED = 5_000

/**
 * Keeps an address from trying one credential after another. Only failures count, and a credential that has proved
 * itself in this isolate is let through a shut door: whoever guesses behind the same address locks out no client of
 * long standing, and a new one for a minute at most.
 */
export function createGuessGuard({ callLimiter, clock }: Pick<Deps, 'callLimiter' | 'clock'>): GuessGuard {
  const shutUntil = new Map<LimitKey, number>()
  const proven = new Map<LimitKey, true>()
  return {
    refuse(address, credential) {
      if (address === null) return null
      const until = shutUntil.get(callLimiter.keyOf(address))
      const leftMs = (until ?? 0) - clock.system()
      if (leftMs <= 0 || proven.has(callLimiter.keyOf(credential))) return null
      return tooManyCalls(callLimiter.perMinute.failures, Math.ceil(leftMs / SECOND_MS))
    },
    proved: (credential) => remember(proven, callLimiter.keyOf(credential), true),
    async failed(address, credential) {
      proven.delete(callLimiter.keyOf(credential))
      if (address === null) return
      const key = callLimiter.keyOf(address)
      if (!(await callLimiter.admit('failures', key))) remember(shutUntil, key, clock.system() + MINUTE_MS)
    },
  }
}

/** The oldest goes first. */
function remember<T>(entries: Map<LimitKey, T>, key: LimitKey, value: T): void {
  entries.delete(key)
  entries.set(key, value)
  const oldest = entries.size > MAX_REMEMBERED ? entries.keys().next().value : undefined
  if (oldest !== undefined) entries.delete(oldest)
}
