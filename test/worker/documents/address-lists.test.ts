import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import type { ListedWallet } from '../../../src/engines/crypto/address-book.ts'
import type { Standing } from '../../../src/engines/crypto/lists-of-book.ts'
import { createCryptoEngine } from '../../../src/engines/crypto/engine.ts'
import { ADDRESS_BOOK_KEY, createAddressBookKeeper, readAddressBook } from '../../../src/platform/r2/address-book.ts'
import { createAddressListLoader } from '../../../src/platform/r2/address-lists.ts'
import { checkInputs } from '../../unit/engines/check-inputs.ts'

const NOW = Date.UTC(2026, 10, 23)
const DAY = 86_400_000
const put = (key: string, text: string) => env.DOCUMENTS.put(key, text)

afterEach(async () => {
  await reset()
})

describe('the address lists in the bucket', () => {
  it('are read by list, date and asset, the newest date of each alone', async () => {
    await put('lists/crypto/ofac/2026-10-01/addresses_XBT.txt', 'old\n')
    await put('lists/crypto/ofac/2026-11-20/addresses_XBT.txt', 'one\ntwo\n')
    await put('lists/crypto/ofac/2026-11-20/addresses_ETH.txt', '0x52908400098527886E0F7030069857D2E4169EE7\n')
    await put('lists/crypto/own/2026-01-01/addresses_XRP.txt', 'three\n')
    await put('lists/crypto/notes.md', 'no list')
    await put('lists/crypto/ofac/2026-13-40/addresses_XBT.txt', 'no date')
    const lists = await createAddressListLoader({ bucket: env.DOCUMENTS, clock: { now: () => NOW } })()
    expect(lists.map((list) => [list.list, list.version, list.entries.map((entry) => entry.address)])).toEqual([
      ['ofac', '2026-11-20', ['0x52908400098527886E0F7030069857D2E4169EE7']],
      ['ofac', '2026-11-20', ['one', 'two']],
      ['own', '2026-01-01', ['three']],
    ])
    expect(lists[0]?.as_of).toBe(Date.UTC(2026, 10, 20))
  })

  it('are kept ten minutes, then read again', async () => {
    let now = NOW
    const load = createAddressListLoader({ bucket: env.DOCUMENTS, clock: { now: () => now } })
    expect(await load()).toEqual([])
    await put('lists/crypto/ofac/2026-11-20/addresses_XBT.txt', 'one\n')
    now += 9 * 60_000
    expect(await load()).toEqual([])
    now += 60_000
    expect(await load()).toHaveLength(1)
  })
})

const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7'
const OTHER = '0xde709f2102306220921060314715629080e2fb77'
const SDN = { id: 'ofac_sdn', version: '2026-11-20-aa', published_on: '2026-11-20' }
const NEXT = { id: 'ofac_sdn', version: '2026-11-22-bb', published_on: '2026-11-22' }
const listed = (address: string): ListedWallet => ({
  list: 'ofac_sdn',
  version: SDN.version,
  published_on: SDN.published_on,
  reference: '1001',
  primary_name: 'EXAMPLE MIXER',
  programs: ['CYBER2'],
  asset: 'ETH',
  address,
  listed_on: null,
})
const keep = (addresses: ListedWallet[], lists: (typeof SDN)[], day: string) =>
  createAddressBookKeeper(env.DOCUMENTS).keep({ addresses, lists, at: Date.parse(`${day}T04:05:06Z`) })
const check = (now: number, standings?: Standing[]) =>
  createCryptoEngine({
    loadLists: createAddressListLoader({
      bucket: env.DOCUMENTS,
      clock: { now: () => now },
      ...(standings === undefined ? {} : { standings: async () => standings }),
    }),
  })(checkInputs({ wallets: [{ field_key: 'wallet', network: 'usdt', address: ADDRESS }] }), now)

describe('the address book in the bucket', () => {
  it('answers a listed address with its holder, and once it is delisted with the dates', async () => {
    await keep([listed(ADDRESS), listed(OTHER)], [SDN], '2026-11-21')
    const before = await check(NOW)
    expect(before).toMatchObject({
      state: 'ok',
      addresses: [{ hits: [{ list: 'ofac_sdn', status: 'listed', name: 'EXAMPLE MIXER', program: 'CYBER2' }] }],
    })
    await keep([listed(OTHER)], [NEXT], '2026-11-23')
    expect((await check(NOW)).addresses[0]?.hits).toEqual([
      {
        list: 'ofac_sdn',
        list_version: SDN.version,
        asset: 'ETH',
        reference: '1001',
        address: ADDRESS,
        match: 'address',
        status: 'delisted',
        name: 'EXAMPLE MIXER',
        program: 'CYBER2',
        listed_on: null,
        first_seen_on: '2026-11-21',
        delisted_on: '2026-11-22',
      },
    ])
  })

  it('is looked up beside the lists that an operator put in', async () => {
    await keep([listed(ADDRESS)], [SDN], '2026-11-21')
    await put('lists/crypto/own/2026-11-20/addresses_ETH.txt', `${ADDRESS}\n`)
    expect((await check(NOW)).addresses[0]?.hits.map((hit) => hit.list)).toEqual(['ofac_sdn', 'own'])
  })

  it('takes an address without an asset', async () => {
    await keep([{ ...listed(ADDRESS), asset: '' }], [SDN], '2026-11-21')
    expect((await check(NOW)).addresses[0]?.hits).toEqual([expect.objectContaining({ asset: null })])
  })

  it('says stale once nobody has confirmed a list for a week', async () => {
    await keep([listed(ADDRESS)], [SDN], '2026-11-21')
    const confirmed = Date.UTC(2026, 10, 21)
    expect((await check(confirmed + 7 * DAY)).state).toBe('ok')
    const late = await check(confirmed + 7 * DAY + 1)
    expect(late).toMatchObject({ state: 'stale', addresses: [{ hits: [{ status: 'listed' }] }] })
    expect(late.message).toBe('ofac_sdn (2026-11-20-aa) was not renewed for more than 7 days.')
  })

  it('believes who renews the lists of the version that it holds, and its own date of any other', async () => {
    await keep([listed(ADDRESS)], [SDN], '2026-11-21')
    const late = Date.UTC(2026, 10, 21) + 60 * DAY
    const standing = { id: 'ofac_sdn', version: SDN.version, is_stale: false }
    expect((await check(late, [standing])).state).toBe('ok')
    expect((await check(late, [{ ...standing, version: NEXT.version }])).state).toBe('stale')
    expect((await check(NOW, [{ ...standing, version: NEXT.version }])).state).toBe('ok')
    expect(await check(NOW, [{ ...standing, is_stale: true }])).toMatchObject({
      state: 'stale',
      message: 'ofac_sdn (2026-11-20-aa) is out of date.',
    })
  })

  it('says stale while a list that is renewed here has not come into it', async () => {
    const loaded = { id: 'ofac_sdn', version: SDN.version, is_stale: false }
    expect(await check(NOW, [loaded])).toMatchObject({ state: 'not_configured' })
    await put('lists/crypto/own/2026-11-20/addresses_ETH.txt', `${OTHER}\n`)
    expect((await check(NOW, [{ ...loaded, version: null, is_stale: true }])).state).toBe('ok')
    expect((await check(NOW, [loaded])).message).toBe('ofac_sdn (2026-11-20-aa) has not been read for addresses yet.')
    await keep([listed(ADDRESS)], [SDN], '2026-11-21')
    const never = { version: null, is_stale: true }
    expect((await check(NOW, [loaded, { id: 'sample', ...never }])).state).toBe('ok')
    expect((await check(NOW, [loaded, { id: 'uk_sl', ...never }])).message).toBe(
      'uk_sl (no version) has not been read for addresses yet.',
    )
  })

  it('leaves out a list that nobody renews any more', async () => {
    await keep([listed(ADDRESS)], [SDN], '2026-11-21')
    expect((await check(NOW, [])).addresses[0]?.hits).toEqual([])
  })

  it('says stale when more than half of a list went at once, and keeps it listed', async () => {
    const wallets = Array.from({ length: 5 }, (_, index) => listed(index === 0 ? ADDRESS : `key-${index}`))
    await keep(wallets, [SDN], '2026-11-21')
    await keep([], [NEXT], '2026-11-23')
    const torn = await check(NOW)
    expect(torn).toMatchObject({ state: 'stale', addresses: [{ hits: [{ status: 'listed' }] }] })
    expect(torn.message).toContain('lacks more than half of its addresses, 5 of which are kept')
  })

  it('loses nothing when two renewals write at the same time', async () => {
    await Promise.all([
      keep([listed(ADDRESS)], [SDN], '2026-11-21'),
      keep([{ ...listed(OTHER), list: 'uk_sl' }], [{ ...SDN, id: 'uk_sl' }], '2026-11-21'),
    ])
    expect((await readAddressBook(env.DOCUMENTS))?.entries.map((entry) => entry.list)).toEqual(['ofac_sdn', 'uk_sl'])
  })

  it('is a fault when it cannot be read: the check fails rather than finding nothing', async () => {
    await put(ADDRESS_BOOK_KEY, '{"format":2}')
    await expect(check(NOW)).rejects.toThrow()
    await expect(keep([], [SDN], '2026-11-21')).rejects.toThrow()
  })
})
