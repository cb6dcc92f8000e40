import { describe, expect, it } from 'vitest'
import {
  afterConfirmation,
  afterFailure,
  afterImport,
  afterLoss,
  isDue,
  isListStale,
  judgeList,
  newListState,
  nextDailyCheck,
  validatorsOf,
  versionOf,
} from '../../../src/domain/screening/watched-list.ts'
import type { HeldVersion, ListState, ParsedFacts } from '../../../src/domain/screening/watched-list.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const FORMAT = 3
const VALIDATORS = { main: { url: 'https://lists.example/un.xml', etag: '"a"', last_modified: null } }

const factsOf = (changes: Partial<ParsedFacts> = {}): ParsedFacts => ({
  published_on: '2026-11-20',
  entries: 1_000,
  names: 4_000,
  skipped_count: 2,
  sha256: 'aaaaaaaabbbbbbbb',
  ...changes,
})
const imported = (changes: Partial<ParsedFacts> = {}): ListState =>
  afterImport(newListState('un_sc'), factsOf(changes), {
    segment: 'un_sc/1',
    segment_format: FORMAT,
    validators: VALIDATORS,
    now: NOW,
  })
const held = (changes: Partial<ParsedFacts> = {}): HeldVersion | null => imported(changes).held
const judge = (next: Partial<ParsedFacts>, isForced = false, before = held()) =>
  judgeList(before, factsOf({ sha256: 'other', ...next }), { isForced, segmentFormat: FORMAT })

describe('what came in', () => {
  it('is taken where nothing is held, however small it is', () => {
    expect(judge({ entries: 1 }, false, null)).toEqual({ kind: 'new' })
  })

  it('changes nothing when its entries are those that are held', () => {
    expect(judge({ sha256: 'aaaaaaaabbbbbbbb', published_on: '2026-11-21' })).toEqual({ kind: 'unchanged' })
  })

  it.each([
    [900, 'new'],
    [899, 'refused'],
    [0, 'refused'],
    [5_000, 'new'],
  ])('with %i entries in place of 1000 is %s', (entries, kind) => {
    expect(judge({ entries })).toMatchObject({ kind })
  })

  it.each([
    ['2026-11-20', 'new'],
    ['2026-11-19', 'refused'],
    [null, 'new'],
  ])('published on %s after 2026-11-20 is %s', (published_on, kind) => {
    expect(judge({ published_on })).toMatchObject({ kind })
  })

  it('is taken in spite of that when an operator insists', () => {
    expect(judge({ entries: 3, published_on: '2020-01-01' }, true)).toEqual({ kind: 'new' })
  })

  it('is imported anew when an earlier importer read what is held, and judged by it', () => {
    const outdated = held()
    expect(judgeList(outdated, factsOf(), { isForced: false, segmentFormat: FORMAT + 1 })).toEqual({ kind: 'new' })
    expect(judgeList(outdated, factsOf({ entries: 10 }), { isForced: false, segmentFormat: FORMAT + 1 })).toMatchObject(
      { kind: 'refused' },
    )
  })
})

describe('the version of a list', () => {
  it('names the day of publication, and what is in it', () => {
    expect(versionOf(factsOf(), NOW)).toBe('2026-11-20-aaaaaaaa')
  })
  it('names the day it was fetched where the list tells none', () => {
    expect(versionOf(factsOf({ published_on: null }), NOW)).toBe('2026-11-24-aaaaaaaa')
  })
})

describe('the next try', () => {
  it('comes a day later in the hour from three, each list at its own minute', () => {
    const lists = ['ofac_sdn', 'ofac_cons', 'un_sc', 'eu_fsf', 'uk_sl']
    const minutes = lists.map((list) => {
      const next = nextDailyCheck(list, NOW)
      expect(nextDailyCheck(list, next)).toBe(next + DAY_MS)
      return (next % DAY_MS) / MINUTE_MS
    })
    expect(minutes.every((minute) => minute >= 180 && minute < 240)).toBe(true)
    expect(new Set(minutes).size).toBe(lists.length)
  })

  it('is not made within twelve hours of a good one', () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const pause = nextDailyCheck('un_sc', NOW + hour * HOUR_MS) - (NOW + hour * HOUR_MS)
      expect(pause).toBeGreaterThanOrEqual(12 * HOUR_MS)
      expect(pause).toBeLessThan(36 * HOUR_MS)
    }
  })

  it('comes ever later after failures, at most six hours, and what is held stays', () => {
    let state = imported()
    const pauses = Array.from({ length: 7 }, () => {
      state = afterFailure(state, 'broke off', NOW)
      return (state.next_check_at - NOW) / MINUTE_MS
    })
    expect(pauses).toEqual([15, 30, 60, 120, 240, 360, 360])
    expect(state).toMatchObject({ held: held(), confirmed_at: NOW, failures: 7, last_error: 'broke off' })
    expect(afterConfirmation(state, { validators: VALIDATORS, now: NOW })).toMatchObject({
      failures: 0,
      last_error: null,
    })
  })

  it('is due for a list that was never tried, and at once after another importer', () => {
    expect(isDue(newListState('un_sc'), FORMAT, NOW)).toBe(true)
    expect(isDue(imported(), FORMAT, NOW + HOUR_MS)).toBe(false)
    expect(isDue(imported(), FORMAT + 1, NOW + HOUR_MS)).toBe(true)
    expect(isDue(imported(), FORMAT, NOW + DAY_MS + HOUR_MS)).toBe(true)
  })

  it('waits after a failure even when the importer is another one', () => {
    const failed = afterFailure(imported(), 'broke off', NOW)
    expect(isDue(failed, FORMAT + 1, NOW)).toBe(false)
    expect(isDue(failed, FORMAT + 1, NOW + 15 * MINUTE_MS)).toBe(true)
  })

  it('asks for the list whatever it is when what is held cannot be read', () => {
    expect(validatorsOf(imported(), FORMAT)).toEqual(VALIDATORS)
    expect(validatorsOf(imported(), FORMAT + 1)).toEqual({})
    expect(validatorsOf(newListState('un_sc'), FORMAT)).toEqual({})
    const lost = afterLoss(imported(), 'its stored segment is not there')
    expect(validatorsOf(lost, FORMAT)).toEqual({})
    expect(isDue(lost, FORMAT, NOW)).toBe(true)
    expect(judge({ entries: 3 }, false, lost.held)).toMatchObject({ kind: 'refused' })
  })
})

describe('a list', () => {
  it('is stale from the moment on that it is older than its limit', () => {
    expect(isListStale(NOW, 48, NOW + 48 * HOUR_MS)).toBe(false)
    expect(isListStale(NOW, 48, NOW + 48 * HOUR_MS + 1)).toBe(true)
    expect(isListStale(null, 48, NOW)).toBe(true)
  })
})
