// Why what the lists say may not be all: a list that nobody confirmed for too long, or one whose newest version lost so
// many addresses at once that they were kept. It says so in words for a reviewer.

import { DAY_MS } from '../../domain/time.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { AddressList } from './lists.ts'

/** Null: all lists are current. */
export function staleness(lists: readonly AddressList[], now: EpochMs): string | null {
  const old = lists
    .filter((list) => now - list.as_of > list.max_age_ms)
    .map((list) => `${labelOf(list)}, ${daysOf(list)}`)
  const torn = lists.filter((list) => list.withheld > 0).map(labelOf)
  const sentences = [
    ...(old.length === 0 ? [] : [`Not confirmed for longer than allowed: ${unique(old)}.`]),
    ...(torn.length === 0
      ? []
      : [`More than half of the addresses are missing, the last ones are kept: ${unique(torn)}.`]),
  ]
  return sentences.length === 0 ? null : sentences.join(' ')
}

const labelOf = ({ list, version }: AddressList): string => `${list} (${version})`
const daysOf = ({ max_age_ms }: AddressList): string => `${Math.floor(max_age_ms / DAY_MS)} days`
const unique = (names: readonly string[]): string => [...new Set(names)].join('; ')
