// Commands under an Idempotency-Key: what is kept beside their effect, and what a repeat is answered from it (docs/adr/0008).

import type { Envelope, Executed, KeyedCall, KeptBy } from '../../application/ports.ts'
import { eventOf } from '../../domain/audit/chain.ts'
import type { DomainError } from '../../domain/errors.ts'
import { isKeptRefusal, KEPT_CALL_MS, keyReused } from '../../domain/idempotency.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { stateAnsweredAt } from '../../domain/session/state-at.ts'
import type { EpochMs } from '../../domain/time.ts'
import { snapshotOf } from './held-session.ts'
import type { KeptCommand, LoadedSession, SessionStore } from './store.ts'

export const keyedCallOf = ({ grant }: Envelope): KeyedCall | undefined =>
  grant.by === 'tenant' ? grant.idempotency : undefined

/** Call inside `transactionSync`: the outcome is kept with the effect. */
export function keepOutcome(
  store: SessionStore,
  envelope: Envelope,
  decided: Result<LoadedSession, DomainError>,
  at: EpochMs,
): void {
  const keyed = keyedCallOf(envelope)
  if (keyed === undefined || (!decided.ok && !isKeptRefusal(decided.error.code))) return
  const { key_hash, fingerprint, sealed } = keyed
  const outcome = decided.ok
    ? { version: decided.value.state.version, sealed, error: null }
    : { version: 0, sealed: null, error: decided.error }
  store.keepCall({ key_hash, fingerprint, call_id: envelope.id, at, ...outcome }, at - KEPT_CALL_MS)
}

/** What a repeated call is answered; null for a first one. One that finds its run under way joins it. */
export function replayOf(store: SessionStore, session: LoadedSession, keyed: KeyedCall, now: EpochMs): Executed | null {
  const kept = store.keptCall(keyed.key_hash, now - KEPT_CALL_MS)
  if (kept === null) return null
  const note = { sealed: kept.sealed, is_replay: true }
  if (kept.fingerprint !== keyed.fingerprint) return err(keyReused())
  if (kept.error !== null) return { ...err(kept.error), kept: note }
  const state = stateAnsweredAt(store.events(0, session.state.version).map(eventOf), kept.version)
  if (state === null) throw new Error('session object: a kept call has no trail')
  const is_replay = state.status !== 'processing'
  return { ...ok(snapshotOf({ ...session, state })), kept: { ...note, is_replay } }
}

/** As D1 keeps it; the sealed secret stays here. */
export const keptBy = ({ key_hash, fingerprint, call_id, at, version }: KeptCommand): KeptBy & { version: number } => ({
  keyed: { key_hash, fingerprint, sealed: null, is_kept: true, is_replay: false },
  call_id,
  at,
  version,
})
