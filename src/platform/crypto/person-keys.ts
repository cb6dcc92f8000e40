import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { TenantScope } from '../../application/actor.ts'
import { createKeyring, type MasterKeys } from './derive-key.ts'

const PURPOSE = 'screening/person/v1'

/** Hashes of identities that only this deployment can make: whoever reads the rows cannot try names on them. */
export interface PersonKeys {
  /** Under which a row is written. */
  keyOf(scope: TenantScope, identity: string): string
  /** Under which it may have been written: one for each master key that is still held. */
  keysOf(scope: TenantScope, identity: string): string[]
}

export function createPersonKeys(config: MasterKeys): PersonKeys {
  const keyring = createKeyring(config)
  const hashed = (keyId: number, { tenantId, mode }: TenantScope, identity: string): string => {
    const secret = keyring.derive(keyId, PURPOSE)
    if (secret === null) throw new Error(`person keys: there is no master key ${keyId}`)
    const text = JSON.stringify([tenantId, mode, identity])
    return `${keyId}.${bytesToHex(hmac(sha256, secret, utf8ToBytes(text)))}`
  }
  return {
    keyOf: (scope, identity) => hashed(keyring.current, scope, identity),
    keysOf: (scope, identity) => [...config.keys.keys()].map((keyId) => hashed(keyId, scope, identity)),
  }
}
