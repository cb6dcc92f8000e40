import { timingSafeEqual } from 'node:crypto'
import { base64urlnopad } from '@scure/base'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js'
import type { AccessTokens } from '../../application/ports.ts'
import { MAC_BYTES, NONCE_BYTES, TOKEN_CHARACTERS, packSigned, unpackToken } from '../../domain/access/token-layout.ts'
import { createKeyring } from './derive-key.ts'
import type { MasterKeys } from './derive-key.ts'

const PURPOSE = 'access-token/mac/v1'
const TOKEN_PATTERN = new RegExp(`^[A-Za-z0-9_-]{${TOKEN_CHARACTERS}}$`)

/**
 * Links that prove themselves without a look-up. A leaked MAC key alone opens nothing: the session also wants the nonce
 * whose hash it keeps, and the generation that is alive.
 */
export function createAccessTokens(config: MasterKeys): AccessTokens {
  const keyring = createKeyring(config)
  const macOf = (key: Uint8Array, signed: Uint8Array): Uint8Array => hmac(sha256, key, signed).slice(0, MAC_BYTES)
  const hashNonce = (nonce: Uint8Array): string => bytesToHex(sha256(nonce))

  return {
    newNonce: () => crypto.getRandomValues(new Uint8Array(NONCE_BYTES)),
    hashNonce,
    async mint(session, nonce) {
      const key = keyring.derive(keyring.current, PURPOSE)
      if (key === null) throw new Error('the current master key is missing')
      const signed = packSigned({
        keyId: keyring.current,
        placement: session.placement,
        sessionId: session.session_id,
        generation: session.generation,
        nonce,
      })
      return { token: base64urlnopad.encode(concatBytes(signed, macOf(key, signed))), nonce_hash: hashNonce(nonce) }
    },
    async verify(token) {
      if (!TOKEN_PATTERN.test(token)) return null
      const unpacked = unpackToken(base64urlnopad.decode(token))
      if (unpacked === null) return null
      const { fields, signed, mac } = unpacked
      const key = keyring.derive(fields.keyId, PURPOSE)
      if (key === null || !timingSafeEqual(mac, macOf(key, signed))) return null
      return {
        session_id: fields.sessionId,
        generation: fields.generation,
        nonce_hash: hashNonce(fields.nonce),
        placement: fields.placement,
      }
    },
  }
}
