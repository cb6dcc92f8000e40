// The exact limits of a link, kept beside the state: they are no change of the session and have no place in its trail.

import type { Envelope } from '../../application/ports.ts'
import type { AttemptKind } from '../../domain/access/link-attempts.ts'
import { attemptRefusal, attemptsOf, countAttempt, isFailedStep, watchedBy } from '../../domain/access/link-attempts.ts'
import type { DomainError } from '../../domain/errors.ts'
import { err, type Result } from '../../domain/result.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { LoadedSession, SessionStore } from './store.ts'

/** Call inside `transactionSync`: the attempt is counted with its effect, or with its refusal by the session. */
export function withinLimits<T>(
  store: SessionStore,
  { grant, command }: Envelope,
  session: LoadedSession,
  now: EpochMs,
  decide: () => Result<T, DomainError>,
): Result<T, DomainError> {
  if (grant.by !== 'link') return decide()
  const kinds = attemptsOf(command.type)
  const refusal = admit(store, session, now, kinds, watchedBy(command.type))
  if (refusal !== null) return err(refusal)
  const decided = decide()
  if (!decided.ok && isFailedStep(command.type, decided.error)) count(store, session, now, ['failed_step'])
  return decided
}

/** Call inside `transactionSync`. Null: it was counted. */
export function admit(
  store: SessionStore,
  session: LoadedSession,
  now: EpochMs,
  kinds: readonly AttemptKind[],
  watched: readonly AttemptKind[] = [],
): DomainError | null {
  const moment = { generation: session.state.link.generation, now }
  const refusal = attemptRefusal(store.attempts(), [...kinds, ...watched], moment)
  if (refusal === null) count(store, session, now, kinds)
  return refusal
}

function count(store: SessionStore, { state }: LoadedSession, now: EpochMs, kinds: readonly AttemptKind[]): void {
  const counts = store.attempts()
  const moment = { generation: state.link.generation, now }
  for (const kind of kinds) store.keepAttempts(countAttempt(counts, kind, moment))
}
