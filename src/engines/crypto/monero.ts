// Monero addresses: base58 in blocks of eight bytes over a network byte, the public spend and view keys, in integrated
// addresses a payment id, and four bytes of Keccak. An integrated address pays into the same account as the standard one
// of its keys. A subaddress has keys of its own: whose it is cannot be told without the private view key.

import { keccak_256 } from '@noble/hashes/sha3.js'
import { base58xmr } from '@scure/base'
import { accountOf } from './account.ts'
import { decodeBase58 } from './base58-formats.ts'
import { invalid, valid } from './verdict.ts'
import type { AddressVerdict } from './verdict.ts'

const STANDARD = 18
const INTEGRATED = 19
const SUBADDRESS = 42
/** Of the test and stage networks, in the same order. */
const TEST = [53, 54, 63, 24, 25, 36]
const KEYS_BYTES = 64
const PAYMENT_ID_BYTES = 8
const CHECKSUM_BYTES = 4

export function parseMonero(address: string): AddressVerdict {
  const bytes = decodeBase58(address, base58xmr)
  if (bytes === null) return invalid('has characters that base58 does not use, or a wrong length')
  const payload = bytes.slice(0, -CHECKSUM_BYTES)
  const checksum = keccak_256(payload).slice(0, CHECKSUM_BYTES)
  if (bytes.length <= CHECKSUM_BYTES || !bytes.slice(-CHECKSUM_BYTES).every((byte, index) => byte === checksum[index]))
    return invalid('checksum does not match: a character is wrong or missing')
  const network = payload[0] ?? 0
  if (TEST.includes(network)) return invalid('is an address of a Monero test network, not of the main network')
  const paymentIdBytes = network === INTEGRATED ? PAYMENT_ID_BYTES : 0
  if (![STANDARD, INTEGRATED, SUBADDRESS].includes(network)) return invalid('is not an address of Monero')
  if (payload.length !== 1 + KEYS_BYTES + paymentIdBytes)
    return invalid(
      `holds ${payload.length} bytes, this kind of Monero address holds ${1 + KEYS_BYTES + paymentIdBytes}`,
    )
  const keys = payload.slice(1, 1 + KEYS_BYTES)
  return valid(network === INTEGRATED ? encodeStandard(keys) : address, accountOf('monero', keys))
}

function encodeStandard(keys: Uint8Array): string {
  const payload = Uint8Array.of(STANDARD, ...keys)
  return base58xmr.encode(Uint8Array.of(...payload, ...keccak_256(payload).slice(0, CHECKSUM_BYTES)))
}
