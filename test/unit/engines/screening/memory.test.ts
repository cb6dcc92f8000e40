import { expect, test } from 'vitest'
import { measureMemory } from '../../../../bench/screening/memory-run.ts'

test('45,000 names are indexed and searched in a part of an isolate', () => {
  const { indexMb, buildPeakMb, searchMb } = measureMemory()
  expect(indexMb).toBeLessThan(12)
  expect(buildPeakMb).toBeLessThanOrEqual(100)
  expect(searchMb).toBeLessThanOrEqual(48)
}, 60_000)
