// By what an address is found in lists: its text, and the account behind it. It reads any address of any network, since
// nobody can rely on the network or asset that an address is tagged with. What no format claims is compared as it is.

import { hexToBytes } from '@noble/hashes/utils.js'
import { accountOf } from './account.ts'
import { versionedAccount } from './base58-formats.ts'
import { parseBitcoinCash } from './cash-address.ts'
import { parseMonero } from './monero.ts'
import { parseSegwit } from './segwit.ts'
import type { AddressVerdict } from './verdict.ts'
import { parseXrp } from './xrp.ts'
import { parseZcash } from './zcash.ts'

/** The text to compare: case is dropped only in formats where it carries no data (hex, bech32, CashAddr). */
export function matchKey(address: string): string {
  const text = bare(address)
  if (/^(0x[0-9a-f]{40}|(0x)?[0-9a-f]{64})$/i.test(text)) return text.toLowerCase()
  if (/^(bc|ltc|btg|tex|zs)1[02-9ac-hj-np-z]+$/i.test(text)) return text.toLowerCase()
  const isOneCase = text === text.toLowerCase() || text === text.toUpperCase()
  if (isOneCase && /^u1[02-9ac-hj-np-z]{60,}$/i.test(text)) return text.toLowerCase()
  return isOneCase && CASH.test(text) ? text.toLowerCase() : text
}

const CASH = /^[qprz][02-9ac-hj-np-z]{41,}$/i

/** What can spend from the address, where the address tells; null where it does not. */
export function matchAccount(address: string): string | null {
  const text = bare(address)
  // EVM addresses without their prefix or with that of XDC, and Tron's in hexadecimal.
  const hex = /^(?:0x|xdc|41|0x41)?([0-9a-f]{40})$/i.exec(text)?.[1]
  if (hex !== undefined) return accountOf('evm', hexToBytes(hex))
  if (/^[48]/.test(text) && text.length >= 95) return accountIn(parseMonero(text))
  const prefix = /^(bc|ltc|btg)1/i.exec(text)?.[1]?.toLowerCase()
  if (prefix === 'bc' || prefix === 'ltc' || prefix === 'btg') return accountIn(parseSegwit(text, prefix))
  if (/^tex1/i.test(text)) return accountIn(parseZcash(text))
  if (CASH.test(text)) return accountIn(parseBitcoinCash(text))
  if (/^(r|X.{40})/.test(text)) return accountIn(parseXrp(text))
  return text.length >= 25 && text.length <= 36 ? versionedAccount(text) : null
}

const accountIn = (verdict: AddressVerdict): string | null => (verdict.valid ? verdict.account : null)

/** Without what wallets and QR codes put around it: `bitcoin:…?amount=1`, `ethereum:…@1`, `eip155:1:…`, `bitcoincash:…`. */
const bare = (address: string): string =>
  address
    .trim()
    .replace(/^[a-z][a-z0-9+.:-]*:(\/\/)?/i, '')
    .replace(/[?@].*$/, '')
