import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../../src/engines/crypto/addresses.ts'
import { createCryptoEngine } from '../../../../src/engines/crypto/engine.ts'
import { findInLists, parseAddressList } from '../../../../src/engines/crypto/lists.ts'
import { NETWORKS, networksNamed } from '../../../../src/engines/crypto/networks.ts'
import { checkInputs } from '../check-inputs.ts'
import { oneOfEachKind, otherSpellings } from './made-addresses.ts'

// A historic snapshot (2024-09-27) for measuring: read where it lies, never committed, never shown as current.
const FOLDER = process.env['KYC_CRYPTO_DATA'] ?? '/work/shared/data/crypto'
const isThere = existsSync(FOLDER)
const SNAPSHOT = Date.UTC(2024, 8, 27)
/** One line of the snapshot is no address but a key of 32 bytes that OFAC lists beside two Monero addresses. */
const isBareKey = (address: string): boolean => /^[0-9a-f]{64}$/.test(address)

const files = (isThere ? readdirSync(FOLDER) : [])
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({
    asset: /_([A-Z0-9]+)\.txt$/.exec(name)?.[1] ?? '',
    text: readFileSync(join(FOLDER, name), 'utf8'),
  }))
const lists = files.map(({ asset, text }) =>
  parseAddressList(text, { list: 'ofac', version: '2024-09-27', as_of: SNAPSHOT, asset }),
)
const wallets = files.flatMap(({ asset, text }) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((address) => ({ field_key: 'wallet', network: asset, address })),
)
const isFound = (network: string, given: string, listed: string): boolean =>
  findInLists(lists, network, given).some((hit) => hit.address === listed)

describe.skipIf(!isThere)(`the listed addresses of ${FOLDER} (skipped when the folder is absent)`, () => {
  it('are all found, and each has a valid form on its network, or on another where the list tags it wrongly', async () => {
    const engine = createCryptoEngine({ lists })
    const { addresses, state } = await engine(checkInputs({ wallets }), SNAPSHOT)
    const found = addresses.filter((one) =>
      one.hits.some((hit) => hit.asset === one.network && hit.reference === one.address && hit.match === 'address'),
    )
    const supported = addresses.filter((one) => networksNamed(one.network).length > 0)
    const refused = supported.filter((one) => !one.valid)
    process.stdout.write(
      `crypto: ${found.length} of ${wallets.length} found; ${supported.length} on supported networks, ${supported.length - refused.length} of them valid` +
        `${refused.map((one) => `; ${one.network} ${one.address}: ${one.reason}`).join('')}\n`,
    )
    expect(state).toBe('ok')
    expect(wallets.length).toBeGreaterThan(600)
    expect(found).toHaveLength(wallets.length)
    expect(supported).toHaveLength(wallets.length)
    const formless = refused.filter((one) => NETWORKS.every((network) => !parseAddress(network, one.address).valid))
    expect(formless.filter((one) => !isBareKey(one.address))).toEqual([])
    expect(refused.length).toBeLessThan(5)
  })

  it('are found under every other asset tag', () => {
    const tags = [...NETWORKS, 'ethereum', 'BSC', 'ARB', 'ETC', 'USDT', 'USDC', 'polygon', 'erc20', 'trc20', 'cardano']
    for (const { address } of wallets)
      for (const tag of tags) expect(isFound(tag, address, address), `${address} as ${tag}`).toBe(true)
  })

  it('are found in every other spelling, and as another address of the same key', () => {
    let spellings = 0
    for (const { network, address } of wallets) {
      for (const spelling of otherSpellings(address)) {
        expect(isFound(network, spelling, address), `${address} as ${spelling}`).toBe(true)
        spellings += 1
      }
    }
    process.stdout.write(`crypto: ${wallets.length} addresses found by ${spellings} other spellings\n`)
    expect(spellings).toBeGreaterThan(5_000)
  })

  it('are not found by valid addresses of other people', () => {
    let asked = 0
    for (let seed = 0; seed < 40; seed += 1) {
      for (const { network, address } of oneOfEachKind(`random/${seed}`)) {
        for (const spelling of [address, ...otherSpellings(address)]) {
          expect(findInLists(lists, network, spelling)).toEqual([])
          asked += 1
        }
      }
    }
    process.stdout.write(`crypto: ${asked} valid addresses of nobody, no hit\n`)
    expect(asked).toBeGreaterThan(5_000)
  })
})
