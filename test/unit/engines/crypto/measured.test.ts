import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../../src/engines/crypto/addresses.ts'
import { createCryptoEngine } from '../../../../src/engines/crypto/engine.ts'
import { parseAddressList } from '../../../../src/engines/crypto/lists.ts'
import { NETWORKS, networksNamed } from '../../../../src/engines/crypto/networks.ts'
import { checkInputs } from '../check-inputs.ts'

// A historic snapshot (2024-09-27) for measuring: read where it lies, never committed, never shown as current.
const FOLDER = process.env['KYC_CRYPTO_DATA'] ?? '/work/shared/data/crypto'
const isThere = existsSync(FOLDER)
const SNAPSHOT = Date.UTC(2024, 8, 27)

describe.skipIf(!isThere)(`the listed addresses of ${FOLDER} (skipped when the folder is absent)`, () => {
  it('are all found, and each has a valid form on its network, or on another where the list tags it wrongly', async () => {
    const lists = readdirSync(FOLDER)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => {
        const asset = /_([A-Z0-9]+)\.txt$/.exec(name)?.[1] ?? ''
        const text = readFileSync(join(FOLDER, name), 'utf8')
        return {
          asset,
          text,
          list: parseAddressList(text, { list: 'ofac', version: '2024-09-27', as_of: SNAPSHOT, asset }),
        }
      })
    const engine = createCryptoEngine({ lists: lists.map((one) => one.list) })
    const wallets = lists.flatMap(({ asset, text }) =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((address) => ({ field_key: 'wallet', network: asset, address })),
    )
    const { addresses, state } = await engine(checkInputs({ wallets }), SNAPSHOT)
    const found = addresses.filter((one) =>
      one.hits.some((hit) => hit.asset === one.network && hit.reference === one.address),
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
    const formless = refused.filter((one) => NETWORKS.every((network) => !parseAddress(network, one.address).valid))
    expect(formless).toEqual([])
    expect(refused.length).toBeLessThan(5)
  })
})
