import { env, reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { mergeLists } from '../../../src/application/watchlists/merge-lists.ts'
import { refreshList } from '../../../src/application/watchlists/refresh-list.ts'
import { scheduleLists } from '../../../src/application/watchlists/schedule-lists.ts'
import { MAX_KEPT_INDEXES } from '../../../src/domain/screening/watchlist-index.ts'
import { DAY_MS } from '../../../src/domain/time.ts'
import { unList } from '../../support/fixtures/listed.ts'
import { createAddressBookKeeper, readAddressBook } from '../../../src/platform/r2/address-book.ts'
import { publishedFile, watchlistHouse } from '../../support/watchlist-house.ts'
import type { WatchlistHouse } from '../../support/watchlist-house.ts'

afterEach(() => reset())

const PREFIX = 'lists/watchlists/'
const keys = async (under: string): Promise<string[]> =>
  (await env.DOCUMENTS.list({ prefix: PREFIX + under })).objects.map(({ key }) =>
    key.slice(PREFIX.length + under.length),
  )
const manifestOf = async (house: WatchlistHouse) => {
  const stored = await house.watchlistStore.readManifest()
  if (stored === null) throw new Error('no manifest')
  return stored.value
}

/** A house with two lists at their publisher, `first_list` and `second_list`, neither fetched yet. */
async function twoLists() {
  const files = { first_list: publishedFile(), second_list: publishedFile() }
  const house = watchlistHouse({
    first_list: { format: 'un-xml', main: files.first_list.url, name: 'The first list', publisher: 'Nobody' },
    second_list: { format: 'un-xml', main: files.second_list.url },
  })
  await files.first_list.lay({ body: unList(['Anna Example', 'Bertha Example']) })
  await files.second_list.lay({ body: unList(['Carl Example'], '2026-11-18T00:00:00Z') })
  const refresh = (list: keyof typeof files) => refreshList(house, { list, isForced: true })
  return { house, files, refresh }
}

describe('a merge', () => {
  it('makes one index of all lists, with a manifest that tells them', async () => {
    const { house, refresh } = await twoLists()
    await refresh('first_list')
    await refresh('second_list')
    expect(await mergeLists(house)).toBe('built')
    const manifest = await manifestOf(house)
    expect(manifest).toMatchObject({
      index_version: expect.stringMatching(/^2026-11-24-[0-9a-f]{8}$/),
      built_at: house.at.now,
      lists: [
        {
          id: 'first_list',
          name: 'The first list',
          publisher: 'Nobody',
          version: expect.stringMatching(/^2026-11-20-/),
          published_on: '2026-11-20',
          entries: 2,
          names: 2,
          imported_at: house.at.now,
          confirmed_at: house.at.now,
        },
        { id: 'second_list', published_on: '2026-11-18', entries: 1 },
      ],
    })
    const index = await env.DOCUMENTS.head(`${PREFIX}index/${manifest.index_version}`)
    expect(index?.size).toBe(manifest.size)
  })

  it('has nothing to do without a list, and nothing twice', async () => {
    const { house, refresh } = await twoLists()
    expect(await mergeLists(house)).toBe('nothing')
    await refresh('first_list')
    expect(await mergeLists(house)).toBe('built')
    expect(await mergeLists(house)).toBe('nothing')
  })

  it('adds a list to those that are there', async () => {
    const { house, refresh } = await twoLists()
    await refresh('first_list')
    await mergeLists(house)
    await refresh('second_list')
    expect(await mergeLists(house)).toBe('built')
    expect((await manifestOf(house)).lists.map(({ id }) => id)).toEqual(['first_list', 'second_list'])
  })

  it('builds nothing when lists were confirmed, and says so in the manifest', async () => {
    const { house, refresh } = await twoLists()
    await refresh('first_list')
    await mergeLists(house)
    const before = await manifestOf(house)
    house.at.now += DAY_MS
    expect(await refresh('first_list')).toBe('confirmed')
    expect(await mergeLists(house)).toBe('confirmed')
    const after = await manifestOf(house)
    expect(after).toMatchObject({ index_version: before.index_version, built_at: before.built_at })
    expect(after.lists[0]?.confirmed_at).toBe(house.at.now)
    expect(await keys('index/')).toHaveLength(1)
  })

  it('drops a list that is no longer configured', async () => {
    const { house, files, refresh } = await twoLists()
    await refresh('first_list')
    await refresh('second_list')
    await mergeLists(house)
    const smaller = watchlistHouse({ first_list: { format: 'un-xml', main: files.first_list.url } }, house.at.now)
    expect(await mergeLists(smaller)).toBe('built')
    expect((await manifestOf(smaller)).lists.map(({ id }) => id)).toEqual(['first_list'])
  })

  it('takes the sample only where there is no other list', async () => {
    const [sample, real] = [publishedFile(), publishedFile()]
    await sample.lay({ body: unList(['Invented Example']) })
    const house = watchlistHouse({
      sample: { main: sample.url },
      first_list: { format: 'un-xml', main: real.url },
    })
    await refreshList(house, { list: 'sample', isForced: false })
    await mergeLists(house)
    expect((await manifestOf(house)).lists.map(({ id }) => id)).toEqual(['sample'])
    await real.lay({ body: unList(['Anna Example']) })
    await refreshList(house, { list: 'first_list', isForced: false })
    await mergeLists(house)
    expect((await manifestOf(house)).lists.map(({ id }) => id)).toEqual(['first_list'])
  })
})

describe('the crypto addresses of the lists', () => {
  it('are kept with each index, and told as delisted once a list names them no more', async () => {
    const [main, aliases, addresses] = [publishedFile(), publishedFile(), publishedFile()]
    const row = (remark: string): string =>
      `36,"EXAMPLE, Anna","individual","CYBER2",${'"-0- ",'.repeat(7)}"${remark}"\r\n` +
      `37,"EXAMPLE, Bert","individual","CYBER2",${'"-0- ",'.repeat(7)}"-0- "\r\n`
    const house = watchlistHouse({
      ofac_sdn: { enabled: true, format: 'ofac-csv', main: main.url, aliases: aliases.url, addresses: addresses.url },
    })
    const renew = async (remark: string) => {
      await main.lay({ body: row(remark) })
      await refreshList(house, { list: 'ofac_sdn', isForced: true })
      return mergeLists({ ...house, watchlistAddresses: createAddressBookKeeper(env.DOCUMENTS) })
    }
    await aliases.lay({ body: '36,1,"aka","EXAMPLE, Annie","-0- "\r\n' })
    await addresses.lay({ body: '36,1,"-0- ","-0- ","Malta","-0- "\r\n' })
    expect(await renew('Digital Currency Address - XBT 1BoatSLRHtKNngkdXEeobR76b53LETtpyT')).toBe('built')
    expect((await readAddressBook(env.DOCUMENTS))?.entries).toMatchObject([
      {
        list: 'ofac_sdn',
        reference: '36',
        primary_name: 'Anna EXAMPLE',
        asset: 'XBT',
        address: '1BoatSLRHtKNngkdXEeobR76b53LETtpyT',
        delisted_on: null,
      },
    ])
    house.at.now += DAY_MS
    expect(await renew('-0- ')).toBe('built')
    expect((await readAddressBook(env.DOCUMENTS))?.entries).toMatchObject([{ delisted_on: '2026-11-25' }])
  })

  it('that could not be kept leave the merge to be done over', async () => {
    const { house, refresh } = await twoLists()
    await refresh('first_list')
    const keep = () => Promise.reject(new Error('R2 is away'))
    await expect(mergeLists({ ...house, watchlistAddresses: { keep } })).rejects.toThrow('R2 is away')
    expect(await house.watchlistStore.readManifest()).toBeNull()
    expect(await mergeLists(house)).toBe('built')
  })
})

describe('two merges at the same time', () => {
  it('leave one manifest, whose index is there', async () => {
    const { house, refresh } = await twoLists()
    await refresh('first_list')
    const outcomes = await Promise.all([mergeLists(house), mergeLists(house)])
    expect(outcomes.toSorted()).toEqual(['built', 'crossed'])
    const { index_version, sha256 } = await manifestOf(house)
    const stored = await env.DOCUMENTS.get(`${PREFIX}index/${index_version}`)
    const digest = await crypto.subtle.digest('SHA-256', (await stored?.arrayBuffer()) ?? new ArrayBuffer())
    expect(new Uint8Array(digest)).toEqual(Uint8Array.from(sha256.match(/../g) ?? [], (pair) => parseInt(pair, 16)))
  })

  it('cannot put an older index over a newer one', async () => {
    const { house, refresh } = await twoLists()
    await refresh('first_list')
    const { watchlistBuilder } = house
    const slow = {
      ...house,
      watchlistBuilder: {
        build: async (...given: Parameters<typeof watchlistBuilder.build>) => {
          const built = await watchlistBuilder.build(...given)
          // While this one was at it, the second list came in and was merged.
          await refresh('second_list')
          expect(await mergeLists(house)).toBe('built')
          return built
        },
      },
    }
    expect(await mergeLists(slow)).toBe('crossed')
    expect((await manifestOf(house)).lists).toHaveLength(2)
  })
})

describe('a segment that is not what was written', () => {
  const damage: [string, (key: string) => Promise<unknown>][] = [
    ['is lost', (key) => env.DOCUMENTS.delete(key)],
    [
      'is cut',
      async (key) => {
        const bytes = await (await env.DOCUMENTS.get(key))?.arrayBuffer()
        await env.DOCUMENTS.put(key, bytes?.slice(0, bytes.byteLength - 12) ?? '')
      },
    ],
    ['is something else', (key) => env.DOCUMENTS.put(key, 'something else')],
    [
      'lacks its trailer',
      async (key) => {
        const text = await new Response(
          (await env.DOCUMENTS.get(key))?.body?.pipeThrough(new DecompressionStream('gzip')),
        ).text()
        const cut = text.split('\n').slice(0, -2).join('\n')
        const packed = new Blob([cut]).stream().pipeThrough(new CompressionStream('gzip'))
        await env.DOCUMENTS.put(key, await new Response(packed).arrayBuffer())
      },
    ],
  ]

  it.each(damage)(
    'and %s makes no index; the list is fetched anew, and what is searched stays',
    async (_what, harm) => {
      const { house, files, refresh } = await twoLists()
      await refresh('first_list')
      await mergeLists(house)
      const before = await manifestOf(house)
      await refresh('second_list')
      const state = (await house.watchlistStore.readState('second_list'))?.value
      await harm(`${PREFIX}segments/${state?.held?.segment ?? ''}`)
      house.queued.length = 0
      expect(await mergeLists(house)).toBe('segment_lost')
      expect(await manifestOf(house)).toEqual(before)
      expect(house.queued).toEqual([{ kind: 'refresh', list: 'second_list' }])

      expect(await refreshList(house, { list: 'second_list', isForced: false })).toBe('imported')
      expect(await files.second_list.calls()).toHaveLength(2)
      expect(await mergeLists(house)).toBe('built')
    },
  )
})

describe('older indexes', () => {
  it('are kept, the last thirty of them with their segments, and the rest is deleted', async () => {
    const { house, files, refresh } = await twoLists()
    await refresh('second_list')
    for (let day = 0; day < MAX_KEPT_INDEXES + 3; day += 1) {
      await files.first_list.lay({ body: unList([`Person${day} Example`], new Date(house.at.now).toISOString()) })
      await refresh('first_list')
      expect(await mergeLists(house)).toBe('built')
      house.at.now += DAY_MS
    }
    // R2 dates what it stores by the real clock: only a merge far ahead of it sees all of this as old.
    house.at.now = Date.now() + 2 * DAY_MS
    await files.first_list.lay({ body: unList(['Last Example'], new Date(house.at.now).toISOString()) })
    await refresh('first_list')
    await mergeLists(house)
    const { kept } = await manifestOf(house)
    expect(kept).toHaveLength(MAX_KEPT_INDEXES)
    expect((await keys('index/')).toSorted()).toEqual(kept.map(({ index_version }) => index_version).toSorted())
    expect((await keys('segments/')).toSorted()).toEqual(
      [...new Set(kept.flatMap(({ segments }) => segments))].toSorted(),
    )
  })

  it('are not deleted while they may be on their way into a manifest', async () => {
    const { house, refresh } = await twoLists()
    await env.DOCUMENTS.put(`${PREFIX}index/under-way`, 'x')
    house.at.now = Date.now()
    await refresh('first_list')
    await mergeLists(house)
    expect(await keys('index/')).toContain('under-way')
  })
})

describe('the schedule', () => {
  it('sends a job for each list that is due, and a merge when the index is behind', async () => {
    const { house, refresh } = await twoLists()
    await scheduleLists(house)
    expect(house.queued.splice(0)).toEqual([
      { kind: 'refresh', list: 'first_list' },
      { kind: 'refresh', list: 'second_list' },
    ])
    await refresh('first_list')
    house.queued.length = 0
    await scheduleLists(house)
    expect(house.queued.splice(0)).toEqual([{ kind: 'refresh', list: 'second_list' }, { kind: 'merge' }])
    await refresh('second_list')
    await mergeLists(house)
    house.queued.length = 0
    expect(await scheduleLists(house)).toBe(0)
    expect(house.queued).toEqual([])
  })
})
