// Bitcoin Cash addresses: the CashAddr format (40-bit checksum over prefix and payload, prefix may be left out), and
// the old base58 spelling that it replaced. The normal spelling is CashAddr without its prefix.

import { accountOf } from './account.ts'
import { BITCOIN, HASH_BYTES, decodeVersioned } from './base58-formats.ts'
import { invalid, valid } from './verdict.ts'
import type { AddressVerdict } from './verdict.ts'

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const PREFIX = 'bitcoincash'
const TEST_PREFIXES = ['bchtest', 'bchreg']
const CHECKSUM_WORDS = 8
/** Bytes of the hash by the low three bits of the version byte. */
const HASH_SIZES = [20, 24, 28, 32, 40, 48, 56, 64]
/** Type bits: 0 P2PKH, 1 P2SH, 2 and 3 the same, able to hold CashTokens (CHIP-2022-02). */
const KINDS = ['key', 'script', 'key', 'script'] as const

export function parseBitcoinCash(address: string): AddressVerdict {
  if (/^[13]/.test(address)) return parseLegacy(address)
  if (address !== address.toLowerCase() && address !== address.toUpperCase()) {
    return invalid('mixes upper and lower case, which CashAddr does not allow')
  }
  const lower = address.toLowerCase()
  const colon = lower.indexOf(':')
  const prefix = colon === -1 ? PREFIX : lower.slice(0, colon)
  const body = lower.slice(colon + 1)
  if (TEST_PREFIXES.includes(prefix)) return invalid('is an address of a Bitcoin Cash test network')
  if (prefix !== PREFIX) return invalid(`must begin with "${PREFIX}:" or have no prefix`)
  const words = [...body].map((character) => ALPHABET.indexOf(character))
  if (words.includes(-1)) return invalid('has characters that CashAddr does not use')
  if (words.length < CHECKSUM_WORDS + 2 || words.length > 112)
    return invalid(`has ${words.length} characters, too few or too many`)
  if (polymod([...prefixWords(prefix), ...words]) !== 0n)
    return invalid('checksum does not match: a character is wrong or missing')
  const bytes = toBytes(words.slice(0, -CHECKSUM_WORDS))
  if (bytes === null) return invalid('has wrong padding at its end')
  const [version = 0xff, ...hash] = bytes
  const type = version >> 3
  const kind = KINDS[type]
  if (kind === undefined) return invalid('has an unknown address type')
  const expected = HASH_SIZES[version & 7]
  if (hash.length !== expected || (hash.length !== HASH_BYTES && !(kind === 'script' && hash.length === 32))) {
    return invalid(`holds a hash of ${hash.length} bytes, which its type does not allow`)
  }
  // A token-aware spelling names the same account as the plain one.
  const normalized = encode(((type & 1) << 3) | (version & 7), hash)
  return valid(normalized, hash.length === HASH_BYTES ? accountOf(kind, Uint8Array.from(hash)) : null)
}

function parseLegacy(address: string): AddressVerdict {
  const decoded = decodeVersioned(address, { ...BITCOIN, name: 'Bitcoin Cash' })
  if ('valid' in decoded) return decoded
  return valid(
    encode(decoded.kind === 'script' ? 0x08 : 0x00, [...decoded.hash]),
    accountOf(decoded.kind, decoded.hash),
  )
}

function encode(version: number, hash: readonly number[]): string {
  const payload = toWords([version, ...hash])
  const checksum = polymod([...prefixWords(PREFIX), ...payload, ...Array.from({ length: CHECKSUM_WORDS }, () => 0)])
  const tail = Array.from({ length: CHECKSUM_WORDS }, (_, index) =>
    Number((checksum >> BigInt(5 * (CHECKSUM_WORDS - 1 - index))) & 31n),
  )
  return [...payload, ...tail].map((word) => ALPHABET.charAt(word)).join('')
}

/** The low five bits of each letter, then a zero. */
const prefixWords = (prefix: string): number[] => [...[...prefix].map((letter) => letter.charCodeAt(0) & 31), 0]

const GENERATORS = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n]

/** The BCH code of the CashAddr specification; zero for a right checksum. */
function polymod(words: readonly number[]): bigint {
  let state = 1n
  for (const word of words) {
    const top = state >> 35n
    state = ((state & 0x07ffffffffn) << 5n) ^ BigInt(word)
    GENERATORS.forEach((generator, bit) => {
      if ((top >> BigInt(bit)) & 1n) state ^= generator
    })
  }
  return state ^ 1n
}

function toWords(bytes: readonly number[]): number[] {
  const words: number[] = []
  let rest = 0
  let bits = 0
  for (const byte of bytes) {
    rest = ((rest << 8) | byte) & 0xfff
    bits += 8
    for (; bits >= 5; bits -= 5) words.push((rest >> (bits - 5)) & 31)
  }
  if (bits > 0) words.push((rest << (5 - bits)) & 31)
  return words
}

function toBytes(words: readonly number[]): number[] | null {
  const bytes: number[] = []
  let rest = 0
  let bits = 0
  for (const word of words) {
    rest = ((rest << 5) | word) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((rest >> bits) & 0xff)
    }
  }
  return bits < 5 && (rest & ((1 << bits) - 1)) === 0 ? bytes : null
}
