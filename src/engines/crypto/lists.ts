// Lists of addresses, and whether an address stands in one. An address is matched as a text, whatever asset a list
// tags it with: the same key can be used on every chain of its kind, and listing authorities tag the one they saw.
// It does not decide how grave a hit is.

import type { EpochMs } from '../../domain/time.ts'
import type { CryptoHit } from '../../domain/decision/check-results.ts'
import { matchKey } from './match-key.ts'

export type AddressEntry = {
  /** As the list tags it: XBT, ETH, USDT … */
  asset: string
  /** How the list names the entry; lists of bare addresses: the address as it is written there. */
  reference: string
}
export type AddressList = {
  list: string
  version: string
  /** When the authority published it, or it was last known to be current. */
  as_of: EpochMs
  entries: ReadonlyMap<string, readonly AddressEntry[]>
}

/** One address a line, as the public extracts of OFAC's digital currency addresses are; blank and `#` lines are none. */
export function parseAddressList(
  text: string,
  facts: { list: string; version: string; as_of: EpochMs; asset: string },
): AddressList {
  const entries = new Map<string, AddressEntry[]>()
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const address = line.trim()
    if (address === '' || address.startsWith('#')) continue
    const key = matchKey(address)
    const there = entries.get(key) ?? []
    if (there.some((entry) => entry.reference === address)) continue
    entries.set(key, [...there, { asset: facts.asset, reference: address }])
  }
  return { list: facts.list, version: facts.version, as_of: facts.as_of, entries }
}

/** All hits of one address under any of its spellings; each entry of a list once. */
export function findInLists(lists: readonly AddressList[], spellings: readonly string[]): CryptoHit[] {
  const keys = [...new Set(spellings.map(matchKey))]
  const hits = new Map<string, CryptoHit>()
  for (const { list, version, entries } of lists) {
    for (const { asset, reference } of keys.flatMap((key) => entries.get(key) ?? [])) {
      hits.set(JSON.stringify([list, version, asset, reference]), { list, list_version: version, asset, reference })
    }
  }
  return [...hits.values()]
}
