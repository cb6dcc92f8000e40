// The address book as lists to look addresses up in, and what is to be doubted of each. Who renews the lists knows best
// how each stands; where it says nothing of the version in the book, the book's own dates and the catalogue hold.

import { DAY_MS, HOUR_MS, civilDateToDays } from '../../domain/time.ts'
import { LIST_SOURCES } from '../screening/catalog.ts'
import type { AddressBook, BookList } from './address-book.ts'
import { indexAddressList } from './lists.ts'
import type { AddressEntry, AddressList } from './lists.ts'

/** How a list that is renewed here stands; `version` null: it was never loaded. */
export type Standing = { id: string; version: string | null; is_stale: boolean }

/** Gives way to any real list, so that it is not missed. */
const SAMPLE = 'sample'
/** Of lists that the catalogue does not know. */
const OTHER_MAX_AGE_MS = 7 * DAY_MS

/** `standings` null: nobody says. Otherwise a list without one is no longer renewed, and left out. */
export function listsOfBook(book: AddressBook | null, standings: readonly Standing[] | null): AddressList[] {
  const inBook = book?.lists ?? []
  const inUse = inBook.filter((list) => standings === null || standings.some((one) => one.id === list.id))
  return [
    ...inUse.map((list) => listOf(list, book, standings?.find((one) => one.id === list.id) ?? null)),
    ...missing(inBook, standings ?? []),
  ]
}

function listOf(list: BookList, book: AddressBook | null, standing: Standing | null): AddressList {
  const entries = (book?.entries ?? []).filter((entry) => entry.list === list.id)
  const isKnown = standing !== null && standing.version === list.version
  return indexAddressList(
    {
      list: list.id,
      version: list.version,
      as_of: (civilDateToDays(list.confirmed_on) ?? 0) * DAY_MS,
      max_age_ms: isKnown ? Number.POSITIVE_INFINITY : maxAgeOf(list.id),
      doubt: doubtOf(list, isKnown && standing.is_stale),
    },
    entries.map(({ list: _, list_version, primary_name, asset, ...entry }): AddressEntry => ({
      ...entry,
      version: list_version,
      asset: asset === '' ? null : asset,
      name: primary_name,
    })),
  )
}

function doubtOf({ withheld }: BookList, isStale: boolean): string | null {
  if (withheld > 0) return `lacks more than half of its addresses, ${withheld} of which are kept`
  return isStale ? 'is out of date' : null
}

/** Lists that are renewed here and never came into the book. While no list at all was loaded there is no book to miss. */
function missing(inBook: readonly BookList[], standings: readonly Standing[]): AddressList[] {
  const isInUse = inBook.length > 0 || standings.some((one) => one.version !== null)
  return standings
    .filter(
      ({ id, version }) => isInUse && inBook.every((list) => list.id !== id) && (id !== SAMPLE || version !== null),
    )
    .map(({ id, version }) =>
      indexAddressList(
        {
          list: id,
          version: version ?? 'no version',
          as_of: 0,
          max_age_ms: 0,
          doubt: 'has not been read for addresses yet',
        },
        [],
      ),
    )
}

function maxAgeOf(id: string): number {
  const source = LIST_SOURCES.find((one) => one.id === id)
  return source === undefined ? OTHER_MAX_AGE_MS : source.maxAgeHours * HOUR_MS
}
