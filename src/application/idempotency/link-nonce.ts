import type { TenantCall } from '../call.ts'
import type { Deps } from '../ports.ts'

type NonceDeps = Pick<Deps, 'tokens' | 'idempotencyKeys'>

/** The nonce of a new link. Under an Idempotency-Key it is sealed into the call, which is kept with the effect. */
export async function newLinkNonce(deps: NonceDeps, { idempotency }: TenantCall): Promise<Uint8Array> {
  const nonce = deps.tokens.newNonce()
  if (idempotency !== undefined) idempotency.keyed.sealed = await deps.idempotencyKeys.seal(idempotency, nonce)
  return nonce
}

/** After the effect: the nonce that it has. A replay gives the first call's. */
export const effectiveNonce = async (
  deps: NonceDeps,
  { idempotency }: TenantCall,
  nonce: Uint8Array,
): Promise<Uint8Array> => (idempotency?.keyed.is_replay === true ? deps.idempotencyKeys.open(idempotency) : nonce)
