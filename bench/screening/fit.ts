import { join } from 'node:path'
import { loadLists } from '../../src/cli/screening/load-lists.ts'
import { MOST_UNMATCHED, createScratch, findCandidates } from '../../src/engines/screening/index/find-candidates.ts'
import { IndexReader } from '../../src/engines/screening/index/open-index.ts'
import { parseName } from '../../src/engines/screening/names/parse-name.ts'
import type { ParsedName } from '../../src/engines/screening/names/parse-name.ts'
import { nameLogit } from '../../src/engines/screening/score/calibration.ts'
import { compareParsed } from '../../src/engines/screening/score/features.ts'
import type { Compared, NameFeatures } from '../../src/engines/screening/score/features.ts'
import { dataFolder, isOfFirstHalf, leaveWithoutData, readNegatives, readPairs, readPositives } from './cases.ts'

// Fits the weights of src/engines/screening/score/calibration.ts by logistic regression on the first half of the cases and
// prints them. Each weight has bounds from what its feature means: none may make a difference speak for a match.

const STEPS = 6000
const RIDGE = 0.003
/** Candidates of a search weigh less than labelled pairs: there are many, and most are easy. */
const SEARCH_WEIGHT = 0.3
const NEGATIVES_EACH = 3

type Example = { of: ParsedName['of']; values: Record<string, number>; isMatch: boolean; weight: number }

/** Upper bounds; a feature of `byClass` has a weight for people and one for organisations. */
const BOUNDS: Record<keyof NameFeatures, number> = {
  spelling: -8,
  worstWord: -2,
  conflict: -8,
  extra: -2,
  thin: -1.5,
  nickname: -1,
  initial: -1,
  disorder: -1.5,
  lineage: -4,
  numberConflict: -1,
  numberMissing: -3,
  formConflict: -1.5,
  joined: -0.3,
  single: -2,
  characters: -12,
}
const BY_CLASS: (keyof NameFeatures)[] = ['extra', 'disorder']
const INFORMATION = { key: 'information', least: 0.2, most: 1 }
const ORGANIZATION_DISORDER = -3.5

const keysOf = Object.keys(BOUNDS).flatMap((feature) =>
  BY_CLASS.some((one) => one === feature) ? [`${feature}.person`, `${feature}.organization`] : [feature],
)

function exampleOf(of: ParsedName['of'], { features, matched }: Compared, isMatch: boolean, weight: number): Example {
  const values: Record<string, number> = { [INFORMATION.key]: Math.log2(1 + matched) }
  for (const [feature, value] of Object.entries(features)) {
    values[BY_CLASS.some((one) => one === feature) ? `${feature}.${of}` : feature] = value
  }
  return { of, values, isMatch, weight }
}

function bounded(key: string, weight: number): number {
  if (key === INFORMATION.key) return Math.min(INFORMATION.most, Math.max(INFORMATION.least, weight))
  if (key === 'disorder.organization') return Math.min(ORGANIZATION_DISORDER, weight)
  return Math.min(BOUNDS[key.split('.')[0] as keyof NameFeatures], weight)
}

function fit(examples: Example[]): { intercept: number; weights: Record<string, number> } {
  const keys = [...keysOf, INFORMATION.key]
  const weights: Record<string, number> = Object.fromEntries(keys.map((key) => [key, bounded(key, 0)]))
  let intercept = 3
  const count = examples.reduce((sum, one) => sum + one.weight, 0)
  for (let step = 0; step < STEPS; step += 1) {
    const slope: Record<string, number> = {}
    let interceptSlope = 0
    for (const { values, isMatch, weight } of examples) {
      let logit = intercept
      for (const key of keys) logit += (weights[key] ?? 0) * (values[key] ?? 0)
      const error = (1 / (1 + Math.exp(-logit)) - (isMatch ? 1 : 0)) * weight
      interceptSlope += error
      for (const key of keys) slope[key] = (slope[key] ?? 0) + error * (values[key] ?? 0)
    }
    const rate = 1 / Math.sqrt(1 + step / 300)
    intercept -= (rate * 3 * interceptSlope) / count
    for (const key of keys) {
      const weight = weights[key] ?? 0
      weights[key] = bounded(key, weight - rate * ((10 * (slope[key] ?? 0)) / count + RIDGE * 0.05 * weight))
    }
  }
  return { intercept, weights }
}

const folder = dataFolder()
leaveWithoutData(folder)
const examples = (await readPairs(folder))
  .filter((pair) => isOfFirstHalf(pair.one, pair.other))
  .map((pair) =>
    exampleOf(pair.of, compareParsed(parseName(pair.one, pair.of), parseName(pair.other, pair.of)), pair.isMatch, 1),
  )

const reader = new IndexReader((await loadLists(join(folder, 'lists'))).index.buffer)
const scratch = createScratch(reader.nameCount)
function search(name: string) {
  const query = parseName(name, 'person')
  return findCandidates(reader, query, { most: 32, unmatched: MOST_UNMATCHED.ofHits }, scratch)
    .map((id) => ({ id, compared: compareParsed(query, reader.name(id)) }))
    .sort((one, other) => logitOf(other.compared) - logitOf(one.compared))
}
const logitOf = ({ features, matched }: Compared): number => nameLogit(features, 'person', matched)

for (const { name, reference } of await readPositives(folder)) {
  if (!isOfFirstHalf(name)) continue
  const right = search(name).find(({ id }) => reader.entity(reader.entityOf(id)).reference === reference)
  if (right !== undefined) examples.push(exampleOf('person', right.compared, true, SEARCH_WEIGHT))
}
for (const { name } of await readNegatives(folder)) {
  if (!isOfFirstHalf(name)) continue
  for (const { compared } of search(name).slice(0, NEGATIVES_EACH))
    examples.push(exampleOf('person', compared, false, SEARCH_WEIGHT))
}

const { intercept, weights } = fit(examples)
process.stdout.write(`${examples.length} examples\nintercept ${intercept.toFixed(2)}\n`)
for (const [key, weight] of Object.entries(weights)) process.stdout.write(`${key} ${weight.toFixed(2)}\n`)
