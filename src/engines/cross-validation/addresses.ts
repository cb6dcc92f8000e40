// Whether two postal addresses are one place: by the words they share, since a bill prints in one block what the form
// has in parts. It knows no street directory.

import type { Agreement } from './fields.ts'
import { foldings, isWrittenInLatin, tokensOf } from './text-folding.ts'

/** Share of the shorter address's words that the other must hold: street and town, where the region may be missing. */
const ADDRESS_MATCH = 0.6
/** Another house number or postal code is another place, however many words agree. */
const OTHER_NUMBERS_CAP = 0.5

const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['STREET', 'ST'],
  ['STRASSE', 'STR'],
  ['STREE', 'ST'],
  ['ROAD', 'RD'],
  ['AVENUE', 'AVE'],
  ['AV', 'AVE'],
  ['BOULEVARD', 'BLVD'],
  ['BD', 'BLVD'],
  ['DRIVE', 'DR'],
  ['LANE', 'LN'],
  ['COURT', 'CT'],
  ['SQUARE', 'SQ'],
  ['PLACE', 'PL'],
  ['APARTMENT', 'APT'],
  ['FLAT', 'APT'],
  ['SUITE', 'STE'],
  ['NORTH', 'N'],
  ['SOUTH', 'S'],
  ['EAST', 'E'],
  ['WEST', 'W'],
  ['SAINT', 'ST'],
  ['CALLE', 'C'],
])

export function compareAddresses(left: string, right: string): Agreement {
  if (isWrittenInLatin(left) !== isWrittenInLatin(right)) return null
  let best = 0
  for (const one of foldings(left)) {
    for (const other of foldings(right)) best = Math.max(best, overlap(wordsOf(one), wordsOf(other)))
  }
  return { score: best, isMatch: best >= ADDRESS_MATCH }
}

function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const [short, long] = left.size <= right.size ? [left, right] : [right, left]
  if (short.size === 0) return 0
  const score = [...short].filter((word) => long.has(word)).length / short.size
  return hasOtherNumbers(left, right) ? Math.min(score, OTHER_NUMBERS_CAP) : score
}

/** Both have numbers, and the one with fewer has one that the other lacks. */
function hasOtherNumbers(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const [short, long] = [left, right]
    .map((words) => [...words].filter((word) => /\d/.test(word)))
    .toSorted((one, other) => one.length - other.length)
  return short !== undefined && long !== undefined && !short.every((word) => long.includes(word))
}

function wordsOf(folded: string): Set<string> {
  return new Set(
    tokensOf(folded).map(
      (word) => ABBREVIATIONS.get(word) ?? (word.length > 7 ? word.replace(/STRASSE$/, 'STR') : word),
    ),
  )
}
