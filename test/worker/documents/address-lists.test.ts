import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { createAddressListLoader } from '../../../src/platform/r2/address-lists.ts'

const NOW = Date.UTC(2026, 10, 23)
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
    expect(lists.map((list) => [list.list, list.version, [...list.entries.keys()]])).toEqual([
      ['ofac', '2026-11-20', ['0x52908400098527886e0f7030069857d2e4169ee7']],
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
