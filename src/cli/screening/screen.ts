import { parseArgs } from 'node:util'
import type { ScreeningHit, ScreeningSubject } from '../../domain/screening/screening.ts'
import { toCountryCode } from '../../domain/workflow/countries.ts'
import { openIndex } from '../../engines/screening/open-watchlist-index.ts'
import { PAIR_THRESHOLD } from '../../engines/screening/score/calibration.ts'
import { compareNames } from '../../engines/screening/score/compare-names.ts'
import { loadLists } from './load-lists.ts'
import { csvLine, readTable } from './read-table.ts'

// Screens a file of names, or compares a file of pairs, without a server: CSV to stdout, a summary to stderr.

const USAGE = `Screens names against watchlists in a folder, or compares pairs of names.

  npm run screen -- --lists DIR --names FILE.csv [--threshold T]
  npm run screen -- --pairs FILE.csv [--threshold T]

  DIR    watchlists in their official formats: OFAC, UN, EU, UK, OpenSanctions
  names  column name; date_of_birth, nationality or country, gender and schema (person, company …) are used where they are there
  pairs  columns schema, name1, name2
  T      0–1; without it ${PAIR_THRESHOLD} for pairs, 0.85 for names
`
const NAMES_THRESHOLD = 0.85

type Row = Record<string, string>

const isPerson = (schema: string): boolean => /^(person|individual)$/i.test(schema)

function subjectOf(row: Row): ScreeningSubject {
  const schema = row['schema'] ?? row['kind'] ?? ''
  const gender = (row['gender'] ?? '').toLowerCase()
  const country = toCountryCode(row['nationality'] ?? row['country'] ?? '')
  return {
    kind: schema === '' ? 'any' : isPerson(schema) ? 'individual' : 'company',
    names: [row['name'] ?? ''],
    date_of_birth: /^\d{4}-\d{2}-\d{2}$/.test(row['date_of_birth'] ?? '') ? row['date_of_birth'] : null,
    countries: country === null ? [] : [country],
    gender: gender === 'male' || gender === 'female' ? gender : null,
  }
}

async function screenNames(folder: string, file: string, threshold: number): Promise<void> {
  const started = performance.now()
  const { index: bytes, told } = await loadLists(folder)
  const built = performance.now()
  const index = openIndex(bytes.buffer)
  const rows = withColumns(file, await readTable(file), ['name'])
  print(['name', 'hit', 'score', 'list_reference', 'matched_name'])
  const times: number[] = []
  let hits = 0
  for (const row of rows) {
    const before = performance.now()
    const found = index.screen(subjectOf(row), { lists: [], threshold, limit: 1, misses: 1 })
    times.push(performance.now() - before)
    const [hit] = found.hits
    if (hit !== undefined) hits += 1
    printNearest(row['name'] ?? '', hit !== undefined, hit ?? found.near_misses[0])
  }
  const names = index.lists.reduce((sum, list) => sum + list.names, 0)
  tell(...told)
  tell(`${rows.length} names against ${names} listed names: ${hits} hits at ${threshold}`)
  tell(`lists read and indexed in ${Math.round(built - started)} ms; ${timesOf(times)} a screening`)
}

function printNearest(name: string, isHit: boolean, nearest: ScreeningHit | undefined): void {
  const told = nearest === undefined ? ['0', '', ''] : [String(nearest.score), nearest.reference, nearest.matched_name]
  print([name, String(isHit), ...told])
}

async function comparePairs(file: string, threshold: number): Promise<void> {
  const rows = withColumns(file, (await readTable(file)).map(asPair), ['name1', 'name2'])
  print(['name1', 'name2', 'score', 'match'])
  const times: number[] = []
  let matches = 0
  for (const row of rows) {
    const [one, other] = [row['name1'] ?? '', row['name2'] ?? '']
    const before = performance.now()
    const { score } = compareNames(one, other, isPerson(row['schema'] ?? 'person') ? 'person' : 'organization')
    times.push(performance.now() - before)
    if (score >= threshold) matches += 1
    print([one, other, String(score), String(score >= threshold)])
  }
  tell(`${rows.length} pairs: ${matches} matches at ${threshold}; ${timesOf(times)} a pair`)
}

/** Files of complaints call the two `query` and `candidate`. */
const asPair = (row: Row): Row => ({ ...renamed(row, 'query', 'name1'), ...renamed(row, 'candidate', 'name2'), ...row })
const renamed = (row: Row, from: string, to: string): Row => (row[from] === undefined ? {} : { [to]: row[from] })

function withColumns(file: string, rows: Row[], columns: string[]): Row[] {
  const missing = columns.find((column) => rows.length > 0 && rows[0]?.[column] === undefined)
  if (missing !== undefined) throw new Error(`${file} has no column ${missing} in its first line`)
  return rows
}

function timesOf(times: number[]): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => `${((sorted[Math.floor(sorted.length * share)] ?? 0) * 1000).toFixed(0)} µs`
  return `p50 ${at(0.5)}, p95 ${at(0.95)}`
}

const lines: string[] = []
const print = (fields: string[]): number => lines.push(csvLine(fields))
const tell = (...texts: string[]): void => texts.forEach((text) => process.stderr.write(`${text}\n`))

function fail(message: string): never {
  process.stderr.write(`${message}\n\n${USAGE}`)
  process.exit(2)
}

const { values } = parseArgs({
  options: {
    lists: { type: 'string' },
    names: { type: 'string' },
    pairs: { type: 'string' },
    threshold: { type: 'string' },
  },
})
const threshold = values.threshold === undefined ? null : Number(values.threshold)
if (threshold !== null && !(threshold >= 0 && threshold <= 1)) fail('--threshold is a number from 0 to 1')
try {
  if (values.pairs !== undefined) await comparePairs(values.pairs, threshold ?? PAIR_THRESHOLD)
  else if (values.names !== undefined && values.lists !== undefined)
    await screenNames(values.lists, values.names, threshold ?? NAMES_THRESHOLD)
  else fail('--pairs, or --lists and --names')
} catch (failure) {
  fail(failure instanceof Error ? failure.message : String(failure))
}
process.stdout.write(`${lines.join('\n')}\n`)
