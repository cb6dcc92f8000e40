import { env, reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { refreshList } from '../../../src/application/watchlists/refresh-list.ts'
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts'
import { numberedNames, unList } from '../../support/fixtures/listed.ts'
import { publishedFile, watchlistHouse } from '../../support/watchlist-house.ts'
import type { WatchlistHouse } from '../../support/watchlist-house.ts'

afterEach(() => reset())

/** A house with the one list `test_list`. */
function oneList() {
  const file = publishedFile()
  const house = watchlistHouse({ test_list: { format: 'un-xml', main: file.url } })
  const refresh = (isForced = false) => refreshList(house, { list: 'test_list', isForced })
  const state = async () => (await house.watchlistStore.readState('test_list'))?.value
  return { file, house, refresh, state }
}

const aDayLater = (house: WatchlistHouse): void => {
  house.at.now += 26 * HOUR_MS
}
const segments = async (): Promise<string[]> =>
  (await env.DOCUMENTS.list({ prefix: 'lists/watchlists/segments/' })).objects.map(({ key }) => key)

describe('the first try at a list', () => {
  it('keeps it as a segment, says what it is, and asks for a merge', async () => {
    const { file, house, refresh, state } = oneList()
    await file.lay({ body: unList(numberedNames(30)), etag: '"one"', last_modified: 'Fri, 20 Nov 2026 12:00:00 GMT' })
    expect(await refresh()).toBe('imported')
    expect(await state()).toMatchObject({
      list: 'test_list',
      held: {
        version: expect.stringMatching(/^2026-11-20-[0-9a-f]{8}$/),
        published_on: '2026-11-20',
        entries: 30,
        names: 30,
        skipped_count: 0,
        imported_at: house.at.now,
      },
      confirmed_at: house.at.now,
      checked_at: house.at.now,
      failures: 0,
      last_error: null,
    })
    expect(await segments()).toHaveLength(1)
    expect(house.queued).toEqual([{ kind: 'merge' }])
  })

  it('follows a redirect to where the list lies', async () => {
    const { file, refresh } = oneList()
    const elsewhere = publishedFile()
    await elsewhere.lay({ body: unList(['Invented Person']) })
    await file.lay({ location: elsewhere.url })
    expect(await refresh()).toBe('imported')
  })

  it('is not made for a list that is switched off', async () => {
    const { house } = oneList()
    expect(await refreshList(house, { list: 'un_sc', isForced: true })).toBe('not_watched')
  })
})

describe('a later try', () => {
  it('is not made before it is due', async () => {
    const { file, house, refresh } = oneList()
    await file.lay({ body: unList(['Invented Person']) })
    await refresh()
    house.at.now += 11 * HOUR_MS
    expect(await refresh()).toBe('not_due')
    expect(await file.calls()).toHaveLength(1)
  })

  it('asks whether what is held still holds, and moves its confirmation on when it does', async () => {
    const { file, house, refresh, state } = oneList()
    await file.lay({ body: unList(['Invented Person']), etag: '"one"', last_modified: 'Fri, 20 Nov 2026 12:00:00 GMT' })
    await refresh()
    const before = await state()
    aDayLater(house)
    expect(await refresh()).toBe('confirmed')
    expect(await file.calls()).toEqual([
      { if_none_match: null, if_modified_since: null },
      { if_none_match: '"one"', if_modified_since: 'Fri, 20 Nov 2026 12:00:00 GMT' },
    ])
    expect(await state()).toMatchObject({ held: before?.held, confirmed_at: house.at.now })
    expect(await segments()).toHaveLength(1)
  })

  it('keeps the version when the publisher sends the same entries once more', async () => {
    const { file, house, refresh, state } = oneList()
    await file.lay({ body: unList(['Invented Person'], '2026-11-20T12:00:00Z'), etag: '"one"' })
    await refresh()
    const before = await state()
    aDayLater(house)
    await file.lay({ body: unList(['Invented Person'], '2026-11-21T12:00:00Z'), etag: '"two"' })
    expect(await refresh()).toBe('confirmed')
    expect(await state()).toMatchObject({
      held: before?.held,
      confirmed_at: house.at.now,
      validators: { main: { etag: '"two"' } },
    })
    expect(await segments()).toHaveLength(1)
  })

  it('takes a list that changed', async () => {
    const { file, house, refresh, state } = oneList()
    await file.lay({ body: unList(['Invented Person']), etag: '"one"' })
    await refresh()
    const before = await state()
    aDayLater(house)
    await file.lay({ body: unList(['Invented Person', 'Another Person'], '2026-11-25T12:00:00Z'), etag: '"two"' })
    expect(await refresh()).toBe('imported')
    const after = await state()
    expect(after?.held).toMatchObject({ entries: 2, published_on: '2026-11-25', imported_at: house.at.now })
    expect(after?.held?.version).not.toBe(before?.held?.version)
  })

  it('does not tell another address what the first one said', async () => {
    const { file, house, refresh } = oneList()
    await file.lay({ body: unList(['Invented Person']), etag: '"one"' })
    await refresh()
    const moved = publishedFile()
    await moved.lay({ body: unList(['Invented Person']), etag: '"one"' })
    const movedHouse = watchlistHouse({ test_list: { format: 'un-xml', main: moved.url } }, house.at.now + 26 * HOUR_MS)
    expect(await refreshList(movedHouse, { list: 'test_list', isForced: false })).toBe('confirmed')
    expect(await moved.calls()).toEqual([{ if_none_match: null, if_modified_since: null }])
  })
})

describe('what comes in place of a list', () => {
  const whole = unList(numberedNames(40))

  it.each([
    [
      'a page of HTML',
      { body: '<!doctype html><html><body>Maintenance</body></html>' },
      /could not be read: not_the_format/,
    ],
    ['an error', { status: 503, body: whole }, /answered 503/],
    ['an error page in the place of the file', { status: 404, body: 'not found' }, /answered 404/],
    ['nothing', { body: '' }, /could not be read/],
    ['a list without an entry', { body: unList([]) }, /could not be read: no_entries/],
    ['a list that was cut', { body: whole.slice(0, whole.length / 2) }, /could not be read: truncated/],
    ['a transfer that breaks off', { body: whole, cut_after: 500 }, /broke off/],
    ['a file that is too large', { body: unList(numberedNames(6_000)) }, /larger than/],
    ['a list that shrank by more than a tenth', { body: unList(numberedNames(26)) }, /shrank from 30 to 26 entries/],
    [
      'an older list',
      { body: unList(numberedNames(31), '2026-11-19T12:00:00Z') },
      /is of 2026-11-19, older than 2026-11-20/,
    ],
    ['a redirect into a private network', { location: 'http://10.0.0.1/list.xml' }, /refused/],
  ])('never replaces the last one: %s', async (_what, published, reason) => {
    const { file, house, refresh, state } = oneList()
    await file.lay({ body: unList(numberedNames(30)), etag: '"one"' })
    await refresh()
    const before = await state()
    aDayLater(house)
    await file.lay({ ...published, etag: '"two"' })
    expect(await refresh()).toBe('failed')
    expect(await state()).toMatchObject({
      held: before?.held,
      confirmed_at: before?.confirmed_at,
      validators: before?.validators,
      checked_at: house.at.now,
      next_check_at: house.at.now + 15 * MINUTE_MS,
      failures: 1,
      last_error: expect.stringMatching(reason),
    })
    expect(await segments()).toHaveLength(1)
    expect(house.queued).toEqual([{ kind: 'merge' }])
  })

  it('is tried again after ever longer pauses, and forgotten with the first success', async () => {
    const { file, house, refresh, state } = oneList()
    await file.lay({ status: 500 })
    const pauses: number[] = []
    for (let attempt = 0; attempt < 7; attempt += 1) {
      expect(await refresh()).toBe('failed')
      const next = (await state())?.next_check_at ?? 0
      pauses.push((next - house.at.now) / MINUTE_MS)
      house.at.now = next
    }
    expect(pauses).toEqual([15, 30, 60, 120, 240, 360, 360])
    await file.lay({ body: whole })
    expect(await refresh()).toBe('imported')
    expect(await state()).toMatchObject({ failures: 0, last_error: null })
  })

  it('is taken when an operator insists, unless it is no list at all', async () => {
    const { file, refresh, state } = oneList()
    await file.lay({ body: unList(numberedNames(30)), etag: '"one"' })
    await refresh()
    await file.lay({ body: unList(numberedNames(3)), etag: '"two"' })
    expect(await refresh(true)).toBe('imported')
    expect(await state()).toMatchObject({ held: { entries: 3 } })
    await file.lay({ body: '<html></html>' })
    expect(await refresh(true)).toBe('failed')
    expect(await state()).toMatchObject({ held: { entries: 3 } })
  })
})

describe('a publisher that does not answer', () => {
  it('is told in the state of a list that was never there', async () => {
    const house = watchlistHouse({ test_list: { format: 'un-xml', main: 'http://127.0.0.1:9/list.xml' } })
    expect(await refreshList(house, { list: 'test_list', isForced: false })).toBe('failed')
    expect((await house.watchlistStore.readState('test_list'))?.value).toMatchObject({
      held: null,
      last_error: 'its publisher cannot be reached',
    })
  })
})

describe('two tries at the same time', () => {
  it('lead to one state: the one that comes second is done over', async () => {
    const { file, refresh, state } = oneList()
    await file.lay({ body: unList(numberedNames(5)) })
    const outcomes = await Promise.all([refresh(), refresh()])
    expect(outcomes.toSorted()).toEqual(['crossed', 'imported'])
    expect(await refresh()).toBe('not_due')
    expect(await state()).toMatchObject({ held: { entries: 5 } })
  })
})
