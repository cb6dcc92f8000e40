import { base64urlnopad } from '@scure/base'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { SecretBox } from '../../application/ports.ts'
import { createKeyring, type MasterKeys } from './derive-key.ts'

const PURPOSE = 'secret-box/v1'
const IV_BYTES = 12

/**
 * Tenants' secrets at rest: `{key id}.{base64url of iv and ciphertext}`, AES-GCM under a key of this purpose alone. The context
 * (what it is, whose, which mode) is authenticated with it: a row copied to another tenant opens nothing.
 */
export function createSecretBox(config: MasterKeys): SecretBox {
  const keyring = createKeyring(config)

  const importKey = (keyId: number, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> => {
    const key = keyring.derive(keyId, PURPOSE)
    if (key === null) throw new Error('secret box: the master key that sealed this is gone')
    return crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, [usage])
  }
  const parametersOf = (context: readonly string[], iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: Uint8Array.from(utf8ToBytes(JSON.stringify(context))),
  })

  return {
    async seal(context, secret) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const key = await importKey(keyring.current, 'encrypt')
      const text = Uint8Array.from(utf8ToBytes(secret))
      const sealed = await crypto.subtle.encrypt(parametersOf(context, iv), key, text)
      return `${keyring.current}.${base64urlnopad.encode(concatBytes(iv, new Uint8Array(sealed)))}`
    },

    async open(context, sealed) {
      const [keyId, packed] = sealed.split('.')
      if (keyId === undefined || packed === undefined) throw new Error('secret box: nothing is sealed here')
      const bytes = Uint8Array.from(base64urlnopad.decode(packed))
      const key = await importKey(Number(keyId), 'decrypt')
      const parameters = parametersOf(context, bytes.slice(0, IV_BYTES))
      return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, key, bytes.slice(IV_BYTES)))
    },
  }
}
