import { readFileSync } from 'node:fs'
import type { ListedEntity } from '../../src/engines/screening/entity.ts'
import { createIndexBuilder } from '../../src/engines/screening/index/build-index.ts'
import { PERSON_TIERS } from '../../src/engines/screening/names/tables/frequency.ts'
import { openIndex } from '../../src/engines/screening/open-watchlist-index.ts'

// The memory that a build and a search need, in a process whose heap is held to what an isolate can spare: without a bound
// V8 collects when it likes. Prints by how many megabytes the process
// grew while building, and what index and heap hold after searches. Run with --max-old-space-size.

const NAMES = 45_000
const NAMES_EACH = 2
const SEARCHES = 3_000
const MB = 1_000_000

const words = Object.values(PERSON_TIERS).flatMap((tier) => tier.split(' '))
let state = 20261124
const random = (below: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
  return state % below
}
const syllables = 'ba ke li mo nu ra sha ti vo zi dra khe lo mir nas pur qa ren sul tem'.split(' ')
const rareWord = (): string => Array.from({ length: 2 + random(3) }, () => syllables[random(syllables.length)]).join('')
const name = (): string => `${words[random(words.length)]} ${rareWord()} ${rareWord()}`

function entity(at: number): ListedEntity {
  return {
    reference: `made-${at}`,
    schema: at % 4 === 0 ? 'organization' : 'person',
    names: Array.from({ length: NAMES_EACH }, () => ({ value: name(), kind: 'primary' as const })),
    births: [{ precision: 'exact', from: '1970-01-01', to: '1970-01-01' }],
    nationalities: ['RU'],
    countries: ['RU', 'AE'],
    gender: 'male',
    identifiers: [{ type: 'passport', value: `P${random(1e9)}` }],
    programs: ['MADE'],
    listed_on: '2020-01-01',
    source_url: `https://lists.example/entries/${at}`,
  }
}

const residentMb = (): number => process.memoryUsage().rss / MB
/** The kernel's own peak since this program began (getrusage's would be that of the parent, if it was larger). */
const peakResidentMb = (): number =>
  (Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024) / MB

const idleMb = residentMb()
const builder = createIndexBuilder()
builder.list({ id: 'made', version: '1', published_on: null })
for (let at = 0; at < NAMES / NAMES_EACH; at += 1) builder.add(entity(at))
const bytes = builder.finish()
const buildPeakMb = Math.round(peakResidentMb() - idleMb)

const index = openIndex(bytes.buffer)
for (let at = 0; at < SEARCHES; at += 1) {
  index.screen({ kind: 'any', names: [name()] }, { lists: [], threshold: 0.85, limit: 20, misses: 0 })
}
const { heapUsed, arrayBuffers } = process.memoryUsage()
const report = { names: NAMES, indexMb: bytes.length / MB, buildPeakMb, searchMb: (heapUsed + arrayBuffers) / MB }
process.stdout.write(`${JSON.stringify(report)}\n`)
