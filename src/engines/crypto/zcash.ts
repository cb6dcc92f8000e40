// Zcash addresses: transparent ones (`t1…`, `t3…`), `tex1…` for the same key (ZIP 320), and shielded ones, Sapling
// (`zs1…`) and unified (`u1…`, ZIP 316). Of shielded ones only form and checksum can be told: what a unified address
// holds is not opened.

import { bech32, bech32m } from '@scure/base'
import { accountOf } from './account.ts'
import { HASH_BYTES, ZCASH, base58check, parseVersioned } from './base58-formats.ts'
import { invalid, valid } from './verdict.ts'
import type { AddressVerdict } from './verdict.ts'

const KEY_VERSION = [0x1c, 0xb8]
const SAPLING_BYTES = 43
/** A receiver and the padding that ZIP 316 asks for, at the least; far more than four receivers at the most. */
const UNIFIED_BYTES = { min: 38, max: 300 }
const MAX_CHARACTERS = 512

const parseTransparent = parseVersioned(ZCASH)

export function parseZcash(address: string): AddressVerdict {
  const prefix = /^(tex|zs|u|textest|ztestsapling|utest)1/i.exec(address)?.[1]?.toLowerCase()
  if (prefix === undefined) return parseTransparent(address)
  if (prefix.endsWith('test') || prefix === 'ztestsapling')
    return invalid('is an address of a Zcash test network, not of the main network')
  const lower = address.toLowerCase()
  if (address !== lower && address !== address.toUpperCase())
    return invalid('mixes upper and lower case, which bech32 does not allow')
  const coder = prefix === 'zs' ? bech32 : bech32m
  const decoded = /^[\x21-\x7e]+$/.test(lower) ? coder.decodeUnsafe(lower, MAX_CHARACTERS) : undefined
  if (decoded === undefined || decoded.prefix !== prefix)
    return invalid('checksum does not match: a character is wrong or missing')
  const bytes = coder.fromWordsUnsafe(decoded.words)
  if (bytes === undefined) return invalid('has wrong padding at its end')
  return judge(prefix, lower, bytes)
}

function judge(prefix: string, lower: string, bytes: Uint8Array): AddressVerdict {
  const [min, max] =
    prefix === 'tex'
      ? [HASH_BYTES, HASH_BYTES]
      : prefix === 'zs'
        ? [SAPLING_BYTES, SAPLING_BYTES]
        : [UNIFIED_BYTES.min, UNIFIED_BYTES.max]
  if (bytes.length < min || bytes.length > max)
    return invalid(`holds ${bytes.length} bytes, which no Zcash address of this kind does`)
  if (prefix !== 'tex') return valid(lower)
  return valid(base58check.encode(Uint8Array.of(...KEY_VERSION, ...bytes)), accountOf('key', bytes))
}
