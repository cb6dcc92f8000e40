// The address book as lists to look addresses up in. What a list's age allows comes from the catalogue of watchlists; when
// it was last confirmed, from the book or from who renews the lists, whichever is later.

import { DAY_MS, HOUR_MS, civilDateToDays } from '../../domain/time.ts'
import type { EpochMs } from '../../domain/time.ts'
import { LIST_SOURCES } from '../screening/catalog.ts'
import type { AddressBook } from './address-book.ts'
import { indexAddressList } from './lists.ts'
import type { AddressList } from './lists.ts'

/** When each list that is renewed here was last known to be the newest; null where it never was. */
export type Confirmations = ReadonlyMap<string, EpochMs | null>

/** Of lists that this project does not know. */
const OTHER_MAX_AGE_MS = 7 * DAY_MS

/** With confirmations, lists that nobody renews any more are left out: they would be out of date for ever. */
export function listsOfBook(book: AddressBook, confirmations: Confirmations | null): AddressList[] {
  return book.lists
    .filter((list) => confirmations === null || confirmations.has(list.id))
    .map((list) =>
      indexAddressList(
        {
          list: list.id,
          version: list.version,
          as_of: Math.max((civilDateToDays(list.confirmed_on) ?? 0) * DAY_MS, confirmations?.get(list.id) ?? 0),
          max_age_ms: maxAgeOf(list.id),
          withheld: list.withheld,
        },
        book.entries
          .filter((entry) => entry.list === list.id)
          .map((entry) => ({
            version: entry.list_version,
            asset: entry.asset,
            reference: entry.reference,
            address: entry.address,
            name: entry.primary_name,
            program: entry.program,
            listed_on: entry.listed_on,
            first_seen_on: entry.first_seen_on,
            delisted_on: entry.delisted_on,
          })),
      ),
    )
}

function maxAgeOf(id: string): number {
  const source = LIST_SOURCES.find((one) => one.id === id)
  return source === undefined ? OTHER_MAX_AGE_MS : source.maxAgeHours * HOUR_MS
}
