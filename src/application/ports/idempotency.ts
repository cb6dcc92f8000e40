import type { DomainError } from '../../domain/errors.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { TenantScope } from '../actor.ts'

/** A POST under an Idempotency-Key, as it travels to where its effect is kept. The key itself does not travel. */
export type KeyedCall = {
  key_hash: string
  /** Of method, path and body. */
  fingerprint: string
  /** The secret of the answer, sealed under the key. After a replay: as the first call left it. */
  sealed: string | null
  /** The session object has the outcome: nobody else needs to keep it. */
  is_kept: boolean
  /** The answer is that of an earlier call. */
  is_replay: boolean
}
export type IdempotentCall = { key: string; keyed: KeyedCall }

export interface IdempotencyKeys {
  identify(scope: TenantScope, key: string, request: { method: string; path: string; body: string }): IdempotentCall
  /** Opens again only with the same key and this deployment's secret. */
  seal(call: IdempotentCall, secret: Uint8Array): Promise<string>
  /** Throws when it was sealed by a deployment with other secrets. */
  open(call: IdempotentCall): Promise<Uint8Array>
}

/** `call_id` tells one attempt from another under the same key. */
export type KeptBy = { keyed: KeyedCall; call_id: string; at: EpochMs }
/** What stands in D1 under a key: a refusal, or what the call made; null when that is deleted. */
export type KeptOutcome<T> = { fingerprint: string; sealed: string | null; error: DomainError | null; made: T | null }

export interface KeptCalls {
  /** Keeps a refusal unless something is kept there already, or its session is deleted; what is kept then. */
  keepRefusal(
    scope: TenantScope,
    by: KeptBy,
    refusal: { error: DomainError; session_id: string | null },
  ): Promise<KeptOutcome<null> & { is_new: boolean }>
  /** Deletes what is older; at most `limit`; how many there were. */
  sweep(before: EpochMs, limit: number): Promise<number>
}
