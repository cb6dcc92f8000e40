// The addresses of every watchlist, with the day each came and went. Lists say who is on them now; a reviewer also has
// to know that an address was on one until a day. It decides what is listed and what no longer is, from one renewal to
// the next; it does not fetch or parse lists, nor judge what a hit is worth.

import type { CivilDate } from '../../domain/time.ts'
import { matchKey } from './match-key.ts'

export type BookEntry = {
  list: string
  /** The newest version that the address stands in; of a delisted one the last. */
  list_version: string
  /** The list's own id of the person or company. */
  reference: string
  primary_name: string
  program: string | null
  /** As the list tags it: XBT, ETH, USDT …; empty where it names none. */
  asset: string
  /** As the list writes it. */
  address: string
  /** As the list tells it; null where it does not. */
  listed_on: CivilDate | null
  /** The day this deployment first saw it on the list. */
  first_seen_on: CivilDate
  delisted_on: CivilDate | null
}

export type BookList = {
  id: string
  version: string
  published_on: CivilDate | null
  /** When this version was last known to be the newest. */
  confirmed_on: CivilDate
  /** Addresses that its newest version lacks and that are kept as listed all the same, see `KEPT_FROM`. */
  withheld: number
}

export type AddressBook = { format: 1; lists: BookList[]; entries: BookEntry[] }

/** A wallet of a list as an importer gives it. */
export type ListedWallet = {
  list: string
  version: string
  published_on: CivilDate | null
  reference: string
  primary_name: string
  programs: readonly string[]
  asset: string
  address: string
  listed_on: CivilDate | null
}

export type RenewedList = { id: string; version: string; published_on: CivilDate | null }

/**
 * From so many at once, when they are more than half of a list, addresses that are gone count as a broken import rather
 * than as delistings: a renamed feature would otherwise turn each of them into a harmless one.
 */
const KEPT_FROM = 5

export const EMPTY_BOOK: AddressBook = { format: 1, lists: [], entries: [] }

/**
 * `lists` are those that were renewed or confirmed, each with all its wallets among `wallets`. What the book holds of
 * other lists stays as it is.
 */
export function updateAddressBook(
  previous: AddressBook | null,
  wallets: readonly ListedWallet[],
  lists: readonly RenewedList[],
  today: CivilDate,
): AddressBook {
  const book = previous ?? EMPTY_BOOK
  const renewed = new Map(lists.map((list) => [list.id, list]))
  const known = new Map(book.entries.map((entry) => [keyOf(entry), entry]))
  const found = new Map(
    wallets.filter((wallet) => renewed.has(wallet.list)).map((wallet) => [keyOf(wallet), wallet] as const),
  )
  const held = new Map(book.entries.map((entry) => [holderOf(entry), entry]))
  const holders = new Set([...found.values()].map(holderOf))
  const absent = book.entries.filter((entry) => renewed.has(entry.list) && !found.has(keyOf(entry)))
  const gone = absent.filter((entry) => !holders.has(holderOf(entry)))
  const withheld = withheldByList(book.entries, gone)

  const entries = new Map(known)
  for (const entry of absent) if (holders.has(holderOf(entry))) entries.delete(keyOf(entry))
  for (const [key, wallet] of found)
    entries.set(key, entryOf(wallet, known.get(key) ?? held.get(holderOf(wallet)), today))
  for (const entry of gone.filter(isListed)) {
    const list = renewed.get(entry.list)
    if (list === undefined || withheld.has(entry.list)) continue
    entries.set(keyOf(entry), { ...entry, delisted_on: dayGone(entry, list, today) })
  }
  return {
    format: 1,
    lists: [
      ...book.lists.filter((list) => !renewed.has(list.id)),
      ...[...renewed.values()].map(({ id, version, published_on }) => ({
        id,
        version,
        published_on,
        confirmed_on: today,
        withheld: withheld.get(id) ?? 0,
      })),
    ].toSorted((left, right) => compare(left.id, right.id)),
    entries: [...entries.entries()].toSorted(([left], [right]) => compare(left, right)).map(([, entry]) => entry),
  }
}

export const isListed = (entry: { delisted_on: CivilDate | null }): boolean => entry.delisted_on === null

function entryOf(wallet: ListedWallet, before: BookEntry | undefined, today: CivilDate): BookEntry {
  return {
    list: wallet.list,
    list_version: wallet.version,
    reference: wallet.reference,
    primary_name: wallet.primary_name,
    program: wallet.programs.length === 0 ? null : wallet.programs.join(', '),
    asset: wallet.asset,
    address: wallet.address,
    listed_on: wallet.listed_on ?? before?.listed_on ?? null,
    first_seen_on: before?.first_seen_on ?? today,
    delisted_on: null,
  }
}

/** The day of the version that lacks it, unless that day cannot be: published before the address was seen on the list. */
function dayGone(entry: BookEntry, list: RenewedList, today: CivilDate): CivilDate {
  const day = list.published_on
  return day === null || day < (entry.listed_on ?? entry.first_seen_on) || day > today ? today : day
}

function withheldByList(before: readonly BookEntry[], gone: readonly BookEntry[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const entry of gone.filter(isListed)) counts.set(entry.list, (counts.get(entry.list) ?? 0) + 1)
  const isTooMany = ([list, count]: [string, number]): boolean =>
    count >= KEPT_FROM && count * 2 > before.filter((entry) => entry.list === list && isListed(entry)).length
  return new Map([...counts].filter(isTooMany))
}

type Keyed = { list: string; reference: string; asset: string; address: string }

/** An address that the same person still holds under another asset was tagged anew, not delisted. */
const holderOf = (one: Keyed): string => JSON.stringify([one.list, one.reference, matchKey(one.address)])

const keyOf = (one: Keyed): string => JSON.stringify([holderOf(one), one.asset])

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
