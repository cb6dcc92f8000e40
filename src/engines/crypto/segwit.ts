// Segregated-witness addresses of Bitcoin, Litecoin and Bitcoin Gold (BIP 173, BIP 350): version 0 is bech32, later ones are bech32m,
// and one address is all lower or all upper case. Programs of versions that no rule gives a meaning yet are valid.

import { bech32, bech32m } from '@scure/base'
import { accountOf } from './account.ts'
import { HASH_BYTES } from './base58-formats.ts'
import { invalid, valid } from './verdict.ts'
import type { AddressVerdict } from './verdict.ts'

const MAX_CHARACTERS = 90

export function parseSegwit(address: string, prefix: 'bc' | 'ltc' | 'btg'): AddressVerdict {
  if (address !== address.toLowerCase() && address !== address.toUpperCase()) {
    return invalid('mixes upper and lower case, which bech32 does not allow')
  }
  if (!/^[\x21-\x7e]+$/.test(address) || address.length > MAX_CHARACTERS) return invalid('is not bech32')
  const plain = bech32.decodeUnsafe(address)
  const decoded = plain ?? bech32m.decodeUnsafe(address)
  if (decoded === undefined) return invalid('checksum does not match: a character is wrong or missing')
  if (decoded.prefix !== prefix)
    return invalid(`begins with "${decoded.prefix}1", an address of this network with "${prefix}1"`)
  const [version, ...words] = decoded.words
  if (version === undefined || version > 16) return invalid('has a witness version above 16')
  if ((version === 0) !== (plain !== undefined)) {
    return invalid(
      `has the checksum of ${version === 0 ? 'bech32m' : 'bech32'}, witness version ${version} needs the other one`,
    )
  }
  const program = programOf(words)
  if (program === null) return invalid('has wrong padding at its end')
  if (program.length < 2 || program.length > 40)
    return invalid(`has a witness program of ${program.length} bytes, 2 to 40 are allowed`)
  if (version === 0 && program.length !== 20 && program.length !== 32) {
    return invalid(`has a witness program of ${program.length} bytes, version 0 has 20 or 32`)
  }
  const isKeyHash = version === 0 && program.length === HASH_BYTES
  return valid(address.toLowerCase(), isKeyHash ? accountOf('key', program) : null)
}

function programOf(words: number[]): Uint8Array | null {
  try {
    return bech32.fromWords(words)
  } catch {
    return null
  }
}
