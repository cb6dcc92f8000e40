// Why what the lists say may not be all: a list that nobody confirmed for too long, or one that is doubted for another
// reason. It says so in words for a reviewer.

import { DAY_MS } from '../../domain/time.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { AddressList } from './lists.ts'

/** Null: all lists are current. */
export function staleness(lists: readonly AddressList[], now: EpochMs): string | null {
  const problems = lists.flatMap((list) => {
    const problem = list.doubt ?? (now - list.as_of > list.max_age_ms ? tooOld(list) : null)
    return problem === null ? [] : [`${list.list} (${list.version}) ${problem}`]
  })
  return problems.length === 0 ? null : `${[...new Set(problems)].join('; ')}.`
}

const tooOld = ({ max_age_ms }: AddressList): string => `was not renewed for more than ${max_age_ms / DAY_MS} days`
