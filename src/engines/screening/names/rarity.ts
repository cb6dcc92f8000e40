// How much a word tells, from how many bear it. Agreement on a rare word is worth up to three times that on a common one.

import { ORGANIZATION_TIERS, PERSON_TIERS } from './tables/frequency.ts'

const WEIGHT_LOST_PER_TIER = 0.085
const LEAST = 0.35

const byWord = (tiers: Readonly<Record<number, string>>): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(tiers).flatMap(([tier, words]) =>
      words.split(' ').map((word) => [word, Math.max(LEAST, 1 - WEIGHT_LOST_PER_TIER * Number(tier))] as const),
    ),
  )

const PERSON = byWord(PERSON_TIERS)
const ORGANIZATION = byWord(ORGANIZATION_TIERS)

/** Two letters are soon alike by chance. */
const byLength = (word: string): number => (word.length <= 2 ? 0.5 : word.length === 3 ? 0.75 : 1)

export const personRarity = (word: string): number => PERSON.get(word) ?? byLength(word)
export const organizationRarity = (word: string): number => ORGANIZATION.get(word) ?? byLength(word)
