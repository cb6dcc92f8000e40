import { describe, expect, it } from 'vitest'
import { judgeAnswer, unknownLists } from '../../../src/domain/screening/answer-state.ts'
import { afterFailure, afterImport, afterLoss, newListState } from '../../../src/domain/screening/watched-list.ts'
import type { ListState, WatchedList } from '../../../src/domain/screening/watched-list.ts'
import {
  afterBuild,
  contentOf,
  indexVersionOf,
  MAX_KEPT_INDEXES,
  planMerge,
  wantedLists,
} from '../../../src/domain/screening/watchlist-index.ts'
import type { Manifest } from '../../../src/domain/screening/watchlist-index.ts'
import { DAY_MS, HOUR_MS } from '../../../src/domain/time.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const FORMATS = { index: 1, segment: 1 }

const watched = (id: string, isSample = false): WatchedList => ({
  id,
  name: id,
  publisher: 'Nobody',
  maxAgeHours: 48,
  isSample,
})
const stateOf = (list: string, sha256 = 'aaaaaaaabbbb', segment_format = 1): ListState =>
  afterImport(
    newListState(list),
    { published_on: '2026-11-20', entries: 10, names: 20, skipped_count: 0, sha256 },
    { segment: `${list}/${sha256}`, segment_format, validators: {}, now: NOW },
  )
const LISTS = [watched('un_sc'), watched('ofac_sdn'), watched('sample', true)]

function build(states: ListState[], previous: Manifest | null = null, now = NOW): Manifest {
  const wanted = wantedLists(LISTS, states, FORMATS)
  const content = contentOf(wanted, FORMATS)
  const index_version = indexVersionOf(content, now)
  return afterBuild(previous, wanted, { index_version, size: 1, sha256: 'x', content, formats: FORMATS, now })
}
const plan = (manifest: Manifest | null, states: ListState[], formats = FORMATS, lists = LISTS) =>
  planMerge(manifest, { watched: lists, wanted: wantedLists(lists, states, formats), formats })

describe('the lists of an index', () => {
  it('are those that are held, in the order of the configuration', () => {
    const wanted = wantedLists(LISTS, [stateOf('ofac_sdn'), stateOf('un_sc')], FORMATS)
    expect(wanted.map((one) => one.watched.id)).toEqual(['un_sc', 'ofac_sdn'])
  })

  it('are the sample only where there is no other', () => {
    const ids = (states: ListState[]) => wantedLists(LISTS, states, FORMATS).map((one) => one.watched.id)
    expect(ids([stateOf('sample')])).toEqual(['sample'])
    expect(ids([stateOf('sample'), stateOf('un_sc')])).toEqual(['un_sc'])
  })

  it('are none that was switched off, lost, or read by another importer', () => {
    const states = [stateOf('eu_fsf'), afterLoss(stateOf('un_sc'), 'lost'), stateOf('ofac_sdn', 'a', 2)]
    expect(wantedLists(LISTS, states, FORMATS)).toEqual([])
  })
})

describe('a merge', () => {
  it('is wanted for the first list, for one that changed and for one more', () => {
    expect(plan(null, [])).toBe('nothing')
    expect(plan(null, [stateOf('un_sc')])).toBe('build')
    const manifest = build([stateOf('un_sc')])
    expect(plan(manifest, [stateOf('un_sc')])).toBe('nothing')
    expect(plan(manifest, [stateOf('un_sc', 'changed')])).toBe('build')
    expect(plan(manifest, [stateOf('un_sc'), stateOf('ofac_sdn')])).toBe('build')
  })

  it('only tells of confirmations where no list changed', () => {
    const manifest = build([stateOf('un_sc')])
    expect(plan(manifest, [{ ...stateOf('un_sc'), confirmed_at: NOW + DAY_MS }])).toBe('confirm')
    expect(plan(manifest, [afterFailure(stateOf('un_sc'), 'broke off', NOW)])).toBe('nothing')
  })

  it('loses no list for want of its segment, but drops one that was switched off', () => {
    const manifest = build([stateOf('un_sc'), stateOf('ofac_sdn')])
    const lost = [stateOf('un_sc', 'changed'), afterLoss(stateOf('ofac_sdn'), 'lost')]
    expect(plan(manifest, lost)).toBe('nothing')
    expect(plan(manifest, lost, FORMATS, [watched('un_sc')])).toBe('build')
  })

  it('is wanted at once when the engine reads another layout', () => {
    const manifest = build([stateOf('un_sc')])
    expect(plan(manifest, [stateOf('un_sc')], { index: 2, segment: 1 })).toBe('build')
  })

  it('gives the same content the same name on one day, and another content another', () => {
    const one = build([stateOf('un_sc')])
    expect(build([stateOf('un_sc')]).index_version).toBe(one.index_version)
    expect(build([stateOf('un_sc', 'changed')]).index_version).not.toBe(one.index_version)
    expect(one.index_version).toMatch(/^2026-11-24-[0-9a-f]{8}$/)
  })
})

describe('the indexes that are kept', () => {
  it('are the last thirty, the newest first, each with its segments', () => {
    let manifest: Manifest | null = null
    for (let day = 0; day < 40; day += 1) manifest = build([stateOf('un_sc', `${day}`)], manifest, NOW + day * DAY_MS)
    expect(manifest?.kept).toHaveLength(MAX_KEPT_INDEXES)
    expect(manifest?.kept[0]).toMatchObject({ index_version: manifest?.index_version, segments: ['un_sc/39'] })
    expect(manifest?.kept.at(-1)?.segments).toEqual(['un_sc/10'])
  })

  it('hold one that was built twice once', () => {
    expect(build([stateOf('un_sc')], build([stateOf('un_sc')])).kept).toHaveLength(1)
  })
})

describe('an answer', () => {
  const judge = (ids: string[], asked: string[] = [], age = 0) =>
    judgeAnswer(
      ids.map((id) => ({ id, confirmed_at: NOW - age })),
      { asked, watched: LISTS, now: NOW },
    )

  it('is good when all lists asked for are there and recent', () => {
    expect(judge(['un_sc', 'ofac_sdn'])).toEqual({ state: 'ok', message: null })
    expect(judge(['un_sc'], ['un_sc'])).toEqual({ state: 'ok', message: null })
  })

  it.each<[string, string[], string[], number, RegExp]>([
    ['a list is missing', ['un_sc'], [], 0, /^ofac_sdn has not been loaded yet\.$/],
    ['a list is too old', ['un_sc', 'ofac_sdn'], ['un_sc'], 49 * HOUR_MS, /^un_sc was last confirmed 49 hours ago/],
    ['all are too old', ['un_sc', 'ofac_sdn'], [], 49 * HOUR_MS, /un_sc.*; ofac_sdn/],
    ['only the sample is there', ['sample'], [], 0, /sample list of invented entries/],
    ['only the sample is there and was asked for', ['sample'], ['sample'], 0, /sample list of invented entries/],
    ['the sample was asked for and is not there', ['un_sc', 'ofac_sdn'], ['sample'], 0, /^sample has not been loaded/],
    ['a list is no longer fetched', ['un_sc', 'ofac_sdn', 'eu_fsf'], [], 0, /^eu_fsf is no longer fetched here/],
  ])('is not enough when %s', (_when, ids, asked, age, message) => {
    expect(judge(ids, asked, age)).toEqual({ state: 'stale', message: expect.stringMatching(message) })
  })

  it('names the lists that there are when another one is asked for', () => {
    expect(unknownLists(['un_sc'], ['un_sc', 'ofac_sdn'])).toBeNull()
    expect(unknownLists(['un', 'x'], ['un_sc', 'ofac_sdn'])).toBe(
      'There is no watchlist un, x. Known here: un_sc, ofac_sdn.',
    )
  })
})
