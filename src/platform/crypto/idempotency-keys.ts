import { base64urlnopad } from '@scure/base'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { IdempotencyKeys, IdempotentCall } from '../../application/ports.ts'
import { createKeyring, type MasterKeys } from './derive-key.ts'

const PURPOSE = 'idempotency/seal/v1'
const IV_BYTES = 12
const KEY_BYTES = 32

const hashOf = (...parts: string[]): string => bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))))

/**
 * A sealed secret opens with two things that are never in one place: the server's secret and the raw Idempotency-Key,
 * which only its sender has. `{key id}.{base64url of iv and ciphertext}`; the call's own hashes are authenticated with it.
 */
export function createIdempotencyKeys(config: MasterKeys): IdempotencyKeys {
  const keyring = createKeyring(config)

  const importKey = (keyId: number, key: string, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> => {
    const secret = keyring.derive(keyId, PURPOSE)
    if (secret === null) throw new Error('idempotency: the master key that sealed this is gone')
    const bytes = hkdf(sha256, secret, utf8ToBytes(key), utf8ToBytes(PURPOSE), KEY_BYTES)
    return crypto.subtle.importKey('raw', Uint8Array.from(bytes), 'AES-GCM', false, [usage])
  }
  const parametersOf = ({ keyed }: IdempotentCall, iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: Uint8Array.from(utf8ToBytes(`${keyed.key_hash}.${keyed.fingerprint}`)),
  })

  return {
    identify(scope, key, { method, path, body }) {
      const keyed = {
        key_hash: hashOf(scope.tenantId, scope.mode, key),
        fingerprint: hashOf(method, path, body),
        sealed: null,
        is_kept: false,
        is_replay: false,
      }
      return { key, keyed }
    },

    async seal(call, secret) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const key = await importKey(keyring.current, call.key, 'encrypt')
      const sealed = await crypto.subtle.encrypt(parametersOf(call, iv), key, Uint8Array.from(secret))
      return `${keyring.current}.${base64urlnopad.encode(concatBytes(iv, new Uint8Array(sealed)))}`
    },

    async open(call) {
      const [keyId, packed] = (call.keyed.sealed ?? '').split('.')
      if (keyId === undefined || packed === undefined) throw new Error('idempotency: nothing is sealed here')
      const bytes = Uint8Array.from(base64urlnopad.decode(packed))
      const key = await importKey(Number(keyId), call.key, 'decrypt')
      const parameters = parametersOf(call, bytes.slice(0, IV_BYTES))
      return new Uint8Array(await crypto.subtle.decrypt(parameters, key, bytes.slice(IV_BYTES)))
    },
  }
}
