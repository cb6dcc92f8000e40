import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../../src/engines/crypto/addresses.ts'
import { findInLists, indexAddressList } from '../../../../src/engines/crypto/lists.ts'
import type { AddressEntry, AddressList } from '../../../../src/engines/crypto/lists.ts'
import { NETWORKS } from '../../../../src/engines/crypto/networks.ts'
import { bech32, bech32m } from '@scure/base'
import { eip55, hashOf, monero, oneOfEachKind, otherSpellings, segwit, versioned, xrp } from './made-addresses.ts'

const entry = (address: string, changes: Partial<AddressEntry> = {}): AddressEntry => ({
  version: 'v1',
  asset: 'XBT',
  reference: '1001',
  address,
  name: 'EXAMPLE MIXER',
  program: 'CYBER2',
  listed_on: null,
  first_seen_on: '2026-11-20',
  delisted_on: null,
  ...changes,
})
const listOf = (...entries: AddressEntry[]): AddressList =>
  indexAddressList({ list: 'made', version: 'v1', as_of: 0, max_age_ms: 1, doubt: null }, entries)
const KINDS = oneOfEachKind('listed')

describe('an address of each kind', () => {
  it.each(KINDS)('is valid on $network: $address', ({ network, address }) => {
    const verdict = parseAddress(network, address)
    expect(verdict).toMatchObject({ valid: true })
    if (verdict.valid) expect(parseAddress(network, verdict.normalized)).toEqual(verdict)
  })

  it.each(KINDS)('is found whatever network it is given for, and whatever asset it is listed as: $address', (one) => {
    for (const network of [...NETWORKS, 'USDT', 'BSC', 'ARB', 'USDC', 'ETC', 'cardano'])
      for (const asset of ['XBT', one.network.toUpperCase(), 'USDT', 'NEWCOIN'])
        expect(findInLists([listOf(entry(one.address, { asset }))], network, one.address)).toEqual([
          expect.objectContaining({ match: 'address', address: one.address, asset }),
        ])
  })

  it.each(KINDS)('is found in every other spelling, and by every other spelling: $address', ({ network, address }) => {
    const spellings = otherSpellings(address)
    expect(spellings.length).toBeGreaterThan(2)
    for (const spelling of spellings) {
      expect(findInLists([listOf(entry(address))], network, spelling), spelling).toHaveLength(1)
      expect(findInLists([listOf(entry(spelling))], network, address), spelling).toHaveLength(1)
    }
  })

  it('is not found by an address of another key, of any kind', () => {
    const list = listOf(...KINDS.map((one) => entry(one.address)))
    fc.assert(
      fc.property(fc.string(), (seed) => {
        for (const one of oneOfEachKind(`other/${seed}`))
          for (const spelling of [one.address, ...otherSpellings(one.address)])
            expect(findInLists([list], one.network, spelling)).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})

describe('a hit says how the addresses belong together', () => {
  const key = hashOf('key')
  const said = (network: string, given: string, listed: string, asset: string): string[] =>
    findInLists([listOf(entry(listed, { asset }))], network, given).map((hit) => hit.match)

  it('calls another spelling on the same network the same address', () => {
    const legacy = versioned([0x00], key)
    const cash = parseAddress('bch', legacy)
    expect(said('bch', cash.valid ? `bitcoincash:${cash.normalized}` : '', legacy, 'BCH')).toEqual(['address'])
    expect(said('ltc', versioned([0x05], key), versioned([0x32], key), 'LTC')).toEqual(['address'])
    expect(said('eth', eip55(key).toLowerCase(), eip55(key), 'USDT')).toEqual(['address'])
    expect(said('xmr', monero(19, hashOf('x', 64), hashOf('p', 8)), monero(18, hashOf('x', 64)), 'XMR')).toEqual([
      'address',
    ])
  })

  it('calls another address of the same key the same key', () => {
    expect(said('btc', segwit('bc', 0, key), versioned([0x00], key), 'XBT')).toEqual(['same_key'])
    expect(said('dash', versioned([0x4c], key), versioned([0x00], key), 'XBT')).toEqual(['same_key'])
    expect(said('trx', versioned([0x41], key), eip55(key), 'ETH')).toEqual(['same_key'])
    expect(said('xrp', xrp(key), versioned([0x00], key), 'XBT')).toEqual(['same_key'])
  })

  it('does not take the hash of a script for the hash of a key, nor a Monero subaddress for its main address', () => {
    expect(said('btc', versioned([0x05], key), versioned([0x00], key), 'XBT')).toEqual([])
    expect(said('eth', eip55(key), versioned([0x00], key), 'XBT')).toEqual([])
    expect(said('xmr', monero(42, hashOf('x', 64)), monero(18, hashOf('y', 64)), 'XMR')).toEqual([])
  })

  it('puts addresses that are listed now before those that were', () => {
    const address = eip55(key)
    const list = listOf(
      entry(address, { delisted_on: '2025-03-21', listed_on: '2022-08-08' }),
      entry(address, { reference: '2002' }),
    )
    expect(findInLists([list], 'eth', address).map((hit) => [hit.status, hit.reference, hit.delisted_on])).toEqual([
      ['listed', '2002', null],
      ['delisted', '1001', '2025-03-21'],
    ])
  })
})

describe('addresses that are not', () => {
  const key = hashOf('key')
  it.each([
    ['a Monero test network', 'xmr', monero(53, hashOf('x', 64)), 'test network'],
    ['a Monero network that does not exist', 'xmr', monero(7, hashOf('x', 64)), 'not an address of Monero'],
    ['a Monero address without its payment id', 'xmr', monero(19, hashOf('x', 64)), '73'],
    ['a Monero typing error', 'xmr', monero(18, hashOf('x', 64)).replace(/.$/, '1'), 'checksum'],
    ['a text that is no block of Monero base58', 'xmr', '4abc', 'base58'],
    ['a Zcash test network', 'zec', versioned([0x1d, 0x25], key), 'test network'],
    ['a Sapling address of the test network', 'zec', 'ztestsapling1qqqqqqqq', 'test network'],
    ['a Sapling typing error', 'zec', `zs1${'q'.repeat(75)}`, 'checksum'],
    ['mixed case', 'zec', `zs1${'q'.repeat(74)}Q`, 'mixes'],
    ['a Sapling address of 20 bytes', 'zec', bech32.encodeFromBytes('zs', Uint8Array.from(key)), '20 bytes'],
    ['a TEX address of 32 bytes', 'zec', bech32m.encodeFromBytes('tex', Uint8Array.from(hashOf('k', 32))), '32 bytes'],
    ['a Bitcoin address as Zcash', 'zec', versioned([0x00], key), '21 bytes'],
    ['a Dash test network', 'dash', versioned([0x8c], key), 'test network'],
    ['a Bitcoin address as Dash', 'dash', versioned([0x00], key), 'another network'],
    ['a segwit address as Bitcoin SV, which has none', 'bsv', segwit('bc', 0, key), 'base58'],
    ['a Bitcoin segwit address as Bitcoin Gold', 'btg', segwit('bc', 0, key), 'base58'],
  ])('are refused with a reason: %s', (_name, network, address, reason) => {
    const verdict = parseAddress(network, address)
    expect(verdict).toMatchObject({ valid: false, reason: expect.stringContaining(reason) })
  })
})
