// Whether a text is an address of a network, by form and checksum alone, and its normal spelling. It does not know
// whether the account exists, nor whose it is.

import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { accountOf } from './account.ts'
import {
  BITCOIN,
  BITCOIN_GOLD,
  DASH,
  DOGECOIN,
  LITECOIN,
  TRON,
  VERGE,
  base58check,
  decodeVersioned,
  parseSolana,
  parseVersioned,
} from './base58-formats.ts'
import { parseBitcoinCash } from './cash-address.ts'
import { parseMonero } from './monero.ts'
import { NETWORKS, networksNamed } from './networks.ts'
import type { Network } from './networks.ts'
import { parseSegwit } from './segwit.ts'
import { invalid, valid } from './verdict.ts'
import type { AddressVerdict } from './verdict.ts'
import { parseXrp } from './xrp.ts'
import { parseZcash } from './zcash.ts'

export type { AddressVerdict } from './verdict.ts'

const parseBase58Bitcoin = parseVersioned(BITCOIN)
const parseBase58Gold = parseVersioned(BITCOIN_GOLD)

const PARSERS: Record<Network, (address: string) => AddressVerdict> = {
  BTC: (address) => (/^(bc|tb|bcrt)1/i.test(address) ? parseSegwit(address, 'bc') : parseBase58Bitcoin(address)),
  EVM: parseEvm,
  TRX: parseVersioned(TRON),
  LTC: parseLitecoin,
  BCH: parseBitcoinCash,
  BSV: parseBase58Bitcoin,
  BTG: (address) => (/^btg1/i.test(address) ? parseSegwit(address, 'btg') : parseBase58Gold(address)),
  DASH: parseVersioned(DASH),
  DOGE: parseVersioned(DOGECOIN),
  XVG: parseVersioned(VERGE),
  ZEC: parseZcash,
  XMR: parseMonero,
  XRP: parseXrp,
  SOL: parseSolana,
}

export function parseAddress(network: string, address: string): AddressVerdict {
  const candidates = networksNamed(network)
  if (candidates.length === 0)
    return invalid(
      `cannot be checked: network not supported. Supported: ${NETWORKS.join(', ')}, and EVM chains by name`,
    )
  const text = address.trim()
  if (text === '') return invalid('is empty')
  const verdicts = candidates.map((candidate) => PARSERS[candidate](text))
  return verdicts.find((verdict) => verdict.valid) ?? refusalFor(candidates, verdicts)
}

function refusalFor(candidates: readonly Network[], verdicts: readonly AddressVerdict[]): AddressVerdict {
  const [only] = verdicts
  return only !== undefined && verdicts.length === 1
    ? only
    : invalid(`is not an address of any network of this token (${candidates.join(', ')})`)
}

/** P2SH was once written `3…`, as Bitcoin does; `M…` is the same script, and the normal spelling. */
function parseLitecoin(address: string): AddressVerdict {
  if (/^ltcmweb1/i.test(address)) return invalid('is an MWEB (private) address, which cannot be checked against lists')
  if (/^(ltc|tltc|rltc|bc)1/i.test(address)) return parseSegwit(address, 'ltc')
  const decoded = decodeVersioned(address, LITECOIN)
  if ('valid' in decoded) return decoded
  const { kind, hash } = decoded
  return valid(kind === 'key' ? address : base58check.encode(Uint8Array.of(0x32, ...hash)), accountOf(kind, hash))
}

/** 20 bytes in hex; mixed case carries a checksum (EIP-55), one case alone carries none. */
function parseEvm(address: string): AddressVerdict {
  if (!address.startsWith('0x')) return invalid('must begin with 0x')
  const digits = address.slice(2)
  if (digits.length !== 40) return invalid(`has ${digits.length} characters after 0x, an address has 40`)
  if (!/^[0-9a-f]+$/i.test(digits)) return invalid('has characters that are not hexadecimal')
  const lower = digits.toLowerCase()
  const hasChecksum = digits !== lower && digits !== digits.toUpperCase()
  if (hasChecksum && digits !== withChecksum(lower))
    return invalid('checksum (EIP-55, the mix of upper and lower case) does not match')
  return valid(`0x${lower}`, accountOf('evm', hexToBytes(lower)))
}

function withChecksum(lower: string): string {
  const hash = bytesToHex(keccak_256(utf8ToBytes(lower)))
  return [...lower]
    .map((digit, index) => (Number.parseInt(hash.charAt(index), 16) >= 8 ? digit.toUpperCase() : digit))
    .join('')
}
