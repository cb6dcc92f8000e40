import { join } from 'node:path'
import { openAsBlob, readFileSync, readdirSync } from 'node:fs'
import type { ScreeningSubject } from '../../src/domain/screening/screening.ts'
import type { ListedEntity } from '../../src/engines/screening/entity.ts'
import { createIndexBuilder } from '../../src/engines/screening/index/build-index.ts'
import { detectLists } from '../../src/engines/screening/lists/detect-lists.ts'
import { importList } from '../../src/engines/screening/lists/import-list.ts'
import { openIndex } from '../../src/engines/screening/open-watchlist-index.ts'
import { PAIR_THRESHOLD } from '../../src/engines/screening/score/calibration.ts'
import { compareNames } from '../../src/engines/screening/score/compare-names.ts'
import {
  dataFolder,
  isOfFirstHalf,
  leaveWithoutData,
  readComplaints,
  readNegatives,
  readPairs,
  readPositives,
} from './cases.ts'
import type { Pair } from './cases.ts'
import { measureInWorkerd } from './in-workerd.ts'
import { atThreshold, quantile, recallAt } from './measures.ts'
import { RIVALS, fullTextSearch, scan } from './rivals.ts'
import type { Named } from './rivals.ts'

// Screening measured on labelled cases and real lists beside the project, with the field's other ways in the same run.

const NAMES_THRESHOLD = 0.85
const ENOUGH_NAMES = 40_000
const RIVAL_SAMPLE = 40
const PAIR_ROUNDS = 30

const print = (text = ''): boolean => process.stdout.write(`${text}\n`)
const share = (value: number): string => value.toFixed(3)
const percent = (value: number): string => `${(value * 100).toFixed(2)} %`

const namesOf = (all: readonly ListedEntity[]): number => all.reduce((sum, entity) => sum + entity.names.length, 0)

const folder = dataFolder()
leaveWithoutData(folder)
print(`figures of ${folder}; lists are historic snapshots\n`)

await printPairs()
await printComplaints()
const entities = await readEntities(join(folder, 'lists'))
await printSearches(entities)
await printWorkerd(entities)

async function printPairs(): Promise<void> {
  const pairs = await readPairs(folder)
  print('| pairs, names only | F1 | precision | recall | recall at ≤ 5 % false | STRONG wrong | µs a pair |')
  print('|---|---|---|---|---|---|---|')
  const ours = (pair: Pair) => compareNames(pair.one, pair.other, pair.of).score
  printPairsOf('ours, all', pairs, ours, PAIR_THRESHOLD)
  printPairsOf(
    'ours, fitted half',
    pairs.filter((pair) => isOfFirstHalf(pair.one, pair.other)),
    ours,
    PAIR_THRESHOLD,
  )
  printPairsOf(
    'ours, half never fitted',
    pairs.filter((pair) => !isOfFirstHalf(pair.one, pair.other)),
    ours,
    PAIR_THRESHOLD,
  )
  for (const rival of RIVALS)
    printPairsOf(rival.name, pairs, (pair) => rival.score(pair.one, pair.other), rival.threshold)
  print()
}

function printPairsOf(name: string, pairs: Pair[], score: (pair: Pair) => number, threshold: number): void {
  const cases = pairs.map((pair) => ({ ...pair, score: score(pair) }))
  const { f1, precision, recall, wrongStrong } = atThreshold(cases, threshold)
  const strong = pairs.filter((pair) => pair.isStrong).length
  const cells = [
    `${name} (n = ${pairs.length})`,
    share(f1),
    share(precision),
    share(recall),
    share(recallAt(cases, 0.05)),
    `${wrongStrong} of ${strong}`,
    microsecondsEach(pairs, score).toFixed(1),
  ]
  print(`| ${cells.join(' | ')} |`)
}

function microsecondsEach(pairs: Pair[], score: (pair: Pair) => number): number {
  const rounds = Array.from({ length: PAIR_ROUNDS }, () => {
    const before = performance.now()
    for (const pair of pairs) score(pair)
    return ((performance.now() - before) / pairs.length) * 1000
  })
  return quantile(rounds, 0.5)
}

async function printComplaints(): Promise<void> {
  const complaints = (await readComplaints(folder)).filter((one) => one.expected !== 'review')
  const wrong = complaints.filter(
    ({ of, one, other, expected }) => compareNames(one, other, of).isMatch !== (expected === 'match'),
  )
  print(`complaints: ${complaints.length - wrong.length} of ${complaints.length} as users expect`)
  for (const { one, other, expected } of wrong) print(`  ${one} | ${other}: ${expected} expected`)
  for (const rival of RIVALS) {
    const right = complaints.filter(
      ({ one, other, expected }) => rival.score(one, other) >= rival.threshold === (expected === 'match'),
    )
    print(`  ${rival.name}: ${right.length}`)
  }
  print()
}

type ListOf = { id: string; entities: ListedEntity[] }

async function readEntities(lists: string): Promise<ListOf[]> {
  const files = readdirSync(lists).map((name) => ({
    name,
    head: readFileSync(join(lists, name)).toString('utf8', 0, 2048),
  }))
  const found: ListOf[] = []
  for (const list of detectLists(files).lists) {
    const parts = await Promise.all(
      Object.entries(list.files).map(
        async ([part, name]) => [part, (await openAsBlob(join(lists, name))).stream()] as const,
      ),
    )
    const entities: ListedEntity[] = []
    await importList(
      { format: list.format, files: Object.fromEntries(parts) },
      { entity: (entity) => void entities.push(entity) },
    )
    found.push({ id: list.id, entities })
  }
  return found
}

async function printSearches(lists: ListOf[]): Promise<void> {
  const builder = createIndexBuilder()
  const names: Named[] = []
  for (const { id, entities: all } of lists) {
    builder.list({ id, version: 'bench', published_on: null })
    for (const entity of all) {
      builder.add(entity)
      names.push(...entity.names.map((name) => ({ name: name.value, reference: entity.reference })))
    }
  }
  const index = openIndex(builder.finish().buffer)
  const options = { lists: [], threshold: NAMES_THRESHOLD, limit: 20, misses: 20 }
  const nearest = (subject: ScreeningSubject) => {
    const { hits, near_misses } = index.screen(subject, options)
    return { isHit: hits.length > 0, top: hits[0] ?? near_misses[0], all: [...hits, ...near_misses] }
  }
  const positives = await readPositives(folder)
  const found = positives.map((one) => ({ ...one, ...nearest({ kind: 'individual', names: [one.name] }) }))
  const onTop = found.filter((one) => one.top?.reference === one.reference)
  const ofList = found.filter((one) => one.all.find((hit) => hit.list === 'un_sc')?.reference === one.reference)
  print(`| of ${positives.length} UN names, ${positives.filter((one) => one.isAltered).length} altered | |`)
  print('|---|---|')
  print(`| the right entry on top of all lists | ${percent(onTop.length / positives.length)} |`)
  print(`| on top of the UN's | ${percent(ofList.length / positives.length)} |`)
  print(`| a hit at ${NAMES_THRESHOLD} | ${percent(found.filter((one) => one.isHit).length / positives.length)} |`)
  const negatives = await readNegatives(folder)
  const subjects = negatives.map((one): ScreeningSubject => ({ kind: 'any', names: [one.name] }))
  const wrong = subjects.filter((subject) => nearest(subject).isHit).length
  const dated = negatives.filter(
    (one) => nearest({ kind: 'any', names: [one.name], date_of_birth: one.date_of_birth }).isHit,
  ).length
  print(`| of ${negatives.length} people who are on no list: hits by name | ${percent(wrong / negatives.length)} |`)
  print(`| with their dates of birth | ${percent(dated / negatives.length)} |\n`)
  printRivalSearches(names, positives.filter((one) => one.isAltered).slice(0, RIVAL_SAMPLE))
}

function printRivalSearches(names: Named[], positives: { name: string; reference: string }[]): void {
  print(`| ${positives.length} altered names against ${names.length}, in Node | the right name on top | ms a search |`)
  print('|---|---|---|')
  const references = new Map<string, Set<string>>()
  const text = (name: string) => name.toLowerCase().replace(/[^\p{L}]/gu, '')
  for (const { name, reference } of names)
    references.set(text(name), (references.get(text(name)) ?? new Set()).add(reference))
  const isRight = (found: Named | null, reference: string) =>
    found !== null && (found.reference === reference || references.get(text(found.name))?.has(reference) === true)
  const measure = (name: string, search: (name: string) => Named | null) => {
    const before = performance.now()
    const right = positives.filter((one) => isRight(search(one.name), one.reference)).length
    const each = (performance.now() - before) / positives.length
    print(`| ${name} | ${percent(right / positives.length)} | ${each.toFixed(2)} |`)
  }
  measure('minisearch, fuzzy 0.2', fullTextSearch(names))
  for (const rival of RIVALS) measure(`${rival.name}, every name`, scan(names, rival.score))
  print()
}

async function printWorkerd(lists: ListOf[]): Promise<void> {
  const real = lists.flatMap((list) => list.entities)
  const all = withEnoughNames(real)
  const subjects = [...(await readPositives(folder)), ...(await readNegatives(folder))].map(
    ({ name }): ScreeningSubject => ({ kind: 'individual', names: [name] }),
  )
  const sample = subjects.filter((_, at) => at % 4 === 0)
  const figures = await measureInWorkerd(all, sample)
  print(
    `| in workerd: ${namesOf(all)} names, of which ${namesOf(real)} of the lists and the rest recombined from them | |`,
  )
  print('|---|---|')
  print(`| build, entries to index, with the transfer | ${figures.buildMs.toFixed(0)} ms |`)
  print(`| build, growth of the process at its peak | ${figures.buildPeakMb.toFixed(0)} MB |`)
  print(`| index | ${figures.indexMb.toFixed(1)} MB |`)
  print(`| load, with the transfer | ${figures.loadMs.toFixed(0)} ms |`)
  print(`| growth of the process by the index and ${sample.length * 60} searches | ${figures.loadedMb.toFixed(0)} MB |`)
  print(`| one screening, p50 | ${figures.p50Ms.toFixed(3)} ms |`)
  print(`| one screening, p95 | ${figures.p95Ms.toFixed(3)} ms |`)
}

/** The lists of today are larger than the snapshots: given names of one entry with family names of another fill up. */
function withEnoughNames(entities: readonly ListedEntity[]): ListedEntity[] {
  const people = entities.filter(
    (entity) => entity.schema === 'person' && (entity.names[0]?.value.split(' ').length ?? 0) > 1,
  )
  const missing = Math.max(0, ENOUGH_NAMES - namesOf(entities)) + 1000
  const made = Array.from({ length: missing }, (_, at): ListedEntity => {
    const [one, other] = [people[(at * 7919) % people.length], people[(at * 104_729 + 13) % people.length]]
    const given = one?.names[0]?.value.split(' ').slice(0, -1).join(' ') ?? ''
    const family = other?.names[0]?.value.split(' ').at(-1) ?? ''
    return {
      ...(one as ListedEntity),
      reference: `made-${at}`,
      names: [{ value: `${given} ${family}`, kind: 'primary' }],
    }
  })
  return [...entities, ...made]
}
