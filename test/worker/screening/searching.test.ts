import { env, reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { mergeLists } from '../../../src/application/watchlists/merge-lists.ts'
import { refreshList } from '../../../src/application/watchlists/refresh-list.ts'
import { DAY_MS, MINUTE_MS } from '../../../src/domain/time.ts'
import { unList } from '../../support/fixtures/listed.ts'
import { publishedFile, watchlistHouse } from '../../support/watchlist-house.ts'
import type { WatchlistHouse } from '../../support/watchlist-house.ts'

afterEach(() => reset())

const OPTIONS = { lists: [], threshold: 0.8, limit: 10, misses: 0 }
const ANNA = { kind: 'individual' as const, names: ['Anna Example'] }
const BERT = { kind: 'individual' as const, names: ['Bert Nobody'] }
const ask = (house: WatchlistHouse, lists: string[] = []) =>
  house.watchlists.screen([BERT, ANNA], { ...OPTIONS, lists })
const hitsOf = (answer: Awaited<ReturnType<typeof ask>>): string[][] =>
  answer.results.map(({ hits }) => hits.map((hit) => `${hit.list} ${hit.list_version}`))

/** A house whose `first_list` is loaded and whose `second_list` is not. */
async function loaded() {
  const file = publishedFile()
  await file.lay({ body: unList(['Anna Example', `Filler ${file.url}`]) })
  const lists = {
    first_list: { format: 'un-xml' as const, main: file.url, max_age_hours: 48 },
    second_list: { format: 'un-xml' as const, main: `${file.url}.none`, enabled: false },
  }
  const house = watchlistHouse(lists)
  const renew = async () => {
    await refreshList(house, { list: 'first_list', isForced: true })
    return mergeLists(house)
  }
  await renew()
  return { house, file, lists, renew }
}

describe('a search of the watchlists', () => {
  it('is not configured before any list was loaded', async () => {
    const house = watchlistHouse({ first_list: { format: 'un-xml', main: 'https://lists.example.com/' } })
    expect(await ask(house)).toEqual({
      state: 'not_configured',
      message: 'No watchlist has been loaded yet.',
      lists: [],
      results: [],
    })
  })

  it('loads the index where it is not, and answers each subject in its place with the version of the list', async () => {
    const { house } = await loaded()
    const answer = await ask(house)
    const { lists } = await house.watchlists.listVersions()
    expect(answer).toMatchObject({ state: 'ok', message: null, lists: [{ id: 'first_list', entries: 2 }] })
    expect(hitsOf(answer)).toEqual([[], [`first_list ${lists[0]?.version ?? ''}`]])
  })

  it('says which lists there are when asked for another', async () => {
    const { house } = await loaded()
    expect(await ask(house, ['first_list', 'third_list'])).toMatchObject({
      state: 'error',
      message: 'There is no watchlist third_list. Known here: first_list.',
    })
  })

  it('is stale once a list was not confirmed for longer than its limit', async () => {
    const { house } = await loaded()
    house.at.now += 2 * DAY_MS
    expect((await ask(house)).state).toBe('ok')
    house.at.now += 1
    const answer = await ask(house)
    expect(answer).toMatchObject({
      state: 'stale',
      message: 'first_list was last confirmed 48 hours ago, its limit is 48.',
    })
    expect(hitsOf(answer)[1]).toHaveLength(1)
  })

  it('is stale while a list that is configured has not come in', async () => {
    const { house, lists } = await loaded()
    const wider = watchlistHouse({ ...lists, second_list: { ...lists.second_list, enabled: true } }, house.at.now)
    expect(await ask(wider)).toMatchObject({ state: 'stale', message: 'second_list has not been loaded yet.' })
    expect(await ask(wider, ['first_list'])).toMatchObject({ state: 'ok' })
  })

  it('never takes the sample for a list', async () => {
    const sample = publishedFile()
    await sample.lay({ body: unList(['Anna Example']) })
    const house = watchlistHouse({ sample: { main: sample.url } })
    await refreshList(house, { list: 'sample', isForced: false })
    await mergeLists(house)
    const answer = await ask(house)
    expect(answer).toMatchObject({
      state: 'stale',
      message: 'Only the sample list of invented entries is loaded: nobody has been screened.',
    })
    expect(hitsOf(answer)[1]).toHaveLength(1)
  })

  it('goes on with the index it knows for a minute, then with the newest', async () => {
    const { house, file, renew } = await loaded()
    const before = await ask(house)
    await file.lay({ body: unList(['Anna Example', 'Dora Example'], '2026-11-23T00:00:00Z') })
    expect(await renew()).toBe('built')
    expect(hitsOf(await ask(house))).toEqual(hitsOf(before))
    house.at.now += MINUTE_MS
    expect(hitsOf(await ask(house))[1]?.[0]).toMatch(/^first_list 2026-11-23-/)
  })

  it('does not throw the engine back to an older index that another isolate still knows', async () => {
    const { house, lists, file, renew } = await loaded()
    await ask(house)
    const other = watchlistHouse(lists, house.at.now)
    await file.lay({ body: unList(['Anna Example', 'Dora Example'], '2026-11-23T00:00:00Z') })
    await renew()
    const loads = countLoads()
    expect(hitsOf(await ask(other))[1]?.[0]).toMatch(/^first_list 2026-11-23-/)
    expect(hitsOf(await ask(house))[1]?.[0]).toMatch(/^first_list 2026-11-23-/)
    expect(hitsOf(await ask(other))[1]?.[0]).toMatch(/^first_list 2026-11-23-/)
    expect(loads()).toBe(1)
  })

  it('refuses an index that is not what the manifest says', async () => {
    const { house } = await loaded()
    const { index_version } = await house.watchlists.listVersions()
    await env.DOCUMENTS.put(`lists/watchlists/index/${index_version ?? ''}`, 'something else')
    expect(await ask(house)).toMatchObject({
      state: 'error',
      message: 'The index of the watchlists could not be loaded: wrong_size.',
    })
  })

  it('shares one index between many who ask at the same time', async () => {
    const { house } = await loaded()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(house)))
    expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['ok']))
  })
})

/** Index bytes that were taken out of R2 since. */
function countLoads(): () => number {
  const bucket = env.DOCUMENTS
  const get = bucket.get.bind(bucket)
  let loads = 0
  Object.defineProperty(bucket, 'get', {
    configurable: true,
    value: (key: string, ...rest: []) => {
      if (key.startsWith('lists/watchlists/index/')) loads += 1
      return get(key, ...rest)
    },
  })
  return () => {
    Reflect.deleteProperty(bucket, 'get')
    return loads
  }
}
