import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { KeyMint } from '../../application/ports.ts'
import type { Mode } from '../../domain/session/state.ts'

const SECRET_BYTES = 32
/** ⌈256 / log2 62⌉. Letters and digits only, so that a double click takes the whole key. */
const SECRET_CHARACTERS = 43
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const KEY_PATTERN = new RegExp(`^sk_(live|test)_[0-9A-Za-z]{${SECRET_CHARACTERS}}$`)

export function createKeyMint(): KeyMint {
  return {
    mint(mode) {
      const secret = `sk_${mode}_${base62(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))}`
      return { secret, key_hash: hashApiKey(secret), hint: secret.slice(-4) }
    },
  }
}

/** SHA-256, lower-case hex. A fast hash is enough: the secret has 256 random bits and cannot be guessed. */
export const hashApiKey = (secret: string): string => bytesToHex(sha256(utf8ToBytes(secret)))

/** The mode that a bearer credential of our own form says; null when it is no API key (a JWT, or nothing of ours). */
export function modeOfApiKey(credential: string): Mode | null {
  const match = KEY_PATTERN.exec(credential)
  if (match === null) return null
  return match[1] === 'live' ? 'live' : 'test'
}

function base62(bytes: Uint8Array): string {
  let rest = BigInt(`0x${bytesToHex(bytes)}`)
  let text = ''
  while (text.length < SECRET_CHARACTERS) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text
    rest /= 62n
  }
  return text
}
