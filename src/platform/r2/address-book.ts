import { z } from 'zod'
import { updateAddressBook } from '../../engines/crypto/address-book.ts'
import type { AddressBook, ListedWallet, RenewedList } from '../../engines/crypto/address-book.ts'
import { civilDateAt } from '../../domain/time.ts'
import type { EpochMs } from '../../domain/time.ts'

export const ADDRESS_BOOK_KEY = 'lists/watchlists/addresses.json'
/** Another writer in between is read anew; more than so many in a row is a fault. */
const ATTEMPTS = 3

const date = z.iso.date()
const bookSchema = z.object({
  format: z.literal(1),
  lists: z.array(
    z.object({
      id: z.string(),
      version: z.string(),
      published_on: date.nullable(),
      confirmed_on: date,
      withheld: z.number().int().min(0),
    }),
  ),
  entries: z.array(
    z.object({
      list: z.string(),
      list_version: z.string(),
      reference: z.string(),
      primary_name: z.string(),
      program: z.string().nullable(),
      asset: z.string(),
      address: z.string(),
      listed_on: date.nullable(),
      first_seen_on: date,
      delisted_on: date.nullable(),
    }),
  ),
})

/** Null where no list was ever renewed. A book that cannot be read is a fault: nobody may take it for an empty one. */
export async function readAddressBook(bucket: R2Bucket): Promise<AddressBook | null> {
  return (await readStored(bucket)).book
}

async function readStored(bucket: R2Bucket): Promise<{ book: AddressBook | null; etag: string | null }> {
  const object = await bucket.get(ADDRESS_BOOK_KEY)
  if (object === null) return { book: null, etag: null }
  return { book: bookSchema.parse(await object.json()), etag: object.etag }
}

export type AddressBookKeeper = {
  /** All addresses that these lists name, and so which they name no longer. Saying the same twice changes nothing. */
  keep(found: { addresses: readonly ListedWallet[]; lists: readonly RenewedList[]; at: EpochMs }): Promise<void>
}

/** For who renews the lists: writes what came, what went and when. */
export function createAddressBookKeeper(bucket: R2Bucket): AddressBookKeeper {
  return {
    async keep({ addresses, lists, at }) {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const { book, etag } = await readStored(bucket)
        const updated = updateAddressBook(book, addresses, lists, civilDateAt(at))
        const written = await bucket.put(ADDRESS_BOOK_KEY, JSON.stringify(updated), {
          onlyIf: etag === null ? { etagDoesNotMatch: '*' } : { etagMatches: etag },
          httpMetadata: { contentType: 'application/json' },
        })
        if (written !== null) return
      }
      throw new Error('address book: written by somebody else at every attempt')
    },
  }
}
