// Lists of addresses, and whether an address stands in one. An address is matched as a text, whatever asset a list
// tags it with, and by the account behind it: the same key can be used on every chain of its kind, and listing
// authorities tag the one they saw. It does not decide how grave a hit is.

import type { CryptoHit } from '../../domain/decision/check-results.ts'
import type { CivilDate, EpochMs } from '../../domain/time.ts'
import { DAY_MS } from '../../domain/time.ts'
import { parseAddress } from './addresses.ts'
import { matchAccount, matchKey } from './match-key.ts'

export type AddressEntry = {
  /** The version that holds it; of a delisted one the last that did. */
  version: string
  /** As the list tags it: XBT, ETH, USDT …; null where it names none. */
  asset: string | null
  /** How the list names the entry; lists of bare addresses: the address as it is written there. */
  reference: string
  /** As the list writes it. */
  address: string
  name: string | null
  program: string | null
  listed_on: CivilDate | null
  first_seen_on: CivilDate | null
  delisted_on: CivilDate | null
}

export type AddressList = {
  list: string
  version: string
  /** When the authority published it, or it was last known to be current. */
  as_of: EpochMs
  /** For how long after that it counts as current. */
  max_age_ms: number
  /** Why it may not say all, whatever its age; a phrase for a reviewer. */
  doubt: string | null
  entries: readonly AddressEntry[]
  by_text: ReadonlyMap<string, readonly AddressEntry[]>
  by_account: ReadonlyMap<string, readonly AddressEntry[]>
}

/** OFAC publishes several times a month: a copy that nobody renewed for longer has missed designations. */
export const STALE_LIST_MS = 30 * DAY_MS

/** Made once per load: what it computes of each entry is what makes a look-up cheap. */
export function indexAddressList(
  facts: Pick<AddressList, 'list' | 'version' | 'as_of' | 'max_age_ms' | 'doubt'>,
  entries: readonly AddressEntry[],
): AddressList {
  const by_text = new Map<string, AddressEntry[]>()
  const by_account = new Map<string, AddressEntry[]>()
  for (const entry of entries) {
    for (const key of textKeys(entry.asset ?? '', entry.address)) add(by_text, key, entry)
    const account = matchAccount(entry.address)
    if (account !== null) add(by_account, account, entry)
  }
  return { ...facts, entries, by_text, by_account }
}

/** One address a line, as the public extracts of OFAC's digital currency addresses are; blank and `#` lines are none. */
export function parseAddressList(
  text: string,
  facts: { list: string; version: string; as_of: EpochMs; asset: string },
): AddressList {
  const addresses = new Set(
    text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  )
  const { list, version, as_of, asset } = facts
  const unknown = { name: null, program: null, listed_on: null, first_seen_on: null, delisted_on: null }
  return indexAddressList(
    { list, version, as_of, max_age_ms: STALE_LIST_MS, doubt: null },
    [...addresses].map((address) => ({ version, asset, reference: address, address, ...unknown })),
  )
}

/** All hits of one address; each entry of a list once, those still listed first. */
export function findInLists(lists: readonly AddressList[], network: string, address: string): CryptoHit[] {
  const texts = textKeys(network, address)
  const account = matchAccount(address)
  const hits = lists.flatMap((list) => {
    const same = new Set(texts.flatMap((text) => list.by_text.get(text) ?? []))
    const related = account === null ? [] : (list.by_account.get(account) ?? [])
    return [
      ...[...same].map((entry) => hitOf(list, entry, 'address')),
      ...related.filter((entry) => !same.has(entry)).map((entry) => hitOf(list, entry, 'same_key')),
    ]
  })
  return [...hits.filter((hit) => hit.status === 'listed'), ...hits.filter((hit) => hit.status === 'delisted')]
}

function hitOf({ list }: AddressList, entry: AddressEntry, match: CryptoHit['match']): CryptoHit {
  return {
    list,
    list_version: entry.version,
    asset: entry.asset,
    reference: entry.reference,
    address: entry.address,
    match,
    status: entry.delisted_on === null ? 'listed' : 'delisted',
    name: entry.name,
    program: entry.program,
    listed_on: entry.listed_on,
    first_seen_on: entry.first_seen_on,
    delisted_on: entry.delisted_on,
  }
}

function textKeys(network: string, address: string): string[] {
  const verdict = parseAddress(network, address)
  return [...new Set([matchKey(address), ...(verdict.valid ? [matchKey(verdict.normalized)] : [])])]
}

function add(map: Map<string, AddressEntry[]>, key: string, entry: AddressEntry): void {
  const there = map.get(key)
  if (there === undefined) map.set(key, [entry])
  else there.push(entry)
}
