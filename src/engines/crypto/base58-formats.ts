// Addresses that are base58 of one or two version bytes, a hash and four bytes of double SHA-256: Bitcoin, its
// descendants and Tron; and Solana, which has the 32 bytes alone. It decides form and checksum only: that somebody holds
// the key, or that the account exists, is nobody's knowledge here.

import { sha256 } from '@noble/hashes/sha2.js'
import { base58, createBase58check } from '@scure/base'
import type { BytesCoder } from '@scure/base'
import { accountOf } from './account.ts'
import { invalid, valid } from './verdict.ts'
import type { AddressVerdict } from './verdict.ts'

export const base58check = createBase58check(sha256)
export const HASH_BYTES = 20
/** Well above any of these formats; base58 decoding takes quadratic time. */
const MAX_CHARACTERS = 128

type VersionKind = 'key' | 'script' | 'evm'
/** Version bytes as one number, from each network's chain parameters. */
export type VersionTable = {
  readonly name: string
  readonly versionBytes: 1 | 2
  readonly main: ReadonlyMap<number, VersionKind>
  readonly test: readonly number[]
}

const table = (name: string, main: [number, VersionKind][], test: number[], versionBytes: 1 | 2 = 1): VersionTable => ({
  name,
  versionBytes,
  main: new Map(main),
  test,
})

const keyAndScripts = (key: number, ...scripts: number[]): [number, VersionKind][] => [
  [key, 'key'],
  ...scripts.map((script): [number, VersionKind] => [script, 'script']),
]

export const BITCOIN = table('Bitcoin', keyAndScripts(0x00, 0x05), [0x6f, 0xc4])
export const BITCOIN_GOLD = table('Bitcoin Gold', keyAndScripts(0x26, 0x17), [0x6f, 0xc4])
export const LITECOIN = table('Litecoin', keyAndScripts(0x30, 0x32, 0x05), [0x6f, 0x3a, 0xc4])
export const DASH = table('Dash', keyAndScripts(0x4c, 0x10), [0x8c, 0x13])
export const DOGECOIN = table('Dogecoin', keyAndScripts(0x1e, 0x16), [0x71, 0xc4])
export const VERGE = table('Verge', keyAndScripts(0x1e, 0x21), [0x6f, 0xc6])
export const ZCASH = table('Zcash', keyAndScripts(0x1cb8, 0x1cbd), [0x1d25, 0x1cba], 2)
export const TRON = table('Tron', [[0x41, 'evm']], [0xa0])

const TABLES = [BITCOIN, LITECOIN, TRON, DASH, DOGECOIN, ZCASH, BITCOIN_GOLD, VERGE]

/** Its kind and hash, or why it is not such an address. */
export function decodeVersioned(
  address: string,
  network: VersionTable,
): { kind: VersionKind; version: number; hash: Uint8Array } | AddressVerdict {
  const payload = decodeChecked(address, base58)
  if (payload === 'alphabet') return invalid('has characters that base58 does not use (0, O, I, l and signs)')
  if (payload === 'checksum') return invalid('checksum does not match: a character is wrong or missing')
  const bytes = HASH_BYTES + network.versionBytes
  if (payload.length !== bytes)
    return invalid(`holds ${payload.length} bytes, a ${network.name} address holds ${bytes}`)
  const version = versionOf(payload, network)
  if (network.test.includes(version))
    return invalid(`is an address of a ${network.name} test network, not of the main network`)
  const kind = network.main.get(version)
  if (kind === undefined) return invalid(`is an address of another network, not of ${network.name}`)
  return { kind, version, hash: payload.slice(network.versionBytes) }
}

export const parseVersioned =
  (network: VersionTable) =>
  (address: string): AddressVerdict => {
    const decoded = decodeVersioned(address, network)
    return 'valid' in decoded ? decoded : valid(address, accountOf(decoded.kind, decoded.hash))
  }

/** The account behind an address of any of these networks; null when it is none. */
export function versionedAccount(address: string): string | null {
  const payload = decodeChecked(address, base58)
  if (typeof payload === 'string') return null
  for (const network of TABLES) {
    if (payload.length !== HASH_BYTES + network.versionBytes) continue
    const kind = network.main.get(versionOf(payload, network))
    if (kind !== undefined) return accountOf(kind, payload.slice(network.versionBytes))
  }
  return null
}

const versionOf = (payload: Uint8Array, { versionBytes }: VersionTable): number =>
  payload.slice(0, versionBytes).reduce((version, byte) => version * 256 + byte, 0)

export function parseSolana(address: string): AddressVerdict {
  const bytes = decodeBase58(address, base58)
  if (bytes === null) return invalid('has characters that base58 does not use (0, O, I, l and signs)')
  return bytes.length === 32 ? valid(address) : invalid(`holds ${bytes.length} bytes, a Solana address holds 32`)
}

export function decodeChecked(address: string, coder: BytesCoder): Uint8Array | 'alphabet' | 'checksum' {
  const bytes = decodeBase58(address, coder)
  if (bytes === null) return 'alphabet'
  const payload = bytes.slice(0, -4)
  const expected = checksumOf(payload)
  return bytes.length > 4 && bytes.slice(-4).every((byte, index) => byte === expected[index]) ? payload : 'checksum'
}

export function decodeBase58(address: string, coder: BytesCoder): Uint8Array | null {
  if (address.length > MAX_CHARACTERS) return null
  try {
    return coder.decode(address)
  } catch {
    return null
  }
}

export const checksumOf = (payload: Uint8Array): Uint8Array => sha256(sha256(payload)).slice(0, 4)
