// XRP Ledger addresses: base58 with an alphabet of its own. Classic `r…` addresses, and X-addresses (XLS-5), which hold an
// account and a tag: the account is what is normal, a tag names a customer of an exchange within it.

import { base58xrp } from '@scure/base'
import { accountOf } from './account.ts'
import { HASH_BYTES, checksumOf, decodeChecked } from './base58-formats.ts'
import { invalid, valid } from './verdict.ts'
import type { AddressVerdict } from './verdict.ts'

const ACCOUNT_VERSION = 0x00
const X_MAIN = [0x05, 0x44]
const X_TEST = [0x04, 0x93]
const X_BYTES = 31

export function parseXrp(address: string): AddressVerdict {
  const payload = decodeChecked(address, base58xrp)
  if (payload === 'alphabet') return invalid('has characters that the XRP alphabet does not use')
  if (payload === 'checksum') return invalid('checksum does not match: a character is wrong or missing')
  if (payload.length === HASH_BYTES + 1 && payload[0] === ACCOUNT_VERSION)
    return valid(address, accountOf('key', payload.slice(1)))
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
  const hash = payload.slice(2, 22)
  return valid(encodeAccount(hash), accountOf('key', hash))
}

function encodeAccount(hash: Uint8Array): string {
  const payload = Uint8Array.of(ACCOUNT_VERSION, ...hash)
  return base58xrp.encode(Uint8Array.of(...payload, ...checksumOf(payload)))
}
