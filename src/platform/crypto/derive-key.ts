import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** Master secrets by key id (0–255); `current` makes new things, the others still read old ones during a rotation. */
export type MasterKeys = { readonly current: number; readonly keys: ReadonlyMap<number, Uint8Array> }

export interface Keyring {
  readonly current: number
  /** 32 bytes for one purpose, the same each time; null for a key id that this deployment does not hold. */
  derive(keyId: number, purpose: string): Uint8Array | null
}

const MIN_MASTER_BYTES = 32
const DERIVED_BYTES = 32
/** Separates this service's keys from any other use of the same secret. */
const SALT = utf8ToBytes('kyc-sessions/master/v1')

/**
 * One key per purpose (RFC 5869), so that what one part leaks opens no other. Synchronous on purpose: a promise kept
 * in the isolate's memory belongs to the request that made it, and another request must not await it.
 */
export function createKeyring(config: MasterKeys): Keyring {
  for (const [keyId, secret] of config.keys) {
    if (!Number.isInteger(keyId) || keyId < 0 || keyId > 255)
      throw new Error('a master key id must be an integer from 0 to 255')
    if (secret.length < MIN_MASTER_BYTES)
      throw new Error(`master key ${keyId} must have at least ${MIN_MASTER_BYTES} bytes`)
  }
  if (!config.keys.has(config.current)) throw new Error(`there is no master key with the current id ${config.current}`)
  const derived = new Map<string, Uint8Array>()
  return {
    current: config.current,
    derive(keyId, purpose) {
      const secret = config.keys.get(keyId)
      if (secret === undefined) return null
      const slot = `${keyId}:${purpose}`
      const known = derived.get(slot)
      if (known !== undefined) return known
      const key = hkdf(sha256, secret, SALT, utf8ToBytes(purpose), DERIVED_BYTES)
      derived.set(slot, key)
      return key
    },
  }
}
