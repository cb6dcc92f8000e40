// Addresses that are base58 of a version byte, a hash and four bytes of double SHA-256: Bitcoin and its descendants,
// Tron, XRP (with its own alphabet), and Solana, which has the 32 bytes alone. It decides form and checksum only:
// that somebody holds the key, or that the account exists, is nobody's knowledge here.

import { sha256 } from '@noble/hashes/sha2.js'
import { base58, base58xrp, createBase58check } from '@scure/base'
import type { BytesCoder } from '@scure/base'
import { invalid, valid } from './verdict.ts'
import type { AddressVerdict } from './verdict.ts'

export const base58check = createBase58check(sha256)
const HASH_BYTES = 20
/** Well above any of these formats; base58 decoding takes quadratic time. */
const MAX_CHARACTERS = 128

export type VersionTable = { readonly name: string; readonly main: readonly number[]; readonly test: readonly number[] }

export const BITCOIN: VersionTable = { name: 'Bitcoin', main: [0x00, 0x05], test: [0x6f, 0xc4] }
export const LITECOIN: VersionTable = { name: 'Litecoin', main: [0x30, 0x32, 0x05], test: [0x6f, 0x3a, 0xc4] }
export const TRON: VersionTable = { name: 'Tron', main: [0x41], test: [0xa0] }

/** The version byte and the hash, or why it is not such an address. */
export function decodeVersioned(
  address: string,
  table: VersionTable,
): { version: number; hash: Uint8Array } | AddressVerdict {
  const payload = decodeChecked(address, base58)
  if (payload === 'alphabet') return invalid(`has characters that base58 does not use (0, O, I, l and signs)`)
  if (payload === 'checksum') return invalid('checksum does not match: a character is wrong or missing')
  const version = payload[0] ?? -1
  if (payload.length !== HASH_BYTES + 1)
    return invalid(`holds ${payload.length} bytes, a ${table.name} address holds 21`)
  if (table.test.includes(version))
    return invalid(`is an address of a ${table.name} test network, not of the main network`)
  if (!table.main.includes(version)) return invalid(`is an address of another network, not of ${table.name}`)
  return { version, hash: payload.slice(1) }
}

export function parseTron(address: string): AddressVerdict {
  const decoded = decodeVersioned(address, TRON)
  return 'valid' in decoded ? decoded : valid(address)
}

export function parseSolana(address: string): AddressVerdict {
  const bytes = decodeBase58(address, base58)
  if (bytes === null) return invalid('has characters that base58 does not use (0, O, I, l and signs)')
  return bytes.length === 32 ? valid(address) : invalid(`holds ${bytes.length} bytes, a Solana address holds 32`)
}

const XRP_ACCOUNT_VERSION = 0x00
const X_MAIN = [0x05, 0x44]
const X_TEST = [0x04, 0x93]
const X_BYTES = 31

/** Classic `r…` addresses, and X-addresses (XLS-5), which hold an account and a tag: the account is what is normal. */
export function parseXrp(address: string): AddressVerdict {
  const payload = decodeChecked(address, base58xrp)
  if (payload === 'alphabet') return invalid('has characters that the XRP alphabet does not use')
  if (payload === 'checksum') return invalid('checksum does not match: a character is wrong or missing')
  if (payload.length === HASH_BYTES + 1 && payload[0] === XRP_ACCOUNT_VERSION) return valid(address)
  if (payload.length !== X_BYTES) return invalid('is neither a classic XRP address (r…) nor an X-address (X…)')
  const [first, second] = payload
  if (first === X_TEST[0] && second === X_TEST[1]) return invalid('is an X-address of an XRP test network')
  if (first !== X_MAIN[0] || second !== X_MAIN[1])
    return invalid('is neither a classic XRP address (r…) nor an X-address (X…)')
  const flags = payload[22] ?? 0xff
  const tag = payload.slice(23)
  const hasUpperTag = tag.slice(4).some((byte) => byte !== 0)
  if (flags > 1 || hasUpperTag || (flags === 0 && tag.some((byte) => byte !== 0)))
    return invalid('has a tag that XLS-5 does not allow')
  return valid(encodeXrpAccount(payload.slice(2, 22)), [address])
}

function encodeXrpAccount(hash: Uint8Array): string {
  const payload = Uint8Array.of(XRP_ACCOUNT_VERSION, ...hash)
  return base58xrp.encode(Uint8Array.of(...payload, ...checksumOf(payload)))
}

function decodeChecked(address: string, coder: BytesCoder): Uint8Array | 'alphabet' | 'checksum' {
  const bytes = decodeBase58(address, coder)
  if (bytes === null) return 'alphabet'
  const payload = bytes.slice(0, -4)
  const expected = checksumOf(payload)
  return bytes.length > 4 && bytes.slice(-4).every((byte, index) => byte === expected[index]) ? payload : 'checksum'
}

function decodeBase58(address: string, coder: BytesCoder): Uint8Array | null {
  if (address.length > MAX_CHARACTERS) return null
  try {
    return coder.decode(address)
  } catch {
    return null
  }
}

const checksumOf = (payload: Uint8Array): Uint8Array => sha256(sha256(payload)).slice(0, 4)
