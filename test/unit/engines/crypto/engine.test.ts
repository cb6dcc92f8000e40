import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCryptoEngine } from '../../../../src/engines/crypto/engine.ts'
import { STALE_LIST_MS, findInLists, parseAddressList } from '../../../../src/engines/crypto/lists.ts'
import { matchKey } from '../../../../src/engines/crypto/match-key.ts'
import { checkInputs } from '../check-inputs.ts'

// The files are in the layout of the public extracts; their addresses are hashes of texts, which nobody holds.
const NOW = Date.UTC(2026, 10, 23)
const file = (asset: string): string =>
  readFileSync(join(import.meta.dirname, `files/example_addresses_${asset}.txt`), 'utf8')
const facts = { list: 'example', version: '2026-11-20', as_of: Date.UTC(2026, 10, 20) }
const lists = ['XBT', 'ETH', 'USDT', 'XMR'].map((asset) => parseAddressList(file(asset), { ...facts, asset }))
const [btcLegacy = '', btcScript = '', btcSegwit = ''] = file('XBT').split('\n')
const [ethMixed = '', ethLower = ''] = file('ETH').split('\n')
const [, tron = ''] = file('USDT').split('\n')

const wallet = (network: string, address: string) => ({ field_key: 'wallet', network, address })
const run = async (
  wallets: ReturnType<typeof wallet>[],
  source: Parameters<typeof createCryptoEngine>[0] = { lists },
  now = NOW,
) => createCryptoEngine(source)(checkInputs({ wallets }), now)
const assetsOf = async (network: string, address: string): Promise<(string | null)[]> =>
  (await run([wallet(network, address)])).addresses.flatMap((one) => one.hits.map((hit) => hit.asset))

describe('the crypto check', () => {
  it('says no_input without wallets', async () => {
    expect(await run([])).toMatchObject({
      state: 'no_input',
      addresses: [],
      checked_at: NOW,
      provider: 'kyc-sessions/crypto',
    })
  })

  it('finds a listed address and names list, version, asset and reference', async () => {
    const result = await run([wallet('btc', btcLegacy)])
    expect(result.state).toBe('ok')
    expect(result.addresses).toEqual([
      {
        ...wallet('btc', btcLegacy),
        valid: true,
        normalized: btcLegacy,
        reason: null,
        hits: [
          {
            list: 'example',
            list_version: '2026-11-20',
            asset: 'XBT',
            reference: btcLegacy,
            address: btcLegacy,
            match: 'address',
            status: 'listed',
            name: null,
            program: null,
            listed_on: null,
            first_seen_on: null,
            delisted_on: null,
          },
        ],
      },
    ])
  })

  it('finds it in every spelling: case of hex and bech32, spaces around, all upper case', async () => {
    for (const spelling of [
      ethMixed,
      ethMixed.toLowerCase(),
      `0x${ethMixed.slice(2).toUpperCase()}`,
      ` ${ethMixed} `,
    ]) {
      expect(await assetsOf('eth', spelling)).toEqual(['ETH', 'USDT'])
    }
    expect(await assetsOf('eth', ethLower)).toEqual(['ETH'])
    expect(await assetsOf('btc', btcSegwit.toUpperCase())).toEqual(['XBT'])
  })

  it('finds it on another network than the list names', async () => {
    expect(await assetsOf('polygon', ethLower)).toEqual(['ETH'])
    expect(await assetsOf('trx', tron)).toEqual(['USDT'])
    expect(await assetsOf('bch', btcLegacy)).toEqual(['XBT'])
    expect(await assetsOf('ltc', btcScript)).toEqual(['XBT'])
  })

  it('finds a Bitcoin entry behind the Bitcoin Cash spelling of the same account', async () => {
    const { addresses } = await run([wallet('bch', btcLegacy)])
    const cash = addresses[0]?.normalized ?? ''
    expect(cash).toMatch(/^q/)
    expect(await assetsOf('bch', `bitcoincash:${cash}`)).toEqual(['XBT'])
  })

  it('looks up what it cannot parse: an unknown network, a wrong checksum', async () => {
    const result = await run([wallet('cardano', `4${'A'.repeat(94)}`), wallet('btc', `${btcLegacy}x`)])
    expect(result.state).toBe('ok')
    expect(result.addresses[0]).toMatchObject({ valid: false, normalized: null, hits: [{ asset: 'XMR' }] })
    expect(result.addresses[0]?.reason).toContain('network not supported')
    expect(result.addresses[1]).toMatchObject({ valid: false, hits: [] })
  })

  it('does not take base58 of another case for the same address', async () => {
    expect(await assetsOf('btc', btcLegacy.toLowerCase())).toEqual([])
  })

  it('checks the form only, and says so, when no list is loaded', async () => {
    for (const source of [
      { lists: [] },
      { loadLists: async () => [] },
      { lists: [parseAddressList('\n', { ...facts, asset: 'XBT' })] },
    ]) {
      const result = await run([wallet('btc', btcLegacy), wallet('eth', 'x')], source)
      expect(result.state).toBe('not_configured')
      expect(result.message).toContain('No address list')
      expect(result.addresses.map((one) => one.valid)).toEqual([true, false])
    }
  })

  it('says stale of a list that nobody renewed, and still shows its hits', async () => {
    const fresh = await run([wallet('btc', btcLegacy)], { lists }, facts.as_of + STALE_LIST_MS)
    const stale = await run([wallet('btc', btcLegacy)], { lists }, facts.as_of + STALE_LIST_MS + 1)
    expect(fresh.state).toBe('ok')
    expect(stale).toMatchObject({ state: 'stale', addresses: [{ hits: [{ asset: 'XBT' }] }] })
    expect(stale.message).toContain('example (2026-11-20)')
  })

  it('lets a broken loader fail, so that the queue tries again', async () => {
    await expect(
      run([wallet('btc', btcLegacy)], { loadLists: async () => Promise.reject(new Error('bucket')) }),
    ).rejects.toThrow('bucket')
  })
})

describe('an address list', () => {
  it('ignores blank lines, comments, a byte order mark and Windows line ends, and keeps an entry once', () => {
    const list = parseAddressList(`\uFEFF# none\r\n${ethMixed}\r\n\r\n${ethMixed}\n`, { ...facts, asset: 'ETH' })
    expect(list.entries).toEqual([expect.objectContaining({ asset: 'ETH', reference: ethMixed, address: ethMixed })])
  })

  it('gives each entry once, however many spellings meet it', () => {
    expect(findInLists(lists, 'eth', `ethereum:${ethLower}@1`)).toHaveLength(1)
  })

  it('drops case only where case carries nothing', () => {
    expect(matchKey('BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4')).toBe('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4')
    expect(matchKey('bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a')).toBe(
      'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
    )
    expect(matchKey('1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu')).toBe('1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu')
  })
})
