import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  isOfFirstHalf,
  readComplaints,
  readNegatives,
  readPairs,
  readPositives,
} from '../../../../bench/screening/cases.ts'
import { atThreshold, recallAt } from '../../../../bench/screening/measures.ts'
import { loadLists } from '../../../../src/cli/screening/load-lists.ts'
import { openIndex } from '../../../../src/engines/screening/open-watchlist-index.ts'
import { PAIR_THRESHOLD } from '../../../../src/engines/screening/score/calibration.ts'
import { compareNames } from '../../../../src/engines/screening/score/compare-names.ts'

// Labelled cases and real lists lie beside the project (docs/screening.md); without them nothing here runs.
const folder = resolve(import.meta.dirname, '../../../../../shared/data')
const SEARCHES_LIMIT_MS = 60_000
const isThere = existsSync(join(folder, 'screening/name_pairs.csv'))

describe.skipIf(!isThere)(isThere ? 'labelled cases' : `labelled cases (skipped: nothing in ${folder})`, () => {
  test('pairs of names, the half that the weights were fitted on and the half that they never saw', async () => {
    const scored = (await readPairs(folder)).map((pair) => ({
      ...pair,
      isFitted: isOfFirstHalf(pair.one, pair.other),
      score: compareNames(pair.one, pair.other, pair.of).score,
    }))
    for (const half of [true, false]) {
      const cases = scored.filter((pair) => pair.isFitted === half)
      const { f1, wrongStrong } = atThreshold(cases, PAIR_THRESHOLD)
      expect(f1).toBeGreaterThan(0.88)
      expect(recallAt(cases, 0.05)).toBeGreaterThan(0.8)
      expect(wrongStrong).toBe(0)
    }
  })

  test('what users of other engines complained of', async () => {
    const wrong = (await readComplaints(folder))
      .filter(({ expected }) => expected !== 'review')
      .filter(({ of, one, other, expected }) => compareNames(one, other, of).isMatch !== (expected === 'match'))
    expect(wrong).toEqual([])
  })

  test('people who are listed are found, people who are not are left alone', async () => {
    const index = openIndex((await loadLists(join(folder, 'lists'))).index.buffer)
    const options = { lists: [], threshold: 0.85, limit: 1, misses: 0 }
    const positives = await readPositives(folder)
    const found = positives.filter(
      ({ name, reference }) => index.screen({ kind: 'any', names: [name] }, options).hits[0]?.reference === reference,
    )
    expect(found.length / positives.length).toBeGreaterThanOrEqual(0.994)
    const hits = (await readNegatives(folder)).filter(
      ({ name }) => index.screen({ kind: 'any', names: [name] }, options).hits.length > 0,
    )
    expect(hits.length).toBeLessThanOrEqual(2)
  }, SEARCHES_LIMIT_MS)
})
