import { describe, expect, it } from 'vitest'
import { updateAddressBook } from '../../../../src/engines/crypto/address-book.ts'
import type { ListedWallet } from '../../../../src/engines/crypto/address-book.ts'

// Addresses are texts that nobody holds; names and programs are made up.
const FIRST = { id: 'ofac_sdn', version: '2026-11-20-aa', published_on: '2026-11-20' }
const NEXT = { id: 'ofac_sdn', version: '2026-11-27-bb', published_on: '2026-11-27' }
const UK = { id: 'uk_sl', version: '2026-11-19-cc', published_on: null }

const wallet = (address: string, changes: Partial<ListedWallet> = {}): ListedWallet => ({
  list: 'ofac_sdn',
  version: '2026-11-20-aa',
  published_on: '2026-11-20',
  reference: '1001',
  primary_name: 'EXAMPLE MIXER',
  programs: ['CYBER2', 'DPRK3'],
  asset: 'ETH',
  address,
  listed_on: null,
  ...changes,
})
const many = (count: number): ListedWallet[] => Array.from({ length: count }, (_, index) => wallet(`key-${index}`))
const first = (wallets: ListedWallet[]) => updateAddressBook(null, wallets, [FIRST], '2026-11-21')
const next = (wallets: ListedWallet[], before: ListedWallet[]) =>
  updateAddressBook(first(before), wallets, [NEXT], '2026-11-28')

describe('the address book', () => {
  it('keeps of each address who holds it, under which program, and since when', () => {
    const book = first([wallet('0xAB'), wallet('0xCD', { programs: [], listed_on: '2022-08-08' })])
    expect(book.lists).toEqual([{ ...FIRST, confirmed_on: '2026-11-21', withheld: 0 }])
    expect(book.entries).toEqual([
      {
        list: 'ofac_sdn',
        list_version: '2026-11-20-aa',
        reference: '1001',
        primary_name: 'EXAMPLE MIXER',
        program: 'CYBER2, DPRK3',
        asset: 'ETH',
        address: '0xAB',
        listed_on: null,
        first_seen_on: '2026-11-21',
        delisted_on: null,
      },
      expect.objectContaining({ address: '0xCD', program: null, listed_on: '2022-08-08' }),
    ])
  })

  it('keeps what is gone as delisted on the day of the version that lacks it, with the version it last stood in', () => {
    const book = next([wallet('b', { version: NEXT.version })], [wallet('a'), wallet('b')])
    expect(book.entries).toEqual([
      expect.objectContaining({ address: 'a', delisted_on: '2026-11-27', list_version: FIRST.version }),
      expect.objectContaining({ address: 'b', delisted_on: null, list_version: NEXT.version }),
    ])
  })

  it('takes the day of the renewal where the list has no date, or one that cannot be', () => {
    for (const published_on of [null, '2026-11-01', '2027-01-01']) {
      const book = updateAddressBook(first([wallet('a')]), [], [{ ...NEXT, published_on }], '2026-11-28')
      expect(book.entries[0]?.delisted_on).toBe('2026-11-28')
    }
  })

  it('keeps the first day of a delisting through later renewals', () => {
    const gone = next([], [wallet('a')])
    const later = updateAddressBook(gone, [], [{ ...NEXT, version: 'dd', published_on: '2026-12-04' }], '2026-12-05')
    expect(later.entries).toEqual(gone.entries)
  })

  it('takes the delisting back when the address returns, and remembers when it was first seen', () => {
    const gone = next([], [wallet('a', { listed_on: '2022-08-08' })])
    const back = updateAddressBook(gone, [wallet('a')], [{ ...NEXT, version: 'dd' }], '2026-12-05')
    expect(back.entries).toEqual([
      expect.objectContaining({ delisted_on: null, listed_on: '2022-08-08', first_seen_on: '2026-11-21' }),
    ])
  })

  it('leaves lists alone that were not renewed', () => {
    const before = updateAddressBook(
      null,
      [wallet('a'), wallet('a', { list: 'uk_sl', reference: 'CYB0001' })],
      [FIRST, UK],
      '2026-11-21',
    )
    const book = updateAddressBook(before, [], [NEXT], '2026-11-28')
    expect(book.lists.map((list) => [list.id, list.confirmed_on])).toEqual([
      ['ofac_sdn', '2026-11-28'],
      ['uk_sl', '2026-11-21'],
    ])
    expect(book.entries.map((entry) => [entry.list, entry.delisted_on])).toEqual([
      ['ofac_sdn', '2026-11-27'],
      ['uk_sl', null],
    ])
  })

  it('ignores wallets of a list that is not among the renewed', () => {
    expect(updateAddressBook(null, [wallet('a')], [UK], '2026-11-21').entries).toEqual([])
  })

  it('takes another case of a hexadecimal address for the same one, and of base58 for another', () => {
    const upper = `0x${'AB'.repeat(20)}`
    const hex = next([wallet(upper.toLowerCase())], [wallet(upper)])
    expect(hex.entries).toHaveLength(1)
    expect(hex.entries[0]?.delisted_on).toBeNull()
    expect(next([wallet('1aB')], [wallet('1Ab')]).entries).toHaveLength(2)
  })

  it('takes another asset of the same address and person for a new tag, not for a delisting', () => {
    const book = next([wallet('a', { asset: 'USDT' })], [wallet('a'), wallet('a', { reference: '2002' })])
    expect(book.entries.map((entry) => [entry.reference, entry.asset, entry.first_seen_on, entry.delisted_on])).toEqual(
      [
        ['1001', 'USDT', '2026-11-21', null],
        ['2002', 'ETH', '2026-11-21', '2026-11-27'],
      ],
    )
  })

  it('does not believe that more than half of a list was delisted at once', () => {
    const book = next(many(2), many(5))
    expect(book.entries.filter((entry) => entry.delisted_on !== null)).toHaveLength(3)
    const broken = next([], many(5))
    expect(broken.entries.map((entry) => entry.delisted_on)).toEqual([null, null, null, null, null])
    expect(broken.lists[0]?.withheld).toBe(5)
    const mended = updateAddressBook(broken, many(4), [{ ...NEXT, version: 'ee' }], '2026-11-29')
    expect(mended.lists[0]?.withheld).toBe(0)
    expect(mended.entries.filter((entry) => entry.delisted_on !== null).map((entry) => entry.address)).toEqual([
      'key-4',
    ])
  })

  it('is the same whatever the order of wallets, and survives being written and read', () => {
    const wallets = many(9)
    const book = first(wallets)
    expect(first(wallets.toReversed())).toEqual(book)
    expect(updateAddressBook(JSON.parse(JSON.stringify(book)), wallets, [FIRST], '2026-11-21')).toEqual(book)
  })
})
